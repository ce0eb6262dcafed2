import { stableJson } from '../../model/values/stable-json.ts'
import type { WatchRecord, WatchRecordChange } from '../../state/watch-store.ts'
import type { Transition } from './stack-event.ts'

/** A write to the records after an event. */
export interface MemoryWrite {
  readonly change: WatchRecordChange
  /**
   * The reconcile must not go on without it: after a kill, `watch` would decide otherwise. Other writes are repeated by a later
   * reconcile.
   */
  readonly required: boolean
}

/** The write of an event; undefined: it changes nothing persisted. Pure. */
export function memoryWrite(transition: Transition): MemoryWrite | undefined {
  const { before, event, after } = transition
  const { memory } = after
  switch (event.type) {
    case 'files-read':
      return isNews(transition) ? { change: filesOf(memory), required: false } : undefined
    case 'files-missing':
      return { change: filesOf(memory), required: false }
    case 'memory-lost':
      return { change: allOf(memory), required: false }
    case 'forgotten':
      return { change: allOf(memory), required: true }
    case 'rollout-started':
      return { change: { attempted: memory.attempted, attemptedHash: memory.attemptedHash }, required: false }
    case 'verification-passed':
      return { change: verifiedOf(memory), required: true }
    case 'rejected':
    case 'restored':
      return { change: { rejected: memory.rejected }, required: true }
    case 'recovered':
      return before.memory.rejected === null ? undefined : { change: { rejected: null }, required: true }
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

const verifiedOf = ({ appliedHash, applied, attempted, appliedAt }: WatchRecord): WatchRecordChange => ({
  appliedHash,
  applied,
  attempted,
  appliedAt,
})

function allOf({ stack: _, suspended: __, ...change }: WatchRecord): WatchRecordChange {
  return change
}

/** True if the files of a stack have changed, or have become valid again. */
function isNews({ before, after }: Transition): boolean {
  const isRepaired = before.problems.length > 0 || before.undeclared
  const differs = stableJson(persisted(before.memory)) !== stableJson(persisted(after.memory))
  return isRepaired || differs || before.desired?.hash !== after.desired?.hash
}

const persisted = ({ files, settings, source }: WatchRecord): readonly unknown[] => [files, settings, source]
