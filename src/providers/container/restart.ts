import { refuse } from '../../errors.ts'
import type { Address, WriteContext } from '../provider.ts'
import { stopProcess } from './end.ts'
import { silenceCallbacks } from './exit-callbacks.ts'
import { type ContainerRecord, readRecord, writeRecord } from './record.ts'
import { relaunch } from './relaunch.ts'
import { stopSignal } from './replace-process.ts'

/** Ends a container's process until its next start or apply: its stop signal, a grace (milliseconds, default its own), then SIGKILL.
 * Raises `needs-apply` (refused). */
export async function stopContainer(write: WriteContext, container: Address, grace?: number): Promise<void> {
  const record = await wholeRecord(write, container)
  await silenceCallbacks(write, [container])
  await writeRecord(write, { ...record, stopped: true })
  await end(write, record, grace)
}

/**
 * Gives a container a new process; address, files and what it wrote stay. Killed in between it leaves one that is not running, which
 * the next apply mends. Raises `needs-apply` (refused), `container-exited`.
 */
export async function restartContainer(
  write: WriteContext,
  container: Address,
  self: readonly string[],
  grace?: number,
): Promise<void> {
  const record = await wholeRecord(write, container)
  await silenceCallbacks(write, [container])
  await end(write, record, grace)
  await relaunch(write, container, { self, restarts: 0, held: false })
}

async function wholeRecord({ host, paths }: WriteContext, container: Address): Promise<ContainerRecord> {
  const record = await readRecord(host, paths, container)
  if (record !== undefined) return record
  throw refuse({
    code: 'needs-apply',
    message: `${container} is not whole.`,
    hint: 'Run `heropods apply` on its stack.',
  })
}

const end = async (
  write: WriteContext,
  { owner, spec }: ContainerRecord,
  grace = spec.stop_grace_period,
): Promise<void> => stopProcess(write, owner, await stopSignal(write, spec), grace)
