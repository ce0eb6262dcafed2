import type { CommonOptions } from '../../terminal.ts'
import { onStacks } from './on-stacks.ts'

/** `heropods suspend`: pauses the reconciliation of stacks by `watch` until `resume`. Raises `unknown-stack` (refused). */
export const suspend = (stacks: readonly string[], options: CommonOptions): Promise<number> =>
  onStacks(stacks, options, async (store, { stack }, by) => {
    await store.suspend(stack, true)
    await store.publish({
      type: 'stack.suspended',
      level: 'info',
      reason: 'Suspended',
      message: 'Reconciliation is paused.',
      stack,
      by,
    })
    return 'suspended'
  })
