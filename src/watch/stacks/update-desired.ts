import { isDeepStrictEqual } from 'node:util'
import type { Desired } from '../../model/desired.ts'
import { firstOf } from '../../model/errors.ts'
import type { Commit } from '../../model/generation.ts'
import { defaultReconcile } from '../../model/reconcile-settings.ts'
import { someOf } from '../../model/values/count.ts'
import type { LoadFailure } from '../../stack/load-directory.ts'
import type { WatchRecord } from '../../state/watch-store.ts'
import type { SourceRevision } from '../source/directory.ts'
import { type DesiredRevision, revisionOfFiles } from './desired-revision.ts'
import type { StackEvent } from './stack-event.ts'
import { newStackState, type StackState } from './stack-state.ts'

/** The event of one stack for a revision of the source. */
export interface StackUpdate {
  readonly stack: string
  readonly event: StackEvent
}

/** The stacks that are watched, and the watchRecords of those that are not. */
interface Known {
  readonly states: readonly StackState[]
  readonly records: ReadonlyMap<string, WatchRecord>
}

/**
 * The events of all stacks for a revision of the source. A stack with a file that cannot be read stays as it was, since the rest of its
 * files may mean something else. Pure.
 */
export function updateDesired(known: Known, revision: SourceRevision, source: string): readonly StackUpdate[] {
  const readable = readableStacks(known, revision)
  const { onRoot } = revision
  const shared = sharedFiles(revision)
  const read = [...readable].map(([stack, desired]): StackUpdate => {
    const settings = desired.stacks[0]?.reconcile ?? defaultReconcile
    return {
      stack,
      event: { type: 'files-read', revision: revisionOf(desired, revision, shared), settings, source, onRoot },
    }
  })
  const others = known.states.filter(({ name }) => !readable.has(name))
  return [...read, ...others.flatMap((state) => missing(state, revision))]
}

/** Files that no stack or invalid file is known by: variables, configs and others that several stacks may use. */
function sharedFiles({ loaded: { stacks, failures, inputs } }: SourceRevision): readonly string[] {
  const own = new Set([...[...stacks.values()].flatMap(filesOf), ...failures.map(({ file }) => file)])
  return inputs.filter((file) => !own.has(file))
}

const filesOf = ({ stacks }: Desired): readonly string[] => stacks.flatMap(({ files }) => files.map(({ path }) => path))

function revisionOf(
  desired: Desired,
  { origin, originOf }: SourceRevision,
  shared: readonly string[],
): DesiredRevision {
  return revisionOfFiles(desired, originOf?.([...filesOf(desired), ...shared]) ?? origin, origin.commit?.id)
}

/** The commit that made files invalid or removed them: the last one that changed them. */
function causeOf(
  { origin, originOf }: SourceRevision,
  failures: readonly LoadFailure[],
  files: readonly string[],
): Commit | undefined {
  const [failure] = failures
  const changed = failure ? [shownFileOf(failure)] : files
  return (originOf?.(changed) ?? origin).commit
}

function readableStacks(
  { states, records: watchRecords }: Known,
  { loaded }: SourceRevision,
): SourceRevision['loaded']['stacks'] {
  const unread = new Set(loaded.failures.filter(({ stack }) => stack === undefined).map(({ file }) => file))
  const watched = new Map(states.map((state) => [state.name, state.record]))
  const recorded = (name: string): readonly string[] => (watched.get(name) ?? watchRecords.get(name))?.files ?? []
  return new Map([...loaded.stacks].filter(([name]) => !recorded(name).some((file) => unread.has(file))))
}

/**
 * A stack counts as undeclared only if all files are valid and the folder is the one that was read before: its declaration may be in a file
 * that cannot be read.
 */
function missing(state: StackState, revision: SourceRevision): readonly StackUpdate[] {
  const { loaded, mayPrune, onRoot } = revision
  const { name, record } = state
  const own = loaded.failures.filter(({ file, stack }) => stack === name || record.files.includes(file))
  const problems = own.flatMap((failure) => failure.diagnostics)
  const isMoved = onRoot && !record.onRoot
  const isGone = own.length === 0 && !loaded.stacks.has(name) && mayPrune && !isMoved
  const undeclared = isGone && loaded.failures.length === 0
  const waitsFor = isGone && !undeclared ? { removalWaitsFor: someOf(invalidFiles(loaded.failures), 3) } : {}
  const isSame = undeclared === state.undeclared && waitsFor.removalWaitsFor === state.removalWaitsFor
  if (isSame && isDeepStrictEqual(problems, state.problems)) return []
  const commit = causeOf(revision, own, record.files)
  return [
    { stack: name, event: { type: 'files-missing', problems, undeclared, ...waitsFor, ...(commit && { commit }) } },
  ]
}

const invalidFiles = (failures: readonly LoadFailure[]): readonly string[] => [...new Set(failures.map(shownFileOf))]

/** The file as its problem names it: in a repository, relative to its root. */
const shownFileOf = ({ file, diagnostics }: LoadFailure): string => firstOf(diagnostics)?.place?.file ?? file

/** Stacks that are not watched because their files were never valid: the status shows them, nothing is applied or removed. Pure. */
export function untrackedStacks(
  states: readonly StackState[],
  revision: SourceRevision,
  source: string,
): readonly StackState[] {
  const { failures } = revision.loaded
  const watched = new Set(states.map((state) => state.name))
  const names = new Set(failures.flatMap(({ stack }) => (stack === undefined || watched.has(stack) ? [] : [stack])))
  return [...names].map((name) => {
    const own = failures.filter(({ stack }) => stack === name)
    const state = newStackState(name, source)
    return {
      ...state,
      problems: own.flatMap(({ diagnostics }) => diagnostics),
      missingSince: causeOf(revision, own, []),
      record: { ...state.record, files: own.map(({ file }) => file) },
    }
  })
}
