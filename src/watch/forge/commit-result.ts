import { shortCommit } from '../../model/generation.ts'
import { conditionOf, type StackStatus } from '../../model/status.ts'
import { countOf } from '../../model/values/count.ts'
import type { SourceRevision } from '../source/directory.ts'
import { filesSummary, problemText } from '../source/files-summary.ts'
import type { StackState } from '../stacks/stack-state.ts'
import { type CommitResult, shownDescription } from './status-request.ts'

/** A stack after a reconcile. */
export interface ReportedStack {
  readonly state: StackState
  readonly status: StackStatus
}

/** Reasons of a degraded stack that do not follow from its change. */
const waiting: ReadonlySet<string> = new Set(['Drifted', 'Restarting'])

/**
 * The names of the stacks whose change is the result of a commit: it changed their files, or an earlier change of them has no result yet.
 * Pure.
 */
export const stacksOfCommit = (commit: string, states: readonly StackState[]): ReadonlySet<string> =>
  new Set(
    states.flatMap((state) =>
      state.undeclared || sourceCommitOf(state) === commit || isUnfinished(state) ? [state.name] : [],
    ),
  )

/** The newest commit when the files of a stack changed. An earlier commit of the same fetch may have changed them. */
const sourceCommitOf = ({ desired }: StackState): string | undefined =>
  desired?.sourceCommit ?? desired?.origin?.commit?.id

/** True if the files of a stack were neither applied nor did they fail. */
const isUnfinished = ({ desired, record, failedRevision }: StackState): boolean =>
  desired !== undefined && ![record.verifiedHash, record.rejected?.hash, failedRevision].includes(desired.hash)

/**
 * The result of a commit, from its files and its stacks (`names`) after they were reconciled. undefined: the files are not
 * from git, or a stack is being removed. Pure.
 */
export function commitResult(
  { loaded, origin }: Pick<SourceRevision, 'loaded' | 'origin'>,
  names: ReadonlySet<string>,
  stacks: readonly ReportedStack[],
): CommitResult | undefined {
  if (origin.commit === undefined) return undefined
  const { id: commit } = origin.commit
  const [invalid] = loaded.failures
  if (invalid) return { commit, state: 'failure', description: `${filesSummary(loaded)}: ${problemText(invalid)}` }
  const own = stacks.filter(({ state }) => names.has(state.name))
  const outcomes = own.map((one) => ({ ...outcomeOf(one), stack: one.state.name }))
  for (const state of ['failure', 'pending'] as const) {
    // The removal of a stack is in progress. A later reconcile has its result.
    if (state === 'pending' && own.some(isBeingRemoved)) return undefined
    const texts = outcomes.flatMap((one) => (one.state === state ? [`${one.stack}: ${one.text}`] : []))
    if (texts.length > 0) return { commit, state, description: first(texts) }
  }
  const removed = [...names].filter((name) => stacks.every(({ state }) => state.name !== name))
  return { commit, state: 'success', description: successText(own.length, removed) }
}

const isBeingRemoved = ({ state: { undeclared, hold, lastError } }: ReportedStack): boolean =>
  undeclared && hold === undefined && lastError === undefined

/** The result of a commit before its first reconcile; undefined: nothing waits for one. Pure. */
export function pendingResult(commit: string, states: readonly StackState[]): CommitResult | undefined {
  const names = states.flatMap((state) => (state.undeclared || isUnfinished(state) ? [state.name] : []))
  if (names.length === 0) return undefined
  return { commit, state: 'pending', description: first(names.map((name) => `${name}: ${notApplied}`)) }
}

const notApplied = 'Not applied yet.'

const first = ([text = '', ...others]: readonly string[]): string =>
  others.length === 0 ? text : `${text} (and ${countOf(others.length, 'more stack')})`

function successText(applied: number, removed: readonly string[]): string {
  const parts = [
    ...(applied > 0 ? [`${countOf(applied, 'stack')} applied and healthy`] : []),
    ...(removed.length > 0 ? [`${removed.join(', ')} removed`] : []),
  ]
  return parts.length === 0 ? 'No stack is changed.' : `${parts.join(', ')}.`
}

interface Outcome {
  readonly state: CommitResult['state']
  readonly text: string
}

/** Whether the files of a stack were applied. A failure of an earlier revision does not count: this one has no result yet. */
function outcomeOf({ state, status }: ReportedStack): Outcome {
  const { desired, record, hold, lastError, failedRevision } = state
  const { rejected, verifiedHash } = record
  if (rejected && rejected.hash === desired?.hash) return { state: 'failure', text: rejected.message }
  if (hold) return { state: 'pending', text: hold.message }
  const isApplied = desired !== undefined && desired.hash === verifiedHash
  if (lastError && failedRevision === desired?.hash) return { state: 'failure', text: lastError.message }
  if (lastError || state.undeclared || !isApplied) return { state: 'pending', text: progressText(status) }
  return outcomeOfApplied(status)
}

function outcomeOfApplied(status: StackStatus): Outcome {
  const degraded = conditionOf(status, 'Degraded')
  if (degraded?.status) return { state: waiting.has(degraded.reason) ? 'pending' : 'failure', text: degraded.message }
  const isReady = conditionOf(status, 'Ready')?.status === true
  return { state: isReady ? 'success' : 'pending', text: progressText(status) }
}

function progressText(status: StackStatus): string {
  const progress = conditionOf(status, 'Progressing')
  return progress?.status ? progress.message : notApplied
}

/**
 * The results to send after a new one: of an earlier commit that never came to an end, too. A success is final: later events of
 * containers are not the result of the commit. Pure.
 */
export function resultsToSend(last: CommitResult | undefined, next: CommitResult): readonly CommitResult[] {
  const isSame = last?.commit === next.commit
  if (isSame && (last.state === 'success' || isShownAlike(last, next))) return []
  if (last === undefined || isSame || last.state !== 'pending') return [next]
  const description = `Replaced by ${shortCommit(next.commit)} before it was applied.`
  return [{ commit: last.commit, state: 'superseded', description }, next]
}

/** True if a forge shows the same: it cuts long descriptions. */
const isShownAlike = (one: CommitResult, other: CommitResult): boolean =>
  one.state === other.state && shownDescription(one.description) === shownDescription(other.description)
