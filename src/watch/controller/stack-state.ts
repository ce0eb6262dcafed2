import { isDeepStrictEqual } from 'node:util'
import type { Address } from '../../model/address.ts'
import type { Diagnostic, RecordedDiagnostic } from '../../model/errors.ts'
import {
  defaultReconcile,
  parseReconcile,
  type ReconcileSettings,
  serializeReconcile,
} from '../../model/reconcile-settings.ts'
import type { Condition, DriftReport } from '../../model/status.ts'
import { stableJson } from '../../model/values/stable-json.ts'
import { emptyWatchRecord, type WatchRecord } from '../../state/watch-store.ts'
import { type Backoff, noBackoff } from '../rollout/backoff.ts'
import type { Verification } from '../rollout/verify.ts'
import type { SourceRevision } from '../source/directory.ts'
import { type Hold, waitForWindow } from './decide.ts'
import { type DesiredRevision, revisionOfFiles } from './desired-revision.ts'

/** A stack that watch keeps, with all that is known of it between two looks. */
export interface StackState {
  readonly name: string
  /** As its files last stated it rightly; undefined: they never did since the start. */
  desired: DesiredRevision | undefined
  /** What is wrong with its files now. */
  problems: readonly Diagnostic[]
  /** No file states it any more. */
  removed: boolean
  /** Gone, and no longer kept. */
  forgotten: boolean
  settings: ReconcileSettings
  memory: WatchRecord
  retry: Backoff
  /** Whether its last failure came before anything was touched: meanwhile it is kept as it was. */
  untouched: boolean
  /** Whether the generation that was good is still on record: else there is nothing to go back to. */
  hasGood: boolean
  verification: Verification | undefined
  /** The images of a change are on their way. */
  prefetching: boolean
  /** Its user has just resumed it: jobs that failed are run once more. */
  rerunsJobs: boolean
  /** Generation that brings the last good one back, while some of it has yet to follow. */
  restoring: number | undefined
  lastError: RecordedDiagnostic | undefined
  hold: Hold | undefined
  drift: readonly DriftReport[]
  /** Containers that wait for others to be healthy or completed. */
  waiting: readonly Address[]
  conditions: readonly Condition[]
}

/** Whether its last failure is not over yet. */
export const isFailing = ({ lastError, memory }: StackState): boolean =>
  lastError !== undefined || memory.rejected !== null

/** Whether a change that failed before anything was touched waits for its next try: meanwhile the stack is kept as it was. */
export const isDeferred = ({ untouched, retry }: StackState, now: number): boolean => untouched && retry.until > now

/** What a new statement waits for before it is even planned: until then what was applied is kept. */
export const holdOfChange = (
  { desired: stated, removed, memory, verification: gate, settings }: StackState,
  now: Date,
): Hold | undefined =>
  stated && !removed && memory.applied !== null && isUntried(stated, memory) && gate === undefined
    ? waitForWindow(settings, now)
    : undefined

const isUntried = ({ hash }: DesiredRevision, { appliedHash, rejected }: WatchRecord): boolean =>
  hash !== appliedHash && hash !== rejected?.hash

export const isSuspended = (kept: StackState): boolean => kept.memory.suspended || kept.settings.suspend

/** A stack that is new to this watch, with what an earlier one remembered of it. */
export function track(name: string, source: string, memory?: WatchRecord): StackState {
  return {
    name,
    desired: undefined,
    problems: [],
    removed: false,
    forgotten: false,
    settings: memory ? parseReconcile(memory.settings) : defaultReconcile,
    memory: memory ?? { ...emptyWatchRecord, stack: name, source },
    retry: noBackoff,
    untouched: false,
    hasGood: false,
    verification: undefined,
    prefetching: false,
    rerunsJobs: false,
    restoring: undefined,
    lastError: undefined,
    hold: undefined,
    drift: [],
    waiting: [],
    conditions: [],
  }
}

/**
 * Stacks that are not kept and whose files are wrong, for the status alone: nothing is applied, mended or removed for them. `before`: the
 * answer of the look before.
 */
export function untrackedStacks(
  all: ReadonlyMap<string, StackState>,
  { loaded: { failures } }: SourceRevision,
  source: string,
  before: readonly StackState[],
): readonly StackState[] {
  const names = new Set(failures.flatMap(({ stack }) => (stack === undefined || all.has(stack) ? [] : [stack])))
  return [...names].map((name) => {
    const own = failures.filter(({ stack }) => stack === name)
    const kept = before.find((one) => one.name === name) ?? track(name, source)
    kept.problems = own.flatMap(({ diagnostics }) => diagnostics)
    kept.memory = { ...kept.memory, files: own.map(({ file }) => file) }
    return kept
  })
}

/**
 * Takes up what a folder states now. A stack that it no longer states is `removed` only where nothing in the folder is broken and it is
 * the folder that was followed: what cannot be read may be what states it. Nor is a stack taken up without one of its files. Answers
 * the stacks whose statement changed.
 */
export function updateDesired(
  all: Map<string, StackState>,
  snapshot: SourceRevision,
  source: string,
  memories: ReadonlyMap<string, WatchRecord>,
): readonly StackState[] {
  const { failures } = snapshot.loaded
  const unread = new Set(failures.filter(({ stack }) => stack === undefined).map(({ file }) => file))
  const isWhole = (name: string): boolean =>
    !(all.get(name)?.memory ?? memories.get(name))?.files.some((file) => unread.has(file))
  const stacks = new Map([...snapshot.loaded.stacks].filter(([name]) => isWhole(name)))
  const changed: StackState[] = []
  for (const [name, desired] of stacks) {
    const kept = all.get(name) ?? track(name, source, memories.get(name))
    all.set(name, kept)
    const target = revisionOfFiles(desired)
    const before = stableJson([kept.memory.files, kept.memory.settings, kept.memory.source])
    let isNews = kept.desired?.hash !== target.hash || kept.problems.length > 0 || kept.removed
    if (kept.desired?.hash !== target.hash) {
      kept.retry = noBackoff
      kept.untouched = false
    }
    kept.desired = target
    kept.problems = []
    kept.removed = false
    const settings = desired.stacks[0]?.reconcile ?? defaultReconcile
    kept.settings = settings
    kept.memory = {
      ...kept.memory,
      source,
      files: target.source.files.map((file) => file.path),
      settings: serializeReconcile(settings),
      onRoot: snapshot.onRoot,
    }
    isNews ||= stableJson([kept.memory.files, kept.memory.settings, kept.memory.source]) !== before
    if (isNews) changed.push(kept)
  }
  for (const kept of all.values()) {
    if (stacks.has(kept.name)) continue
    const own = failures.filter(({ file, stack }) => stack === kept.name || kept.memory.files.includes(file))
    const problems = own.flatMap((one) => one.diagnostics)
    const moved = snapshot.onRoot && !kept.memory.onRoot
    const removed = own.length === 0 && failures.length === 0 && snapshot.mayPrune && !moved
    if (removed !== kept.removed || !isDeepStrictEqual(problems, kept.problems)) changed.push(kept)
    kept.problems = problems
    kept.removed = removed
  }
  return changed
}
