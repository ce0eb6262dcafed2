import { refuse } from '../../errors.ts'
import type { Address, WriteContext } from '../provider.ts'
import { stopProcess } from './end.ts'
import { silenceCallbacks } from './exit-callbacks.ts'
import { readRecord, writeRecord } from './record.ts'
import { relaunch } from './relaunch.ts'
import { stopSignal } from './replace-process.ts'

/** Ends a container's process and keeps it from coming back: its stop signal, a grace (milliseconds, default its own), then SIGKILL.
 * Raises `needs-apply` (refused). */
export async function stopContainer(write: WriteContext, container: Address, grace?: number): Promise<void> {
  const record = await readRecord(write.host, write.paths, container)
  if (record === undefined)
    throw refuse({
      code: 'needs-apply',
      message: `${container} is not whole.`,
      hint: 'Run `heropods apply` on its stack.',
    })
  await silenceCallbacks(write, [container])
  await writeRecord(write, { ...record, stopped: true })
  await stopProcess(write, container, await stopSignal(write, record.spec), grace ?? record.spec.stop_grace_period)
}

/** Gives a container a new process; address, files and what it wrote stay. Raises `needs-apply` (refused), `container-exited`. */
export async function restartContainer(
  write: WriteContext,
  container: Address,
  self: readonly string[],
  grace?: number,
): Promise<void> {
  await stopContainer(write, container, grace)
  await relaunch(write, container, { self, restarts: 0, held: false })
}
