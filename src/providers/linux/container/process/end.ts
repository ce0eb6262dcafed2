import { thaw } from '../../../../host/cgroup.ts'
import { waitForEnd } from '../../../../host/process/process.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { effectiveStopSignal } from '../../../../model/kinds/effective-config.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { inParallel } from '../../each.ts'
import { readImageConfig } from '../../image/store.ts'
import { cgroupOf } from '../../run-names.ts'
import { readRecord, readRunning } from '../record.ts'
import { eraseRuns } from './erase.ts'
import { disableExitCommands } from './exit-command.ts'

/** The end of a run: its process gets the stop signal, and SIGKILL after a grace. `erase.ts` then removes the rest of the run. */

/** How many containers stop at the same time. Waiting costs nothing. */
const maxParallelStops = 128

/** How long a killed process and its supervisor may take to end, milliseconds. */
const killTimeoutMs = 5000

/** Ends the processes of containers and erases their runs. The containers stop at the same time. */
export async function endContainers(
  write: WriteContext,
  items: readonly { readonly address: ResourceAddress }[],
  fail: (address: ResourceAddress, error: unknown) => void,
): Promise<void> {
  await disableExitCommands(
    write,
    items.map((item) => item.address),
  )
  await inParallel(items, maxParallelStops, async ({ address }) => {
    try {
      const spec = (await readRecord(write.host, write.paths, address))?.spec
      if (spec) await stopProcess(write, address, await stopSignal(write, spec), spec.stop_grace_period)
      await eraseRuns(write, address)
    } catch (error) {
      fail(address, error)
    }
  })
}

/** Number of the signal that asks a container to stop. */
export async function stopSignal(write: WriteContext, spec: ContainerSpec): Promise<number> {
  const image = spec.stop_signal ? {} : await readImageConfig(write.host, write.paths, spec.image_digest ?? '')
  return effectiveStopSignal(spec, image).number
}

/**
 * Ends the process of a container: stop signal, grace (milliseconds), then SIGKILL. `write.signal` ends the grace early. The caller
 * disables exit commands first. With a grace, conmon has written the last lines and the exit code when this returns.
 */
export async function stopProcess(
  write: WriteContext,
  container: ResourceAddress,
  signal: number,
  graceMs: number,
): Promise<void> {
  const running = await readRunning(write.host, write.paths, container)
  if (running?.process && (await write.host.isAlive(running.process))) {
    await thaw(write.host, cgroupOf(write.paths, running.id))
    if (graceMs > 0) await write.host.kill(running.process.pid, signal)
    if (graceMs <= 0 || !(await waitForEnd(write.host, running.process, graceMs, write.abortSignal))) {
      if (await write.host.isAlive(running.process)) await write.host.kill(running.process.pid, 'SIGKILL')
      await waitForEnd(write.host, running.process, killTimeoutMs)
    }
  }
  // conmon writes the last lines and the exit code, and then ends by itself.
  if (running?.conmon && graceMs > 0) await waitForEnd(write.host, running.conmon, killTimeoutMs)
}
