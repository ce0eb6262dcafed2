import { type Diagnostic, firstLine } from '../../model/errors.ts'
import { serializeReconcile } from '../../model/reconcile-settings.ts'
import { emptyWatchRecord, type RejectedRevision, type WatchRecord } from '../../state/watch-store.ts'
import type { Verification } from '../rollout/verify.ts'
import { afterFailure, afterHealings, noBackoff } from './backoff.ts'
import type { StackEvent } from './stack-event.ts'
import { newStackState, restoredText, type StackState } from './stack-state.ts'

type EventOf<T extends StackEvent['type']> = Extract<StackEvent, { readonly type: T }>

/** How many restarts of an unhealthy container are remembered. */
const maxRememberedRestarts = 101

/** The state of a stack after an event. The only place that changes one. Pure. */
export function reduce(state: StackState, event: StackEvent): StackState {
  switch (event.type) {
    case 'files-read':
      return afterFiles(state, event)
    case 'files-missing':
      return afterMissing(state, event)
    case 'source-failed':
      return { ...state, undeclared: false }
    case 'record-read':
      return afterRecordRead(state, event.record)
    case 'record-lost':
      return afterRecordRead(state, { ...state.record, suspended: event.suspended })
    case 'last-good-checked':
      return { ...state, hasLastGood: event.hasLastGood }
    case 'decided':
      return afterDecision(state, event)
    case 'drift-observed':
      return { ...state, drift: event.drift }
    case 'steps-deferred':
      return { ...state, waiting: event.waiting }
    case 'prefetch-started':
      return { ...state, prefetch: { key: event.key, images: event.images, result: 'pulling' }, awaitsPrefetch: true }
    case 'prefetch-ended':
      return afterPrefetch(state, event)
    case 'prefetch-awaited':
      return { ...state, awaitsPrefetch: event.awaited }
    case 'prefetch-used':
      return { ...state, prefetch: undefined, awaitsPrefetch: false }
    case 'rollout-started':
      return withRecord(state, { attempted: event.generation, attemptedHash: event.hash })
    case 'applied':
      return { ...state, rerunsJobs: false, verification: continued(state.verification, event.verification) }
    case 'verification-started':
    case 'verification-observed':
      return { ...state, verification: event.verification }
    case 'verification-passed':
      return afterVerification(state, event)
    case 'verification-dropped':
      return { ...state, verification: undefined }
    case 'rejected':
      return {
        ...withRecord(state, { rejected: withCommit(event.rejected, state) }),
        verification: undefined,
        ...failureOf(state, event.error, event.rejected.hash),
      }
    case 'restore-applied':
      return { ...state, restoreGeneration: state.restoreGeneration ?? event.generation }
    case 'restored':
      return { ...afterRestore(state), restoreGeneration: undefined }
    case 'heal-attempted':
      return {
        ...state,
        rerunsJobs: false,
        flapping: afterHealings(state.flapping, event.addresses, event.now),
      }
    case 'healed':
      return { ...state, drift: event.remaining }
    case 'heal-failed':
      return { ...state, ...failureOf(state, event.error) }
    case 'unhealthy-restarted':
      return afterUnhealthyRestart(state, event)
    case 'pruned':
    case 'untracked':
      return state
    case 'reset':
      return afterReset(state)
    case 'revision-unreadable':
      return { ...state, lastError: event.error }
    case 'failed':
      return {
        ...state,
        hostUnchanged: !event.touched,
        isInPlace: event.wasApplied ?? false,
        retry: afterFailure(state.retry, event.now, event.random),
        ...failureOf(state, event.error, event.hash),
        verification: event.touched ? undefined : state.verification,
      }
    case 'retry-requested':
      return { ...state, retry: { ...state.retry, until: 0 } }
    case 'recovered':
      return { ...withRecord(state, { rejected: null }), ...noFailure }
  }
}

/** More steps of a change continue its verification. */
function continued(known: Verification | undefined, next: Verification): Verification {
  if (known?.hash !== next.hash) return next
  return next.changes ? { ...known, changes: new Map([...(known.changes ?? []), ...next.changes]) } : known
}

const withRecord = (state: StackState, change: Partial<WatchRecord>): StackState => ({
  ...state,
  record: { ...state.record, ...change },
})

/** Only the first line of the message: the lines after it are output of a container, for `heropods logs`. */
const failureOf = (
  { desired }: StackState,
  error: Diagnostic,
  hash = desired?.hash,
): Pick<StackState, 'lastError' | 'failedRevision'> => ({
  lastError: { ...error, message: firstLine(error.message) },
  failedRevision: hash,
})

/** A rejected revision of the files has their commit: after a restart of watch, a later one may be the newest. */
function withCommit(rejected: RejectedRevision, { desired }: StackState): RejectedRevision {
  const commit = desired?.hash === rejected.hash ? desired.origin?.commit : undefined
  return commit ? { ...rejected, commit } : rejected
}

