import { expect, it } from 'vitest'
import { bootOutlook } from '../../src/cli/commands/boot/status.ts'
import type { Resource } from '../../src/model/desired.ts'
import type { ContainerSpec, RunState } from '../../src/model/kinds/container.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ApplyStep, Step } from '../../src/model/plan.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { withoutFaulty } from '../../src/reconciler/boot.ts'
import { bootSteps } from '../../src/reconciler/plan/boot-steps.ts'
import { containerSpec, networkSpec, ownedContainer } from '../specs.ts'

type Policy = ContainerSpec['restart']['policy']
const policies: readonly Policy[] = ['no', 'on-failure', 'unless-stopped', 'always']
const withPolicy = (policy: Policy): ContainerSpec => containerSpec({ restart: { policy, max_retries: 0 } })

const startOf = (name: string, policy: Policy, after: Step['after'] = []): ApplyStep<'container'> => ({
  id: `s/container/${name}:recreate`,
  address: `s/container/${name}`,
  kind: 'container',
  action: 'recreate',
  class: 'recreate',
  reason: 'it is not running',
  changes: [],
  destructive: false,
  after,
  spec: withPolicy(policy),
})

const seen = (states: Readonly<Record<string, RunState>>): ReadonlyMap<ResourceAddress, Observation> =>
  new Map(
    Object.entries(states).map(([name, state]) => [
      `s/container/${name}` as const,
      ownedContainer(containerSpec(), { state }),
    ]),
  )

it.each([
  ['absent', [false, true, true, true]],
  ['exited', [false, true, true, true]],
  ['stopped', [false, false, false, false]],
  ['completed', [false, false, false, false]],
] as const)('a boot starts %s containers as their policies require', (state, expected) => {
  const started = policies.map((policy) => bootSteps([startOf('a', policy)], seen({ a: state })).steps.length === 1)
  expect(started).toEqual(expected)
})

it('the outlook says that a container with always starts although it is stopped now', () => {
  const outlook = (state: RunState) => policies.map((policy) => bootOutlook(withPolicy(policy), state).starts)
  expect(outlook('running')).toEqual([false, true, true, true])
  expect(outlook('stopped')).toEqual([false, false, false, true])
  expect(outlook('completed')).toEqual([false, false, false, false])
})

it('a container that stays down as intended holds up no other one', () => {
  const steps = [startOf('db', 'no'), startOf('web', 'always', ['s/container/db:recreate'])]
  const plan = bootSteps(steps, seen({ db: 'absent', web: 'absent' }))
  expect(plan.steps.map(({ id, after }) => [id, after])).toEqual([['s/container/web:recreate', []]])
  expect(plan.left).toEqual([
    {
      address: 's/container/db',
      why: 'does not start at boot: its restart policy is "no"',
      isIntended: true,
    },
  ])
})

it('start takes only the chosen containers, whatever their policies', () => {
  const steps = [startOf('db', 'no'), startOf('web', 'always')]
  const plan = bootSteps(steps, seen({ db: 'stopped', web: 'absent' }), ['s/container/db'])
  expect(plan.steps.map(({ address }) => address)).toEqual(['s/container/db'])
})

it('a boot ends no process and removes nothing, and leaves what would need that', () => {
  const removal: Step = {
    ...startOf('old', 'always'),
    id: 's/network/lan:delete',
    address: 's/network/lan',
    kind: 'network',
    action: 'delete',
    reason: 'replaced: subnet changed',
    spec: undefined,
  }
  const steps = [removal, startOf('web', 'always', [removal.id]), startOf('db', 'always')]
  const { steps: kept, left } = bootSteps(steps, seen({ web: 'absent', db: 'running' }))
  expect(kept).toEqual([])
  expect(left.map(({ address, why, isIntended }) => [address, why, isIntended])).toEqual([
    ['s/network/lan', 'would have to be removed: replaced: subnet changed', false],
    ['s/container/web', 'needs s/network/lan, which would have to be removed: replaced: subnet changed', false],
    ['s/container/db', 'runs and would have to be restarted: it is not running', false],
  ])
})

it('an update of a running container is applied', () => {
  const update: Step = { ...startOf('web', 'no'), id: 's/container/web:update', action: 'update' }
  expect(bootSteps([update], seen({ web: 'running' }))).toEqual({ steps: [update], left: [] })
})

it('what cannot be planned is left out: a container alone, another object with its stack', () => {
  const container = (address: ResourceAddress, network: ResourceAddress): Resource => ({
    kind: 'container',
    address,
    spec: containerSpec({ networks: [{ network, aliases: [], ipv4_address: '', static: false, mac: '' }] }),
  })
  const network = (address: ResourceAddress): Resource => ({ kind: 'network', address, spec: networkSpec() })
  const all = new Map(
    [
      network('default/network/heropods0'),
      container('a/container/one', 'default/network/heropods0'),
      container('a/container/two', 'a/network/lan'),
      network('a/network/lan'),
      container('b/container/three', 'default/network/heropods0'),
    ].map((one) => [one.address, one]),
  )
  const without = (address: ResourceAddress) => [
    ...withoutFaulty(all, [{ code: 'port-taken', message: '', address }]).keys(),
  ]
  expect(without('a/container/one')).not.toContain('a/container/one')
  expect(without('a/container/one')).toHaveLength(4)
  expect(without('a/network/lan')).toEqual(['default/network/heropods0', 'b/container/three'])
  expect(without('default/network/heropods0')).toEqual(['a/container/two', 'a/network/lan'])
  expect(withoutFaulty(all, [{ code: 'port-taken', message: '' }]).size).toBe(all.size)
})
