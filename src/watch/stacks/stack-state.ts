import type { Diagnostic, RecordedDiagnostic } from '../../model/errors.ts'
import type { Commit } from '../../model/generation.ts'
import { parseReconcile, type ReconcileSettings } from '../../model/reconcile-settings.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { DriftReport } from '../../model/status.ts'
import { emptyWatchRecord, type WatchRecord } from '../../state/watch-store.ts'
import type { Hold } from '../controller/decide.ts'
import type { Prefetch } from '../rollout/prefetch.ts'
import type { Verification } from '../rollout/verify.ts'
import { type Backoff, type Flapping, noBackoff } from './backoff.ts'
import type { DesiredRevision } from './desired-revision.ts'

/** All that `watch` knows of one stack between two reconciles. Only `reduce` makes a new one from an old one. */
export interface StackState {
  readonly name: string
  /** The revision of its files when they were last valid; undefined: not valid since `watch` started. */
  readonly desired: DesiredRevision | undefined
  /** Problems of its files now. */
  readonly problems: readonly Diagnostic[]
  /** No file declares it any more. */
  readonly undeclared: boolean
  /** Invalid files for which its removal waits: no valid file declares it any more. undefined: it is declared, or is to be removed. */
  readonly removalWaitsFor: string | undefined
  /** The commit since which its files are invalid, or missing. undefined: they are valid, or not from git. */
  readonly missingSince: Commit | undefined
  readonly settings: ReconcileSettings
  /** The persisted part. */
  readonly record: WatchRecord
  readonly retry: Backoff
  /** True if the last failure came before anything on the host was changed. */
  readonly hostUnchanged: boolean
  /** True if the last failure came after all steps of the change: its containers exist, and are not all healthy. */
  readonly isInPlace: boolean
  /** True if the last good generation is still recorded. Without it there is nothing to restore. */
  readonly hasLastGood: boolean
  readonly verification: Verification | undefined
  /** Pull of the images of a change; undefined: none was started, or its result was used. */
  readonly prefetch: Prefetch | undefined
  /** True if a change waits for this pull. The pull can continue after the change no longer waits. */
  readonly awaitsPrefetch: boolean
  /** Its user has just resumed it: failed jobs run again. */
  readonly rerunsJobs: boolean
  /** The generation that restores the last good one, until the restore is complete. */
  readonly restoreGeneration: number | undefined
  readonly lastError: RecordedDiagnostic | undefined
  /** Hash of the revision that `lastError` is about. */
  readonly failedRevision: string | undefined
  readonly hold: Hold | undefined
  readonly drift: readonly DriftReport[]
  /** Containers that wait for their dependencies. */
  readonly waiting: readonly ResourceAddress[]
  /** A run of another command that changes the stack now, as a sentence. */
  readonly otherRun: string | undefined
  /** Objects that were healed recently. */
  readonly flapping: ReadonlyMap<string, Flapping>
  /** When unhealthy containers were restarted, oldest first. Milliseconds of the monotonic clock. */
  readonly unhealthyRestarts: ReadonlyMap<ResourceAddress, readonly number[]>
}

/** The state of a stack that is new to this `watch`. `record`: persisted by an earlier one. */
export const newStackState = (
  name: string,
  source: string,
  record: WatchRecord = { ...emptyWatchRecord, stack: name, source },
): StackState => ({
  name,
  desired: undefined,
  problems: [],
  undeclared: false,
  removalWaitsFor: undefined,
  missingSince: undefined,
  settings: parseReconcile(record.settings),
  record,
  retry: noBackoff,
  hostUnchanged: false,
  isInPlace: false,
  hasLastGood: false,
  verification: undefined,
  prefetch: undefined,
  awaitsPrefetch: false,
  rerunsJobs: false,
  restoreGeneration: undefined,
  lastError: undefined,
  failedRevision: undefined,
  hold: undefined,
  drift: [],
  waiting: [],
  otherRun: undefined,
  flapping: new Map(),
  unhealthyRestarts: new Map(),
})

/** True if the last operation of the stack failed and none has succeeded since. */
export const isFailing = ({ lastError, record }: StackState): boolean =>
  lastError !== undefined || record.rejected !== null

export const isSuspended = ({ record, settings }: StackState): boolean => record.suspended || settings.suspend

/** True if the wait after a failure is not over. `now`: monotonic clock. */
export const isBackingOff = ({ retry }: StackState, now: number): boolean => retry.until > now

/** True if a failed change that has not modified the host waits for its next try. Until then the last good generation stays desired. */
export const isDeferred = (state: StackState, now: number): boolean => state.hostUnchanged && isBackingOff(state, now)

/** True if its files declare a revision that was neither applied nor rejected. */
export const isUntried = ({ desired, record }: StackState): boolean =>
  desired !== undefined && desired.hash !== record.verifiedHash && desired.hash !== record.rejected?.hash

/** The result of a restore that is complete. `state`: the state before its end. Pure. */
export function restoredText({ name, restoreGeneration, record: { verifiedGeneration } }: StackState): string {
  const end = `stays in place until the files of ${name} change.`
  return restoreGeneration === undefined
    ? `Generation ${verifiedGeneration} ${end}`
    : `Generation ${restoreGeneration} restored generation ${verifiedGeneration}, which ${end}`
}

/** Why a stack is not removed yet although its files are gone. `files`: the invalid ones. Pure. */
export const removalWaitsText = (files: string): string =>
  `No valid file declares it any more. Its removal waits until these files are valid: ${files}.`
