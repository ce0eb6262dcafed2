import { describe, expect, it } from 'vitest'
import type { ContainerSpec } from '../../../src/model/kinds/container.ts'
import {
  type ObservedContainer,
  type Readiness,
  type RunHistory,
  readinessOf,
  willContinue,
} from '../../../src/model/kinds/readiness.ts'
import { containerSpec } from '../../specs.ts'

type Observed = Exclude<ObservedContainer, undefined>
type Actual = Partial<Observed['actual']>
type Restart = ContainerSpec['restart']['policy']

const observed = (actual: Actual, policy: Restart = 'no', max_retries = 0, keep_alive = false): Observed => ({
  spec: containerSpec({ restart: { policy, max_retries }, keep_alive }),
  actual: { state: 'running', restarts: 0, ...actual },
})
const shown = (readiness: Readiness): string =>
  readiness.state === 'ready' ? 'ready' : `${readiness.state} ${readiness.reason}: ${readiness.text}`

describe('readiness of one observation', () => {
  it.each<readonly [container: ObservedContainer, answer: string]>([
    [observed({}), 'ready'],
    [observed({ health: 'healthy' }), 'ready'],
    [observed({ state: 'completed', exitCode: 0 }), 'ready'],
    [observed({ state: 'held' }), 'ready'],
    [observed({ health: 'starting' }), 'pending checking: is not healthy yet'],
    [observed({ health: 'unhealthy' }), 'failed unhealthy: is unhealthy'],
    [observed({ state: 'created' }), 'pending starting: is starting'],
    [observed({ state: 'restarting', restarts: 2 }), 'pending starting: is starting'],
    [observed({ state: 'restarting', restarts: 3 }), 'pending crash-loop: was started 4 times and does not stay up'],
    [observed({ state: 'paused' }), 'pending paused: is paused'],
    [observed({ state: 'exited', exitCode: 137 }), 'failed exited: has exited with code 137'],
    [observed({ state: 'exited' }), 'failed exited: has exited'],
    [observed({ state: 'exited', exitCode: 1 }, 'always'), 'pending exited: has exited with code 1'],
    [
      observed({ state: 'exited', exitCode: 1, restarts: 1 }, 'on-failure', 2),
      'pending exited: has exited with code 1',
    ],
    [observed({ state: 'exited', exitCode: 1, restarts: 2 }, 'on-failure', 2), 'failed exited: has exited with code 1'],
    [observed({ state: 'exited', exitCode: 0 }, 'no', 0, true), 'pending exited: has exited with code 0'],
    [observed({ state: 'stopped' }), 'failed stopped: was stopped'],
    [observed({ state: 'absent' }), 'failed not-running: is not running'],
    [{ ...observed({}), spec: undefined }, 'failed missing: does not exist'],
    [undefined, 'failed missing: does not exist'],
  ])('%j: %s', (container, answer) => expect(shown(readinessOf(container))).toBe(answer))
})

it('a created container is starting, and a paused one is paused', () => {
  expect(shown(readinessOf(observed({ state: 'created' })))).toBe('pending starting: is starting')
  expect(shown(readinessOf(observed({ state: 'paused' })))).toBe('pending paused: is paused')
})

describe('readiness with the history of a run', () => {
  const history = (fields: Partial<RunHistory>): RunHistory => ({ starts: 1, upForMs: 0, minUpMs: 0, ...fields })
  it.each<readonly [container: ObservedContainer, history: RunHistory, answer: string]>([
    [observed({}), history({ upForMs: 499, minUpMs: 500 }), 'pending just-started: has just started'],
    [observed({}), history({ upForMs: 500, minUpMs: 500 }), 'ready'],
    [observed({ health: 'healthy' }), history({ upForMs: 0, minUpMs: 500 }), 'ready'],
    [observed({ state: 'completed' }), history({ upForMs: 0, minUpMs: 500 }), 'ready'],
    [observed({}), history({ starts: 3 }), 'ready'],
    [
      observed({ state: 'restarting', restarts: 3, exitCode: 4 }),
      history({ starts: 4 }),
      'failed crash-loop: was started 4 times and does not stay up: it exited with code 4',
    ],
    [
      observed({ state: 'restarting', restarts: 3, exitCode: 137, outOfMemory: true }),
      history({ starts: 4 }),
      'failed crash-loop: was started 4 times and does not stay up: it exited with code 137 (out of memory)',
    ],
    [observed({}), history({ starts: 4 }), 'failed crash-loop: was started 4 times and does not stay up'],
    [
      observed({ state: 'restarting' }),
      history({ starts: 5 }),
      'failed crash-loop: was started 5 times and does not stay up',
    ],
  ])('%j, %j: %s', (container, run, answer) => expect(shown(readinessOf(container, run))).toBe(answer))
})

it.each<readonly [policy: Restart, keepAlive: boolean, code: number | undefined, continues: boolean]>([
  ['no', false, 0, false],
  ['no', false, 1, false],
  ['no', true, 0, true],
  ['no', true, 1, false],
  ['on-failure', false, 0, false],
  ['on-failure', false, undefined, true],
  ['always', false, 0, true],
  ['unless-stopped', false, 1, true],
])('restart %s, keep_alive %s, exit code %s: something continues it: %s', (policy, keep_alive, code, continues) =>
  expect(willContinue({ restart: { policy, max_retries: 0 }, keep_alive }, code, 0)).toBe(continues),
)
