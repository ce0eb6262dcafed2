import type { EventType, HostEvent } from '../../model/event.ts'
import type { Stacks } from '../stacks/stacks.ts'

const triggers: ReadonlySet<EventType> = new Set(['stack.suspended', 'stack.resumed', 'apply.finished'])

/** Answers an event of another command: its stacks need not wait for their next try, and a reconcile begins at once. */
export function answerEvent(event: HostEvent, stacks: Pick<Stacks, 'all' | 'dispatch'>, reconcile: () => void): void {
  const { type, reason, stack } = event
  if (!triggers.has(type)) return
  if (type === 'stack.resumed' || reason === 'ApplyDone')
    for (const { name, retry } of stacks.all())
      if (retry.until > 0 && (stack === undefined || stack === name))
        void stacks.dispatch(name, { type: 'retry-requested' })
  reconcile()
}
