import { expect, it } from 'vitest'
import type { ContainerSpec } from '../../src/model/kinds/container.ts'
import { type GateContainer, healthGate } from '../../src/providers/linux/container/health/gate.ts'
import { containerSpec } from '../specs.ts'

type Policy = ContainerSpec['restart']
const one = (
  actual: Partial<GateContainer['actual']>,
  restart: Policy = { policy: 'no', max_retries: 0 },
): GateContainer => ({
  spec: containerSpec({ restart }),
  actual: { state: 'running', restarts: 0, ...actual },
})

const cases: readonly (readonly [what: string, container: GateContainer | undefined, verdict: string])[] = [
  ['running without a check', one({}), 'well'],
  ['healthy', one({ health: 'healthy' }), 'well'],
  ['completed', one({ state: 'completed', exitCode: 0 }), 'well'],
  ['held open', one({ state: 'held' }), 'well'],
  ['not yet healthy', one({ health: 'starting' }), 'pending'],
  ['about to be restarted', one({ state: 'restarting' }), 'pending'],
  ['paused', one({ state: 'paused' }), 'pending'],
  [
    'exited, before its restart policy answers',
    one({ state: 'exited', exitCode: 1 }, { policy: 'always', max_retries: 0 }),
    'pending',
  ],
  ['exited for good', one({ state: 'exited', exitCode: 1 }), 'failed'],
  [
    'exited after its last retry',
    one({ state: 'exited', exitCode: 1, restarts: 2 }, { policy: 'on-failure', max_retries: 2 }),
    'failed',
  ],
  ['unhealthy', one({ health: 'unhealthy' }), 'failed'],
  ['stopped', one({ state: 'stopped' }), 'failed'],
  ['not running', one({ state: 'absent' }), 'failed'],
  ['about to start', one({ state: 'created' }), 'pending'],
  ['whose record is lost', { spec: undefined, actual: { state: 'running', restarts: 0 } }, 'failed'],
  ['not there', undefined, 'failed'],
]

for (const [what, container, verdict] of cases)
  it(`${what}: ${verdict}`, () => {
    const { pending, failed } = healthGate(new Map([['s/container/a', container]]))
    expect([pending.length, failed.length]).toEqual({ well: [0, 0], pending: [1, 0], failed: [0, 1] }[verdict])
  })

it.each<readonly [why: string, container: GateContainer | undefined]>([
  ['is not there', undefined],
  ['is not running', one({ state: 'absent' })],
  ['is starting', one({ state: 'restarting' })],
  ['is not healthy yet', one({ health: 'starting' })],
  ['is unhealthy', one({ health: 'unhealthy' })],
  ['is paused', one({ state: 'paused' })],
  ['was stopped', one({ state: 'stopped' })],
  ['has exited with code 137', one({ state: 'exited', exitCode: 137 })],
  ['has exited', one({ state: 'exited' })],
])('one that is not well is named, and it is said that it %s', (why, container) => {
  const { pending, failed } = healthGate(new Map([['s/container/a', container]]))
  expect([...pending, ...failed]).toEqual([{ container: 's/container/a', why }])
})

it('each container is judged by itself', () => {
  const gate = healthGate(
    new Map([
      ['s/container/a', one({ health: 'healthy' })],
      ['s/container/b', one({ health: 'starting' })],
      ['s/container/c', undefined],
    ]),
  )
  expect(gate.pending.map(({ container }) => container)).toEqual(['s/container/b'])
  expect(gate.failed.map(({ container }) => container)).toEqual(['s/container/c'])
})
