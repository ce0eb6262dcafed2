import { checkCommand } from '../../../../model/command/check-command.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { lastLines, quoted, withoutControls } from '../process/logs.ts'
import { readRecord, readRunning } from '../record.ts'
import { type LoggedCheck, readHealthCheck, readOutput, recordedLog } from './record.ts'

const maxLines = 10

type Reader = Pick<ReadContext, 'host' | 'paths'>

/**
 * The failed check of a container with its command, exit code and last lines of output; without a check the last lines of its log.
 * Indented, for a message.
 */
export async function lastOutput(read: Reader, container: ResourceAddress): Promise<string> {
  const running = await readRunning(read.host, read.paths, container)
  const output = running && (await readOutput(read, running.id))?.trimEnd()
  if (!running || !output) return quoted(await lastLines(read.host, read.paths, container, maxLines))
  const check = (await recordedLog(read, running.id)).at(-1)
  return checkText(await commandOf(read, container), check, output.split('\n').slice(-maxLines))
}

/** The effective check of a container as a command line; undefined: it is not a command. */
export async function commandOf(read: Reader, container: ResourceAddress): Promise<string | undefined> {
  const record = await readRecord(read.host, read.paths, container)
  const check = record && (await readHealthCheck(read, record.spec))
  return check && checkCommand(check)
}

/** A check in lines below a message: `$ wget -q web (exit code 1)`, then its output. Pure. */
export function checkText(
  command: string | undefined,
  check: Pick<LoggedCheck, 'exitCode'> | undefined,
  output: readonly string[],
): string {
  if (command === undefined) return quoted(output)
  const code = check?.exitCode
  const head = `:\n  $ ${withoutControls(command)}${code === undefined ? '' : ` (exit code ${code})`}`
  // A check without output is recorded with its exit code.
  const lines = output.length === 1 && output[0] === `exit code ${code}` ? [] : output
  return `${head}${quoted(lines).replace(/^:/, '')}`
}
