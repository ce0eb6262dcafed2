import type { NewEvent } from '../../model/event.ts'
import type { StackEvent, Transition } from '../stacks/stack-event.ts'
import { announcements } from './announce.ts'

/** How work on a stack ended. */
export type Outcome = 'changed' | 'healed' | 'restored' | 'pruned' | 'failed'

/** Publishes events for users. */
export interface EventPublisher {
  publish(event: NewEvent): void
}

/** Measures durations. */
export interface OutcomeMeter {
  measure(stack: string, outcome: Outcome, seconds: number): void
}

/** Turns transitions of stacks into events for users and into metrics. */
export class EventRecorder {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly meter: OutcomeMeter,
  ) {}

  record(transition: Transition): void {
    for (const event of announcements(transition)) this.publisher.publish(event)
    const { event, after } = transition
    const outcome = outcomes[event.type]
    if (outcome !== undefined && 'seconds' in event && event.seconds !== undefined)
      this.meter.measure(after.name, outcome, event.seconds)
  }
}

const outcomes: Readonly<Partial<Record<StackEvent['type'], Outcome>>> = {
  applied: 'changed',
  healed: 'healed',
  restored: 'restored',
  pruned: 'pruned',
  failed: 'failed',
  rejected: 'failed',
  'heal-failed': 'failed',
}
