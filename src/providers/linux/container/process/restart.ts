import { refusedError } from '../../../../model/errors.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { type ContainerRecord, readRecord, writeRecord } from '../record.ts'
import { stopProcess, stopSignal } from './end.ts'
import { disableExitCommands } from './exit-command.ts'
import { relaunch, requireRestartable } from './relaunch.ts'

/**
 * Records the stop, then ends the process. The container stays stopped until the next start or apply. `grace`: milliseconds, default that
 * of the container. Raises `needs-apply` (refused).
 */
export async function stopContainer(write: WriteContext, container: ResourceAddress, grace?: number): Promise<void> {
  const record = await requireRecord(write, container)
  await disableExitCommands(write, [container])
  await writeRecord(write, { ...record, stopped: true })
  await stopProcess(
    write,
    container,
    await stopSignal(write, record.spec),
    grace ?? record.spec.stop_grace_period,
    'heropods stop',
  )
}

/**
 * Ends a container and starts its next run; addresses, files and its layer stay. If HeroPods is killed in between, the container does not
 * run, and its record does not have `stopped`: it counts as one that exited by itself. Raises `container-exited`, and before anything has
 * changed the errors of `requireRestartable`.
 */
export async function restartContainer(
  write: WriteContext,
  container: ResourceAddress,
  heropodsCommand: readonly string[],
  grace?: number,
): Promise<void> {
  // Checked first: a container is ended only if it can start again.
  const { spec } = (await requireRestartable(write, container)).record
  await disableExitCommands(write, [container])
  await stopProcess(
    write,
    container,
    await stopSignal(write, spec),
    grace ?? spec.stop_grace_period,
    write.purpose ?? 'heropods restart',
  )
  await relaunch(write, container, { heropodsCommand, restarts: 0, held: false })
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
