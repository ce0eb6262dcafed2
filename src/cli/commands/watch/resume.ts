import type { CommonOptions } from '../../terminal.ts'
import { onStacks } from './on-stacks.ts'

/** `heropods resume`: continues the reconciliation of stacks and retries rejected revisions. Raises `unknown-stack` (refused). */
export const resume = (stacks: readonly string[], options: CommonOptions): Promise<number> =>
  onStacks(stacks, options, async (store, { stack }) => {
    await store.suspend(stack, false)
    await store.updateRecord(stack, { rejected: null })
    await store.publish({
      type: 'stack.resumed',
      level: 'info',
      reason: 'Resumed',
      message: 'The stack is reconciled with its files again.',
      stack,
    })
    return 'resumed'
  })
