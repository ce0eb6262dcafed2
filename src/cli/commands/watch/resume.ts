import type { WatchStatus } from '../../../model/status.ts'
import type { WatchRecord } from '../../../state/watch-store.ts'
import type { CommonOptions } from '../../terminal.ts'
import { onStacks } from './on-stacks.ts'

/** `heropods resume`: continues the reconciliation of stacks and retries rejected revisions. Raises `unknown-stack` (refused). */
export const resume = (stacks: readonly string[], options: CommonOptions): Promise<number> =>
  onStacks(stacks, options, async (store, record, by) => {
    const { stack, suspended, rejected, settings } = record
    if (suspended) await store.suspend(stack, false)
    if (rejected !== null) await store.updateRecord(stack, { rejected: null })
    const waits = isWaiting(stack, await store.status().catch(() => undefined), new Date())
    if ((suspended || rejected !== null || waits) && settings.suspend !== true)
      await store.publish({
        type: 'stack.resumed',
        level: 'info',
        reason: 'Resumed',
        message: 'The stack is reconciled with its files again.',
        stack,
        by,
      })
    return resumeResult(record, waits)
  })

/** A watch with an older heartbeat is not alive. Milliseconds. */
const oldestHeartbeatMs = 30_000

/** True if a running watch waits for its next attempt at a stack. Pure. */
export const isWaiting = (stack: string, status: WatchStatus | undefined, now: Date): boolean =>
  status !== undefined &&
  now.getTime() - Date.parse(status.heartbeat) < oldestHeartbeatMs &&
  Date.parse(status.stacks.find((one) => one.stack === stack)?.nextTry ?? '') > now.getTime()

/** The result of `resume` for a stack with this record, as the end of a sentence. Pure. */
export function resumeResult(
  { suspended, rejected, settings }: Pick<WatchRecord, 'suspended' | 'rejected' | 'settings'>,
  waits = false,
): string {
  if (settings.suspend === true) return 'is suspended by its file: remove `suspend: true` there'
  if (suspended) return 'resumed'
  if (rejected === null) return waits ? 'was not suspended; its next attempt begins now' : 'was not suspended'
  return rejected.reason === 'RolledBack'
    ? 'was not suspended; the rollback ends, and watch applies its files again'
    : 'was not suspended; its change that failed is tried again'
}
