import { type Diagnostic, firstLine } from '../../model/errors.ts'
import type { Conclusion } from '../../model/generation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { redactorOf } from '../../model/sensitive.ts'
import type { Session } from '../session.ts'

/** The maximum number of lines of a container's output in a record. */
const maxLines = 10
/** Characters of one of these lines. */
const maxLineCharacters = 300

/**
 * Records the final result of a generation. The container of a failed verification must still exist: its last output becomes a part of
 * the record. Returns the failure with this output, without sensitive values.
 */
export async function conclude(
  session: Session,
  { generation, result, failed }: Conclusion,
): Promise<Diagnostic | undefined> {
  if (failed === undefined) {
    await session.state.finish(generation, result)
    return undefined
  }
  const { failure, others = [], secretValues } = failed
  const explained = async (one: Diagnostic): Promise<Diagnostic> =>
    explainedFailure(one, await outputOf(session, one.address), redactorOf(secretValues))
  const withOutput = await explained(failure)
  const run = (await session.state.generations()).find((one) => one.generation === generation)
  // A stack that is already as its files declare is verified without a run of its own.
  if (failure.address !== undefined && run?.stacks[parseResourceAddress(failure.address).stack] !== undefined)
    await session.state.finish(generation, result, {
      failures: [withOutput, ...(await Promise.all(others.map(explained)))],
      endedAt: new Date().toISOString(),
    })
  return withOutput
}

/** The end of a container's output. `notStarted`: see `RecentOutput`. */
interface Output {
  readonly lines: readonly string[]
  readonly notStarted?: string
}

async function outputOf(session: Session, container: ResourceAddress | undefined): Promise<Output> {
  if (container === undefined) return { lines: [] }
  const { log, notStarted } = await session.runtime.containers.recentOutput(session.readContext(), container, maxLines)
  const lines = log.map(({ bytes }) => bytes.toString())
  return { lines, ...(notStarted !== undefined && { notStarted }) }
}

/**
 * A failure with the last lines of the container's output. After an exit the last line is also in the first line of the message:
 * `web has exited with code 4: no database.` A program that the init program could not start is named. Pure.
 */
export function explainedFailure(
  failure: Diagnostic,
  { lines: output, notStarted }: Output,
  redact: (text: string) => string,
): Diagnostic {
  if (notStarted !== undefined && failure.address !== undefined && isExit(failure))
    return { ...failure, message: redact(`${parseResourceAddress(failure.address).name} ${notStarted}.`) }
  const lines = redact(output.join('\n')).replace(controlCharacters, '').split('\n')
  const shown = lines.map((line) => line.trimEnd().slice(0, maxLineCharacters)).filter((line) => line !== '')
  const last = isExit(failure) ? shown.at(-1)?.trim() : undefined
  const text = redact(firstLine(failure.message)).replace(/\.$/, '')
  const firstPart = last === undefined ? text : `${text}: ${last.replace(/[.:]+$/, '')}`
  const outputLines = shown.slice(-maxLines).map((line) => `\n  | ${line}`)
  return { ...failure, message: outputLines.length === 0 ? `${firstPart}.` : `${firstPart}:${outputLines.join('')}` }
}

/** A timeout can be caused by exits too. */
const isExit = ({ code, message }: Diagnostic): boolean =>
  code === 'container-exited' || code === 'crash-loop' || (code === 'timeout' && message.includes('exited with code'))

const controlCharacters = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g
