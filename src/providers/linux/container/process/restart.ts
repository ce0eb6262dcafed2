import type { Address } from '../../../../model/address.ts'
import { refuse } from '../../../../model/errors.ts'
import type { WriteContext } from '../../../provider.ts'
import { type ContainerRecord, readRecord, writeRecord } from '../record.ts'
import { stopProcess } from './end.ts'
import { silenceCallbacks } from './exit-callbacks.ts'
import { relaunch } from './relaunch.ts'
import { stopSignal } from './replace-process.ts'
import { restartable } from './restartable.ts'

/**
 * Ends a container's process and keeps it from coming back: its stop signal, a grace (milliseconds, default its own), then SIGKILL.
 * Raises `needs-apply` (refused).
 */
export async function stopContainer(write: WriteContext, container: Address, grace?: number): Promise<void> {
  const record = await wholeRecord(write, container)
  await silenceCallbacks(write, [container])
  await writeRecord(write, { ...record, stopped: true })
  await stopProcess(write, container, await stopSignal(write, record.spec), grace ?? record.spec.stop_grace_period)
}

/**
 * Gives a container a new process; address, files and what it wrote stay. Killed in between it is a container that does not run, not
 * one that its user stopped. Raises what `restartable` does, having touched nothing; `container-exited`.
 */
export async function restartContainer(
  write: WriteContext,
  container: Address,
  self: readonly string[],
  grace?: number,
): Promise<void> {
  // Nothing is ended that could not come back.
  const { spec } = (await restartable(write, container)).record
  await silenceCallbacks(write, [container])
  await stopProcess(write, container, await stopSignal(write, spec), grace ?? spec.stop_grace_period)
  await relaunch(write, container, { self, restarts: 0, held: false })
}

async function wholeRecord(write: WriteContext, container: Address): Promise<ContainerRecord> {
  const record = await readRecord(write.host, write.paths, container)
  if (record !== undefined) return record
  throw refuse({
    code: 'needs-apply',
    message: `${container} is not whole.`,
    hint: 'Run `heropods apply` on its stack.',
  })
}
