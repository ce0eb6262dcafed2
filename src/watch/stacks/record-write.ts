import { stableJson } from '../../model/values/stable-json.ts'
import type { WatchRecord, WatchRecordChange } from '../../state/watch-store.ts'
import type { Transition } from './stack-event.ts'

/** A write to the records after an event. */
export interface RecordWrite {
  readonly change: WatchRecordChange
  /**
   * The reconcile must not continue before it is written: after a kill, `watch` would take another decision. Other writes are repeated by
   * a later reconcile.
   */
  readonly required: boolean
}

/** The write of an event; undefined: it changes nothing persisted. Pure. */
export function recordWrite(transition: Transition): RecordWrite | undefined {
  const { before, event, after } = transition
  const { record } = after
  switch (event.type) {
    case 'files-read':
      return hasNewFiles(transition) ? { change: filesOf(record), required: false } : undefined
    case 'files-missing':
      return { change: filesOf(record), required: false }
    case 'record-lost':
      return { change: allOf(record), required: false }
    case 'reset':
      return { change: allOf(record), required: true }
    case 'rollout-started':
      return { change: { attempted: record.attempted, attemptedHash: record.attemptedHash }, required: false }
    case 'verification-passed':
      return { change: verifiedOf(record), required: true }
    case 'rejected':
    case 'restored':
      return { change: { rejected: record.rejected }, required: true }
    case 'recovered':
      return before.record.rejected === null ? undefined : { change: { rejected: null }, required: true }
    default:
      return undefined
  }
}

const filesOf = ({ source, files, settings, onRoot }: WatchRecord): WatchRecordChange => ({
  source,
  files,
  settings,
  onRoot,
})

const verifiedOf = ({ verifiedHash, verifiedGeneration, attempted, verifiedAt }: WatchRecord): WatchRecordChange => ({
  verifiedHash,
  verifiedGeneration,
  attempted,
  verifiedAt,
})

function allOf({ stack: _, suspended: __, suspension: ___, ...change }: WatchRecord): WatchRecordChange {
  return change
}

/** True if the files of a stack have changed, or have become valid again. */
function hasNewFiles({ before, after }: Transition): boolean {
  const isRepaired = before.problems.length > 0 || before.undeclared
  const differs = stableJson(persisted(before.record)) !== stableJson(persisted(after.record))
  return isRepaired || differs || before.desired?.hash !== after.desired?.hash
}

const persisted = ({ files, settings, source, onRoot }: WatchRecord): readonly unknown[] => [
  files,
  settings,
  source,
  onRoot,
]
