import { shortCommit } from '../../model/generation.ts'
import { conditionOf, type StackStatus } from '../../model/status.ts'
import { countOf } from '../../model/values/count.ts'
import type { SourceRevision } from '../source/directory.ts'
import { filesSummary, problemText } from '../source/files-summary.ts'
import type { CommitResult } from './status-request.ts'

/** Reasons of a degraded stack for which its change waits, or that do not follow from the change. */
const waiting: ReadonlySet<string> = new Set([
  'OutsideWindow',
  'MassDeletion',
  'AwaitingConfirmation',
  'DetectOnly',
  'Suspended',
  'Drifted',
  'Restarting',
])

/** The result of a commit, from its files and the status of all stacks after they were read. undefined: the files are not from git. Pure. */
export function commitResult(
  { loaded, origin }: Pick<SourceRevision, 'loaded' | 'origin'>,
  stacks: readonly StackStatus[],
): CommitResult | undefined {
  if (origin.commit === undefined) return undefined
  const { id: commit } = origin.commit
  const [invalid] = loaded.failures
  if (invalid) return { commit, state: 'failure', description: `${filesSummary(loaded)}: ${problemText(invalid)}` }
  const failed = stacks.flatMap((stack) => troubleOf(stack, (reason) => !waiting.has(reason)))
  if (failed.length > 0) return { commit, state: 'failure', description: first(failed) }
  const unfinished = stacks.filter((stack) => conditionOf(stack, 'Ready')?.status !== true)
  if (unfinished.length > 0) return { commit, state: 'pending', description: first(unfinished.map(pendingText)) }
  return { commit, state: 'success', description: `${countOf(stacks.length, 'stack')} applied and healthy.` }
}

const first = ([text = '', ...others]: readonly string[]): string =>
  others.length === 0 ? text : `${text} (and ${countOf(others.length, 'more stack')})`

function troubleOf(stack: StackStatus, counts: (reason: string) => boolean): readonly string[] {
  const trouble = conditionOf(stack, 'Degraded')
  return trouble?.status && counts(trouble.reason) ? [`${stack.stack}: ${trouble.reason}: ${trouble.message}`] : []
}

const pendingText = (stack: StackStatus): string => {
  const shown = (['Suspended', 'Degraded', 'Progressing'] as const)
    .map((type) => conditionOf(stack, type))
    .find((one) => one?.status)
  return `${stack.stack}: ${shown?.message ?? 'Not applied yet.'}`
}

/**
 * The results to send after a new one: of an earlier commit that never came to an end, too. A success is final: later events of
 * containers are not the result of the commit. Pure.
 */
export function resultsToSend(last: CommitResult | undefined, next: CommitResult): readonly CommitResult[] {
  const isSame = last?.commit === next.commit
  if (isSame && (last.state === 'success' || (last.state === next.state && last.description === next.description)))
    return []
  if (last === undefined || isSame || last.state !== 'pending') return [next]
  const description = `Replaced by ${shortCommit(next.commit)} before it was applied.`
  return [{ commit: last.commit, state: 'superseded', description }, next]
}
