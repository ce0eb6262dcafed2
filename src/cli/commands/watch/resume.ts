import type { WatchRecord } from '../../../state/watch-store.ts'
import type { CommonOptions } from '../../terminal.ts'
import { onStacks } from './on-stacks.ts'

/** `heropods resume`: continues the reconciliation of stacks and retries rejected revisions. Raises `unknown-stack` (refused). */
export const resume = (stacks: readonly string[], options: CommonOptions): Promise<number> =>
  onStacks(stacks, options, async (store, record, by) => {
    const { stack, suspended, rejected, settings } = record
    if (suspended) await store.suspend(stack, false)
    if (rejected !== null) await store.updateRecord(stack, { rejected: null })
    if ((suspended || rejected !== null) && settings.suspend !== true)
      await store.publish({
        type: 'stack.resumed',
        level: 'info',
        reason: 'Resumed',
        message: 'The stack is reconciled with its files again.',
        stack,
        by,
      })
    return resumeResult(record)
  })

/** The result of `resume` for a stack with this record, as the end of a sentence. Pure. */
export function resumeResult({
  suspended,
  rejected,
  settings,
}: Pick<WatchRecord, 'suspended' | 'rejected' | 'settings'>): string {
  if (settings.suspend === true) return 'is suspended by its file: remove `suspend: true` there'
  if (suspended) return 'resumed'
  if (rejected === null) return 'was not suspended'
  return rejected.reason === 'RolledBack'
    ? 'was not suspended; the rollback ends, and watch applies its files again'
    : 'was not suspended; its change that failed is tried again'
}