function afterFiles(state: StackState, { revision, settings, source, onRoot }: EventOf<'files-read'>): StackState {
  const isSame = state.desired?.hash === revision.hash
  // A later commit that does not change the stack is not its origin.
  const { origin, sourceCommit } = isSame && state.desired?.origin ? state.desired : revision
  return {
    ...state,
    desired: { ...revision, ...(origin && { origin }), ...(sourceCommit !== undefined && { sourceCommit }) },
    problems: [],
    undeclared: false,
    removalWaitsFor: undefined,
    missingSince: undefined,
    settings,
    retry: isSame ? state.retry : noBackoff,
    hostUnchanged: isSame && state.hostUnchanged,
    isInPlace: isSame && state.isInPlace,
    record: {
      ...state.record,
      source,
      files: revision.source.files.map((file) => file.path),
      settings: serializeReconcile(settings),
      onRoot,
    },
  }
}

/** If the files of a stack are removed, its earlier failure no longer matters, and the wait after it ends. */
function afterMissing(state: StackState, event: EventOf<'files-missing'>): StackState {
  const { problems, undeclared, removalWaitsFor, commit } = event
  const isGone = undeclared || removalWaitsFor !== undefined
  const wasGone = state.undeclared || state.removalWaitsFor !== undefined
  const before = isGone && !wasGone ? withoutFailure(state) : state
  // The commit that removed the files stays the cause when another file becomes valid.
  const missingSince = isGone && wasGone ? state.missingSince : commit
  return { ...before, problems, undeclared, removalWaitsFor, missingSince }
}

/** A new hold that waits for the user replaces an earlier failure. */
function afterDecision(state: StackState, { hold }: EventOf<'decided'>): StackState {
  const isNew = hold !== undefined && hold.reason !== state.hold?.reason
  const waits = hold?.reason === 'MassDeletion' || hold?.reason === 'AwaitingConfirmation'
  return { ...(isNew && waits ? withoutFailure(state) : state), hold }
}

const noFailure = {
  lastError: undefined,
  failedRevision: undefined,
  retry: noBackoff,
  hostUnchanged: false,
  isInPlace: false,
} as const

const withoutFailure = (state: StackState): StackState => ({ ...state, ...noFailure })

/** Jobs that have failed run again once their stack is resumed. An earlier failure is of a change that a user has rolled back since. */
function afterRecordRead(state: StackState, record: WatchRecord): StackState {
  const isRolledBack = record.rejected?.reason === 'RolledBack' && state.record.rejected?.reason !== 'RolledBack'
  return {
    ...(isRolledBack ? withoutFailure(state) : state),
    record,
    rerunsJobs: state.rerunsJobs || (state.record.suspended && !record.suspended),
  }
}

/** The result of a pull that is no longer awaited is ignored. */
const afterPrefetch = (state: StackState, { key, error }: EventOf<'prefetch-ended'>): StackState =>
  state.prefetch?.key === key ? { ...state, prefetch: { ...state.prefetch, result: error ?? 'pulled' } } : state

function afterVerification(state: StackState, { verification, passedAt }: EventOf<'verification-passed'>): StackState {
  const { hash, generation } = verification
  return {
    ...withRecord(state, {
      verifiedHash: hash,
      verifiedGeneration: generation,
      attempted: generation,
      verifiedAt: passedAt,
    }),
    verification: undefined,
    retry: noBackoff,
    hostUnchanged: false,
    isInPlace: false,
  }
}

function afterRestore(state: StackState): StackState {
  const { rejected } = state.record
  if (rejected === null) return state
  const message = rejected.restored ? rejected.message : `${rejected.message} ${restoredText(state)}`
  return withRecord(state, { rejected: { ...rejected, message, restored: true } })
}

function afterUnhealthyRestart(state: StackState, { address, error, now }: EventOf<'unhealthy-restarted'>): StackState {
  const restarts = [...(state.unhealthyRestarts.get(address) ?? []), now].slice(-maxRememberedRestarts)
  return {
    ...state,
    lastError: error ?? state.lastError,
    unhealthyRestarts: new Map([...state.unhealthyRestarts, [address, restarts]]),
  }
}

/** The state of a new stack with the same files. */
function afterReset(state: StackState): StackState {
  const { name, desired, problems, undeclared, removalWaitsFor, missingSince, settings, record } = state
  const { source, files, settings: recorded, onRoot } = record
  return {
    ...newStackState(name, source, { ...emptyWatchRecord, stack: name, source, files, settings: recorded, onRoot }),
    desired,
    problems,
    undeclared,
    removalWaitsFor,
    missingSince,
    settings,
  }
}
