import { relative } from 'node:path'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { AttachOptions } from '../../../container-verbs.ts'
import type { PreparedExec } from '../../../operations.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'
import { entrypointOf, withoutInit } from '../oci/config.ts'
import { readConfig } from '../oci/read-config.ts'
import { stopProcess, stopSignal } from '../process/end.ts'
import { disableExitCommands } from '../process/exit-command.ts'
import { recordExit } from '../process/exit-record.ts'
import { writeExitCode } from '../process/read-exit-code.ts'
import { readRecord, readRunning } from '../record.ts'
import { prepareExec } from './exec.ts'

/** Prepares the entrypoint of a container that waits for it (`awaitsAttach`). Raises `not-running`, `needs-apply` (refused). */
export async function prepareAttach(
  read: ReadContext,
  container: ResourceAddress,
  { terminal }: AttachOptions,
): Promise<PreparedExec> {
  const config = await readConfig(read, container)
  const argv = config === undefined ? [] : withoutInit(entrypointOf(config))
  const pidFile = containerLayout(read.paths, container).attachedPid
  const prepared = await prepareExec(read, container, { argv, terminal, pidFile: relative(read.paths.run, pidFile) })
  return { ...prepared, pidFile }
}

/** How long the waiting process may take to end, milliseconds. */
const endsWithinMs = 2000

/** Ends a container after its attached command has ended, with the exit code of that command. Ends nothing that a user has stopped. */
export async function endAttached(write: WriteContext, container: ResourceAddress, exitCode: number): Promise<void> {
  const record = await readRecord(write.host, write.paths, container)
  const running = await readRunning(write.host, write.paths, container)
  if (record === undefined || running === undefined) return
  await disableExitCommands(write, [container])
  await stopProcess(write, container, await stopSignal(write, record.spec), endsWithinMs, undefined)
  await writeExitCode(write, running.id, exitCode)
  await recordExit(write, container)
}
