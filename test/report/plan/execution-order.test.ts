import { expect, it } from 'vitest'
import type { Step, StepId } from '../../../src/model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../src/model/resource-address.ts'
import { inExecutionOrder } from '../../../src/report/plan/execution-order.ts'

const step = (address: ResourceAddress, ...after: StepId[]): Step => ({
  id: `${address}:delete`,
  address,
  kind: parseResourceAddress(address).kind,
  action: 'delete',
  spec: undefined,
  class: null,
  reason: '',
  changes: [],
  destructive: false,
  after,
})

it('lists steps by the time at which they can start, then by kind', () => {
  const steps = [
    step('s/image/i'),
    step('s/container/alone', 's/image/i:delete'),
    step('s/volume/v', 's/image/i:delete'),
    step('s/container/web', 's/image/i:delete', 's/volume/v:delete'),
    step('s/network/n', 's/image/i:delete'),
    step('s/container/last', 's/container/web:delete'),
  ]
  expect(inExecutionOrder(steps).map(({ address }) => address)).toEqual([
    's/image/i',
    's/network/n',
    's/volume/v',
    's/container/alone',
    's/container/web',
    's/container/last',
  ])
})

it('leaves steps that wait for nothing in their order', () => {
  const steps = [step('s/container/b'), step('s/container/a', 's/container/absent:delete')]
  expect(inExecutionOrder(steps)).toEqual(steps)
})
