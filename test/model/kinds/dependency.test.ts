import { expect, it } from 'vitest'
import { type DependencyCondition, dependencyState } from '../../../src/model/kinds/dependency.ts'
import type { ObservedContainer } from '../../../src/model/kinds/readiness.ts'
import { containerSpec } from '../../specs.ts'

type Observed = Exclude<ObservedContainer, undefined>
type Spec = Partial<Pick<ReturnType<typeof containerSpec>, 'restart' | 'keep_alive'>>

const is = (actual: Partial<Observed['actual']>, spec: Spec = {}): Observed => ({
  spec: containerSpec(spec),
  actual: { state: 'running', restarts: 0, ...actual },
})
const always: Spec = { restart: { policy: 'always', max_retries: 0 } }
const twice: Spec = { restart: { policy: 'on-failure', max_retries: 2 } }
const held: Spec = { keep_alive: true }

it.each<readonly [condition: DependencyCondition, container: ObservedContainer, answer: string]>([
  ['service_started', undefined, 'fulfilled'],
  ['service_started', is({ state: 'exited', exitCode: 1 }), 'fulfilled'],

  ['service_healthy', is({ health: 'healthy' }), 'fulfilled'],
  ['service_healthy', is({ health: 'starting' }), 'pending: is not healthy yet'],
  ['service_healthy', is({ health: 'unhealthy' }), 'failed: is unhealthy'],
  ['service_healthy', is({}), 'failed: has no health check'],
  ['service_healthy', is({ state: 'paused' }), 'pending: is paused'],
  ['service_healthy', is({ state: 'restarting' }), 'pending: is starting'],
  ['service_healthy', is({ state: 'completed', exitCode: 0 }), 'failed: is completed'],
  ['service_healthy', is({ state: 'held' }, held), 'failed: is held'],
  ['service_healthy', is({ state: 'stopped' }), 'failed: was stopped'],
  ['service_healthy', { ...is({ health: 'healthy' }), spec: undefined }, 'failed: does not exist'],
  ['service_healthy', undefined, 'failed: does not exist'],

  ['service_completed_successfully', is({}), 'pending: has not ended yet'],
  ['service_completed_successfully', is({ state: 'paused' }), 'pending: has not ended yet'],
  ['service_completed_successfully', is({ state: 'created' }), 'pending: has not ended yet'],
  ['service_completed_successfully', is({ state: 'completed', exitCode: 0 }), 'fulfilled'],
  ['service_completed_successfully', is({ state: 'held' }, held), 'fulfilled'],
  ['service_completed_successfully', is({ state: 'exited', exitCode: 0 }, held), 'fulfilled'],
  ['service_completed_successfully', is({ state: 'exited', exitCode: 0 }, always), 'fulfilled'],
  ['service_completed_successfully', is({ state: 'restarting', exitCode: 0 }, always), 'fulfilled'],
  ['service_completed_successfully', is({ state: 'stopped', exitCode: 0 }), 'fulfilled'],
  ['service_completed_successfully', is({ state: 'exited', exitCode: 3 }), 'failed: ended with code 3'],
  ['service_completed_successfully', is({ state: 'stopped', exitCode: 143 }, always), 'failed: ended with code 143'],
  ['service_completed_successfully', is({ state: 'exited', exitCode: 3 }, twice), 'pending: ended with code 3'],
  ['service_completed_successfully', is({ state: 'restarting', exitCode: 3 }, twice), 'pending: ended with code 3'],
  [
    'service_completed_successfully',
    is({ state: 'exited', exitCode: 3, restarts: 2 }, twice),
    'failed: ended with code 3',
  ],
  ['service_completed_successfully', is({ state: 'exited' }), 'failed: ended with no exit code'],
  ['service_completed_successfully', is({ state: 'absent' }), 'failed: ended with no exit code'],
  ['service_completed_successfully', undefined, 'failed: does not exist'],
])('%s, %j: %s', (condition, container, answer) => {
  const dependency = dependencyState(condition, container)
  expect(dependency.state === 'fulfilled' ? 'fulfilled' : `${dependency.state}: ${dependency.text}`).toBe(answer)
})
