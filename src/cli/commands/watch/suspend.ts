import type { CommonOptions } from '../../terminal.ts'
import { onStacks } from './on-stacks.ts'

const maxReasonCharacters = 500

export interface SuspendOptions extends CommonOptions {
  readonly reason?: string
}

/**
 * `heropods suspend`: pauses the reconciliation of stacks by `watch` until `resume`. The status has the user and the reason. Raises
 * `unknown-stack` (refused).
 */
export const suspend = (stacks: readonly string[], options: SuspendOptions): Promise<number> =>
  onStacks(stacks, options, async (store, { stack }, by) => {
    const reason = options.reason?.trim().slice(0, maxReasonCharacters) || undefined
    await store.suspend(stack, true, { by, ...(reason !== undefined && { reason }) })
    await store.publish({
      type: 'stack.suspended',
      level: 'info',
      reason: 'Suspended',
      message: `Reconciliation is suspended${reason === undefined ? '' : ` ("${reason.replace(/\.$/, '')}")`}.`,
      stack,
      by,
    })
    return 'suspended'
  })
