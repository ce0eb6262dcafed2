import { refusedError } from '../../../../model/errors.ts'
import { ignoredStopText } from '../../../../model/kinds/text/stop-text.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { mountVolumesOf } from '../../volume/mount.ts'
import { type ContainerRecord, readRecord, writeRecord } from '../record.ts'
import { stopProcess, stopSignal } from './end.ts'
import { disableExitCommands } from './exit-command.ts'
import { relaunch, requireRestartable } from './relaunch.ts'

/**
 * Records the stop, then ends the process. The container stays stopped until the next start or apply. `grace`: milliseconds, default that
 * of the container. Returns a remark about the stop, for users. Raises `needs-apply` (refused).
 */
export async function stopContainer(
  write: WriteContext,
  container: ResourceAddress,
  grace?: number,
): Promise<string | undefined> {
  const record = await requireRecord(write, container)
  await disableExitCommands(write, [container])
  await writeRecord(write, { ...record, stopped: true })
  return stopWithNote(write, record, 'heropods stop', grace)
}

/**
 * Ends a container and starts its next run; addresses, files and its layer stay. If HeroPods is killed in between, the container does not
 * run, and its record does not have `stopped`: it counts as one that exited by itself. Returns a remark about the stop, for users. Raises
 * `container-exited`, and before anything has changed the errors of `requireRestartable`.
 */
export async function restartContainer(
  write: WriteContext,
  container: ResourceAddress,
  heropodsCommand: readonly string[],
  grace?: number,
): Promise<string | undefined> {
  // Checked first: a container is ended only if it can start again.
  const { record } = await requireRestartable(write, container)
  await mountVolumesOf(write, record.spec)
  await disableExitCommands(write, [container])
  const note = await stopWithNote(write, record, write.purpose ?? 'heropods restart', grace)
  await relaunch(write, container, { heropodsCommand, restarts: 0, held: false })
  return note
}

async function stopWithNote(
  write: WriteContext,
  { owner, spec }: ContainerRecord,
  by: string,
  grace = spec.stop_grace_period,
): Promise<string | undefined> {
  const signal = await stopSignal(write, spec)
  const isIgnored = await stopProcess(write, owner, signal, grace, by)
  return isIgnored ? ignoredStopText(signal.name, grace, spec.init) : undefined
}

async function requireRecord(write: WriteContext, container: ResourceAddress): Promise<ContainerRecord> {
  const record = await readRecord(write.host, write.paths, container)
  if (record !== undefined) return record
  throw refusedError({
    code: 'needs-apply',
    message: `${container} has no valid record.`,
    hint: 'Run `heropods apply` on its stack.',
  })
}
