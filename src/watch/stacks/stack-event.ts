import type { Diagnostic } from '../../model/errors.ts'
import type { Commit } from '../../model/generation.ts'
import type { ReconcileSettings } from '../../model/reconcile-settings.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { DriftReport, StackChange } from '../../model/status.ts'
import type { RejectedRevision, WatchRecord } from '../../state/watch-store.ts'
import type { Hold } from '../controller/decide.ts'
import type { Verification } from '../rollout/verify.ts'
import type { DesiredRevision } from './desired-revision.ts'
import type { StackState } from './stack-state.ts'

/**
 * All that can happen to a stack, as plain data: events carry every fact that the reducer needs, clock and chance included. `now` is in
 * milliseconds of the monotonic clock, `seconds` is how long the work took.
 */
export type StackEvent =
  | FilesEvent
  | RecordEvent
  | PlanEvent
  | RolloutEvent
  | VerificationEvent
  | RestoreEvent
  | HealEvent
  | PruneEvent
  | FailureEvent

type FilesEvent =
  /** Its files are valid. */
  | {
      readonly type: 'files-read'
      readonly revision: DesiredRevision
      readonly settings: ReconcileSettings
      readonly source: string
      readonly onRoot: boolean
    }
  /** No file declares it now: because files are invalid (`problems`), or because it was removed from them. */
  | {
      readonly type: 'files-missing'
      readonly problems: readonly Diagnostic[]
      readonly undeclared: boolean
      /** Its files are gone, and its removal waits until these other files are valid: it may be in one of them. */
      readonly removalWaitsFor?: string
      /** The commit of the files now. */
      readonly commit?: Commit
    }
  /** The source cannot be read, so nothing is known to be removed. */
  | { readonly type: 'source-failed' }

type RecordEvent =
  /** Its record as other commands have left it: `suspend`, `resume`, `rollback`. */
  | { readonly type: 'record-read'; readonly record: WatchRecord }
  /** Its record was erased. The suspension is known all the same: it is also on disk. */
  | { readonly type: 'record-lost'; readonly suspended: boolean }

type PlanEvent =
  | { readonly type: 'last-good-checked'; readonly hasLastGood: boolean }
  /** `hold` undefined: nothing holds it back. */
  | { readonly type: 'decided'; readonly hold: Hold | undefined }
  | { readonly type: 'drift-observed'; readonly drift: readonly DriftReport[] }
  /** Containers that wait for their dependencies. */
  | { readonly type: 'steps-deferred'; readonly waiting: readonly ResourceAddress[] }

type RolloutEvent =
  /** `key` identifies the images that are pulled. */
  | { readonly type: 'prefetch-started'; readonly key: string; readonly images: readonly string[] }
  | { readonly type: 'prefetch-ended'; readonly key: string; readonly error: Diagnostic | undefined }
  /** True if a change waits for the pull now. */
  | { readonly type: 'prefetch-awaited'; readonly awaited: boolean }
  /** The result of the pull was used; a later change pulls again. */
  | { readonly type: 'prefetch-used' }
  /** The first step of a new generation begins. */
  | {
      readonly type: 'rollout-started'
      readonly generation: number
      readonly hash: string
      readonly steps: number
      /** The newest change of the stack by another command. */
      readonly replaces?: Pick<StackChange, 'generation' | 'by'>
    }
  /** Its steps are done. It is verified from now on, unless this verification has already begun. */
  | { readonly type: 'applied'; readonly verification: Verification; readonly seconds: number }

type VerificationEvent =
  /** The change was already in place. */
  | { readonly type: 'verification-started'; readonly verification: Verification }
  | { readonly type: 'verification-observed'; readonly verification: Verification }
  | { readonly type: 'verification-passed'; readonly verification: Verification; readonly passedAt: string }
  /** The desired revision is another one now. */
  | { readonly type: 'verification-dropped' }

type RestoreEvent =
  /** A change has failed permanently: its revision is not tried again until the files change. */
  | {
      readonly type: 'rejected'
      readonly error: Diagnostic
      readonly rejected: RejectedRevision
      readonly seconds: number
    }
  /** Steps of a restore were applied; more may follow. */
  | { readonly type: 'restore-applied'; readonly generation: number | undefined }
  | { readonly type: 'restored'; readonly seconds: number }

type HealEvent =
  /** Steps were tried, whatever came of them. */
  | { readonly type: 'heal-attempted'; readonly addresses: readonly string[]; readonly now: number }
  /** `healed`: objects whose drift is gone; `remaining`: drift that is left; `seconds` undefined: no step was done. */
  | {
      readonly type: 'healed'
      readonly healed: readonly string[]
      readonly remaining: readonly DriftReport[]
      readonly seconds: number | undefined
    }
  | { readonly type: 'heal-failed'; readonly error: Diagnostic; readonly seconds: number }
  /** An unhealthy container was restarted. `error`: it does not run. */
  | {
      readonly type: 'unhealthy-restarted'
      readonly address: ResourceAddress
      readonly error: Diagnostic | undefined
      readonly now: number
    }

type PruneEvent =
  /** Its objects were removed. `containers`: the names of those among them. */
  | {
      readonly type: 'pruned'
      readonly objects: number
      readonly containers: readonly string[]
      readonly seconds: number
    }
  /** Its objects are left in place and no longer watched. */
  | { readonly type: 'untracked' }
  /** Its record was deleted, and its file is back. It starts again. */
  | { readonly type: 'reset' }

type FailureEvent =
  /** The generation that it wants cannot be read. */
  | { readonly type: 'revision-unreadable'; readonly error: Diagnostic }
  /** Tried again later. `touched`: something on the host had been changed; `random` in [0, 1). */
  | {
      readonly type: 'failed'
      readonly error: Diagnostic
      /** The revision that failed; undefined: that of the files. */
      readonly hash?: string
      readonly touched: boolean
      /** All steps were done: the verification has failed. Default: false. */
      readonly wasApplied?: boolean
      readonly now: number
      readonly random: number
      readonly seconds: number
    }
  /** A user has applied or resumed the stack: it does not wait for its next try. */
  | { readonly type: 'retry-requested' }
  /** The host is as desired: earlier failures are over. */
  | { readonly type: 'recovered' }

/** One event with the states around it. */
export interface Transition {
  readonly before: StackState
  readonly event: StackEvent
  readonly after: StackState
}
