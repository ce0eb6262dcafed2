import { expect, it } from 'vitest'
import type { InstanceEvent } from '../../src/model/event.ts'
import { handleEvent } from '../../src/watch/events/triggers.ts'
import type { StackEvent } from '../../src/watch/stacks/stack-event.ts'
import { appliedStack } from './builders.ts'

const states = [
  appliedStack('shop', { retry: { failures: 2, until: 9000 } }),
  appliedStack('mail', { retry: { failures: 1, until: 8000 } }),
  appliedStack('calm'),
]

const answer = (event: Partial<InstanceEvent>) => {
  const done: string[] = []
  const dispatch = async (stack: string, { type }: StackEvent) => void done.push(`${stack} ${type}`)
  const complete = {
    id: '1',
    time: '',
    type: 'apply.finished',
    level: 'info',
    reason: 'ApplyDone',
    message: '',
    ...event,
  }
  handleEvent(complete as InstanceEvent, { all: () => states, dispatch }, () => done.push('reconcile'))
  return done
}

it.each<readonly [what: string, event: Partial<InstanceEvent>, expected: readonly string[]]>([
  ['an apply of one stack', { stack: 'shop' }, ['shop retry-requested', 'reconcile']],
  ['an apply of several stacks', {}, ['shop retry-requested', 'mail retry-requested', 'reconcile']],
  ['an apply of a stack that does not wait', { stack: 'calm' }, ['reconcile']],
  ['an apply that failed', { stack: 'shop', reason: 'ApplyFailed' }, ['reconcile']],
  ['a resume', { type: 'stack.resumed', reason: 'Resumed', stack: 'mail' }, ['mail retry-requested', 'reconcile']],
  ['a suspension', { type: 'stack.suspended', reason: 'Suspended', stack: 'shop' }, ['reconcile']],
  ['another event', { type: 'container.started', reason: 'Started', stack: 'shop' }, []],
])('%s', (_, event, expected) => expect(answer(event)).toEqual(expected))
