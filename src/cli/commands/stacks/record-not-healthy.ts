import { type Diagnostic, HeroPodsError, toDiagnostic } from '../../../model/errors.ts'
import type { NewEvent } from '../../../model/event.ts'
import type { FailedVerification, Generation } from '../../../model/generation.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { valuesRedacted } from '../../../model/sensitive.ts'
import { groupBy } from '../../../model/values/group-by.ts'
import { type WriteOptions, withWriterEngine } from '../../engine-session.ts'

interface Waited {
  readonly options: WriteOptions
  /** The newest generation when the wait began. */
  readonly generation: number
  readonly secretValues: FailedVerification['secretValues']
}

/**
 * Records that a generation was applied and that its containers did not become healthy. Returns the error to raise: `error`, and the reason
 * if the records could not be written.
 */
export async function recordNotHealthy(
  error: unknown,
  { options, generation, secretValues }: Waited,
): Promise<unknown> {
  if (!(error instanceof HeroPodsError) || error.diagnostics[0]?.code !== 'not-healthy') return error
  try {
    await withWriterEngine(options, async (engine) => {
      const failures = failuresByGeneration(error.diagnostics.map(withReason), await engine.generations(), generation)
      for (const [number, [failure, ...others]] of failures) {
        if (failure === undefined) continue
        await engine.conclude({ generation: number, result: 'failed', failed: { failure, others, secretValues } })
        const event = notHealthyEvent(number, [failure, ...others], (text) => valuesRedacted(text, secretValues))
        await engine.withEvents((events) => events.publish(event))
      }
    })
    return error
  } catch (unrecorded) {
    return new HeroPodsError([...error.diagnostics, toDiagnostic(unrecorded)])
  }
}

/** The event of a generation whose containers did not become healthy: the first reason, and the number of the others. Pure. */
export function notHealthyEvent(
  generation: number,
  failures: readonly Diagnostic[],
  redact: (text: string) => string,
): NewEvent {
  const [first] = failures
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : ''
  return {
    type: 'stack.failed',
    level: 'error',
    reason: 'NotHealthy',
    message: redact(`Generation ${generation} did not become healthy: ${first?.message.replace(/\.$/, '')}${more}.`),
    generation,
    ...(first?.address && { stack: parseResourceAddress(first.address).stack, address: first.address }),
  }
}

/**
 * A failure with the last line of the check's output in its first line, `web is unhealthy: connection refused.`: the record has only this line,
 * and the output of the container. Pure.
 */
export function withReason(failure: Diagnostic): Diagnostic {
  const [first = '', ...output] = failure.message.split('\n')
  const last = output
    .at(-1)
    ?.replace(/^\s*[|$]/, '')
    .trim()
  return { ...failure, message: last ? `${first.replace(/:$/, '')}: ${last}` : first }
}

/**
 * The failures by the last generation of their stack. Stacks that a later run has changed meanwhile are left out: their containers may be
 * those of that run. Pure.
 */
export function failuresByGeneration(
  failures: readonly Diagnostic[],
  generations: readonly Pick<Generation, 'generation' | 'stacks'>[],
  newest: number,
): ReadonlyMap<number, readonly Diagnostic[]> {
  const lastOf = ({ address }: Diagnostic): number =>
    generations.findLast(({ stacks }) => address !== undefined && stacks[parseResourceAddress(address).stack])
      ?.generation ?? 0
  return new Map([...groupBy(failures, lastOf)].filter(([number]) => number > 0 && number <= newest))
}
