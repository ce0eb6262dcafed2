import { expect, it } from 'vitest'
import type { StepId, StepOutcome } from '../../src/model/plan.ts'
import { networksWithoutUnstarted } from '../../src/reconciler/close-ports.ts'
import { networkSpec, owned, planStep } from '../specs.ts'

const lan = 's/network/lan'
const member = (name: string, ip: string, published?: number) => ({
  container: `s/container/${name}` as const,
  ip,
  mac: '',
  names: [name],
  ports: published ? [{ host_ip: '127.0.0.1', published, target: 80, protocol: 'tcp' as const }] : [],
})
const spec = networkSpec({ members: [member('edge', '10.66.0.2', 8081), member('web', '10.66.0.3', 8082)] })
const network = { kind: 'network', address: lan, spec } as const
const steps = [planStep('s/container/edge', 'create'), planStep('s/container/web', 'create')]
const skipped: StepOutcome = { status: 'skipped', because: 's/container/db:create' }

const ports = (outcomes: Readonly<Record<StepId, StepOutcome>>, more: Parameters<typeof run>[1] = {}) =>
  [...networksWithoutUnstarted(run(outcomes, more)).values()].flatMap(({ members }) =>
    members.flatMap((one) => one.ports.map(({ published }) => published)),
  )
const run = (
  outcomes: Readonly<Record<StepId, StepOutcome>>,
  { isNew = false }: { readonly isNew?: boolean } = {},
) => ({
  steps: isNew ? [planStep(lan, 'create'), ...steps] : steps,
  outcomes: new Map(Object.entries(outcomes) as [StepId, StepOutcome][]),
  desired: new Map([[lan, network] as const]),
  observed: new Map(isNew ? [] : [[lan, owned(network)] as const]),
})

it('a network loses the ports of containers that were not started, and no others', () => {
  expect(ports({ 's/container/edge:create': skipped, 's/container/web:create': { status: 'done' } })).toEqual([8082])
  expect(ports({ 's/container/edge:create': { status: 'cancelled' }, 's/container/web:create': skipped })).toEqual([])
})

it('a network is not written if all its containers have been started, or failed after their start', () => {
  const failed: StepOutcome = { status: 'failed', error: { code: 'container-exited', message: 'No.' } }
  const outcomes = { 's/container/edge:create': failed, 's/container/web:create': { status: 'done' } } as const
  expect(networksWithoutUnstarted(run(outcomes)).size).toBe(0)
})

it('a network that the run could not make is not written', () => {
  const outcomes = { [`${lan}:create`]: skipped, 's/container/edge:create': skipped }
  expect(networksWithoutUnstarted(run(outcomes, { isNew: true })).size).toBe(0)
  expect(
    networksWithoutUnstarted(run({ ...outcomes, [`${lan}:create`]: { status: 'done' } }, { isNew: true })).size,
  ).toBe(1)
})
