import { checkByHand, checkCommand } from '../../../../model/command/check-command.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { lastLines, quoted, withoutControls } from '../process/logs.ts'
import { readRecord, readRunning } from '../record.ts'
import { healthOf, type LoggedCheck, readHealthCheck, readOutput, recordedLog } from './record.ts'

const maxLines = 10

type Reader = Pick<ReadContext, 'host' | 'paths'>

/**
 * The failed check of a container with its command, exit code and first lines of output; without a check the last lines of its log.
 * Indented, for a message.
 */
export async function lastOutput(read: Reader, container: ResourceAddress): Promise<string> {
  const running = await readRunning(read.host, read.paths, container)
  const output = running && (await readOutput(read, running.id))?.trimEnd()
  if (!running) return ''
  if (!output) return quoted(await lastLines(read, container, maxLines, Date.parse(running.startedAt)))
  const check = (await recordedLog(read, running.id)).at(-1)
  return checkText(await commandOf(read, container), check, firstLines(output.split('\n'), maxLines))
}

/** The first lines: a program prints its error before its usage. The last one counts the others. Pure. */
export const firstLines = (lines: readonly string[], most: number): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most - 1), `... ${lines.length - most + 1} more lines`]

/** The effective check of a container as a command line; undefined: it is not a command. */
export async function commandOf(read: Reader, container: ResourceAddress): Promise<string | undefined> {
  const record = await readRecord(read.host, read.paths, container)
  const check = record && (await readHealthCheck(read, record.spec))
  return check && checkCommand(check)
}

/** The command that runs the check of an unhealthy container by hand; undefined: it is not unhealthy, or its check is not a command. */
export async function checkByHandOf(read: Reader, container: ResourceAddress): Promise<string | undefined> {
  const [record, running] = [
    await readRecord(read.host, read.paths, container),
    await readRunning(read.host, read.paths, container),
  ]
  const check = record && (await readHealthCheck(read, record.spec))
  if (!check || !running || (await healthOf(read, record.spec, running.id))?.status !== 'unhealthy') return undefined
  return checkByHand(container, check)
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
