import type { EventType, InstanceEvent } from '../../model/event.ts'
import type { Stacks } from '../stacks/stacks.ts'

const triggers: ReadonlySet<EventType> = new Set(['stack.suspended', 'stack.resumed', 'apply.finished'])

/** Begins a reconcile after an event of another command that needs it. Stacks that a user has applied or resumed do not wait for their next try. */
export function handleEvent(
  event: InstanceEvent,
  stacks: Pick<Stacks, 'all' | 'dispatch'>,
  reconcile: () => void,
): void {
  const { type, reason, stack } = event
  if (!triggers.has(type)) return
  if (type === 'stack.resumed' || reason === 'ApplyDone')
    for (const { name, retry } of stacks.all())
      if (retry.until > 0 && (stack === undefined || stack === name))
        void stacks.dispatch(name, { type: 'retry-requested' })
  reconcile()
}
