import { cgroupProcesses, thaw } from '../../../../host/cgroup.ts'
import { inParallel } from '../../../../host/in-parallel.ts'
import { waitForEnd } from '../../../../host/process/process.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { effectiveStopSignal } from '../../../../model/kinds/effective-config.ts'
import { ignoredStopText } from '../../../../model/kinds/text/stop-text.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { Signal } from '../../../../model/values/signal.ts'
import type { OnItemFinished, WriteContext } from '../../../provider.ts'
import { readImageConfig } from '../../image/store.ts'
import { cgroupOf } from '../../run-names.ts'
import { containerLayout } from '../layout.ts'
import { readRecord, readRunning } from '../record.ts'
import { eraseRuns } from './erase.ts'
import { disableExitCommands } from './exit-command.ts'
import { writeStop } from './stop-record.ts'

/** The end of a run: its process gets the stop signal, and SIGKILL after a grace. `erase.ts` then removes the rest of the run. */

/** How many containers stop at the same time. Waiting costs nothing. */
const maxParallelStops = 128

/** How long a killed process and its supervisor may take to end, milliseconds. */
const killTimeoutMs = 5000

/** Remarks about the stops of containers, for users. */
export type StopNotes = ReadonlyMap<ResourceAddress, string>

/** Ends the processes of containers, all at the same time, and then erases their runs. Returns who ignored its signal. */
export async function endContainers(
  write: WriteContext,
  items: readonly { readonly address: ResourceAddress }[],
  fail: (address: ResourceAddress, error: unknown) => void,
): Promise<StopNotes> {
  const notes = new Map<ResourceAddress, string>()
  await disableExitCommands(
    write,
    items.map((item) => item.address),
  )
  const ended: ResourceAddress[] = []
  await inParallel(items, maxParallelStops, async ({ address }) => {
    try {
      const spec = (await readRecord(write.host, write.paths, address))?.spec
      const by = write.purpose ?? 'HeroPods'
      const { stop_grace_period: grace = 0 } = spec ?? {}
      const isIgnored = spec && (await stopProcess(write, address, await stopSignal(write, spec), grace, by))
      if (isIgnored) notes.set(address, ignoredStopText((await stopSignal(write, spec)).name, grace, spec.init))
      ended.push(address)
    } catch (error) {
      fail(address, error)
    }
  })
  await eraseRuns(write, ended, fail)
  return notes
}

/** The outcomes of containers, with the remarks about their stops. */
export const withNotes =
  (done: OnItemFinished, notes: StopNotes): OnItemFinished =>
  (address, outcome) => {
    const note = notes.get(address)
    done(address, { ...outcome, ...(note !== undefined && outcome.error === undefined && { note }) })
  }

/** The signal that asks a container to stop. */
export async function stopSignal(write: WriteContext, spec: ContainerSpec): Promise<Signal> {
  const image = spec.stop_signal ? {} : await readImageConfig(write.host, write.paths, spec.image_digest ?? '')
  return effectiveStopSignal(spec, image)
}

/**
 * Ends the process of a container: stop signal, grace (milliseconds), then SIGKILL. `write.signal` ends the grace early. The caller
 * disables exit commands first. With a grace, conmon has written the last lines and the exit code when this returns. `by`: who stops it; undefined: it has
 * ended its work by itself.
 * Returns true if the process ignored the signal for all of the grace.
 */
export async function stopProcess(
  write: WriteContext,
  container: ResourceAddress,
  { number, name }: Signal,
  graceMs: number,
  by: string | undefined,
): Promise<boolean> {
  const running = await readRunning(write.host, write.paths, container)
  let isIgnored = false
  if (running?.process && (await write.host.isAlive(running.process))) {
    const at = new Date().toISOString()
    const record = async (): Promise<void> => {
      if (by === undefined) return
      await writeStop(write, container, { run: running.run, by, at, signal: name, graceMs, isIgnored })
    }
    await record()
    await thaw(write.host, cgroupOf(write.paths, running.id))
    if (graceMs > 0) {
      await endAttachedCommand(write, container, running.id, { signal: number, graceMs })
      await write.host.kill(running.process.pid, number)
    }
    if (graceMs <= 0 || !(await waitForEnd(write.host, running.process, graceMs, write.abortSignal))) {
      isIgnored = graceMs > 0 && !write.abortSignal.aborted
      if (isIgnored) await record()
      if (await write.host.isAlive(running.process)) await write.host.kill(running.process.pid, 'SIGKILL')
      await waitForEnd(write.host, running.process, killTimeoutMs)
    }
  }
  // conmon writes the last lines and the exit code, and then ends by itself.
  if (running?.conmon && graceMs > 0) await waitForEnd(write.host, running.conmon, killTimeoutMs)
  return isIgnored
}

/** A command that `run` has attached is not the process of its container, and gets the stop signal before it. */
async function endAttachedCommand(
  write: WriteContext,
  container: ResourceAddress,
  id: string,
  { signal, graceMs }: { readonly signal: number; readonly graceMs: number },
): Promise<void> {
  const pid = Number(await write.host.readFile(containerLayout(write.paths, container).attachedPid))
  // The command may have ended, and another process may have its pid.
  const isInside = pid > 1 && (await cgroupProcesses(write.host, cgroupOf(write.paths, id))).includes(pid)
  const command = isInside ? await write.host.processIdentity(pid) : undefined
  if (command === undefined) return
  await write.host.kill(command.pid, signal)
  await waitForEnd(write.host, command, graceMs, write.abortSignal)
}
