import { describe, expect, it } from 'vitest'
import { LocalReader } from '../../src/host/local.ts'
import type { Diagnostic } from '../../src/model/errors.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { readContext } from '../../src/providers/contexts.ts'
import type { Resolved } from '../../src/providers/runtime.ts'
import { preflight, restartErrorsOf } from '../../src/reconciler/plan/preflight.ts'
import { planStep } from '../specs.ts'
import { desired, observed, type TestSpecs, testProviders } from './fixtures.ts'

const [lan, web, api] = ['s/network/lan', 's/container/web', 's/container/api'] as const
const problemAt = (address: ResourceAddress): Diagnostic => ({
  code: 'mount-source-missing',
  message: `${address} lacks one.`,
  address,
})
const { providers } = testProviders()
const finding = {
  ...providers,
  network: { ...providers.network, preflight: async () => [problemAt(lan)] },
  container: { ...providers.container, preflight: async () => [problemAt(web), problemAt(api)] },
}
const read = readContext(new LocalReader(), { instance: 'default', id: '0a1b2c3d', data: '/nowhere', run: '/nowhere' })

const specs = { [lan]: {}, [web]: {}, [api]: {} }
const resolvedOf = (wanted: TestSpecs): Resolved => ({
  desired: desired(wanted),
  leases: [],
  replacedLeases: [],
  removes: () => false,
  errors: [],
  warnings: [],
})
const state = { inventory: new Map(), leases: [], generation: 1, pending: [] }
const snapshot = { observations: observed({ [lan]: {}, [web]: {} }), state }

describe('problems that are found before a plan', () => {
  it('forbid it, except those of a container that exists', async () => {
    const { errors: forbidding, restartErrors: lacking } = await preflight(
      finding,
      read,
      resolvedOf(specs),
      snapshot,
      {},
    )
    expect(forbidding.map((one) => one.address)).toEqual([lan, api])
    expect(lacking.map((one) => one.address)).toEqual([web])
  })

  it('forbid it if a network finds them, also for a container that exists: a taken port', async () => {
    const taken: Diagnostic = { code: 'port-taken', message: `${web} cannot publish it.`, address: web }
    const found = { ...finding, network: { ...providers.network, preflight: async () => [taken] } }
    const { errors, restartErrors } = await preflight(found, read, resolvedOf(specs), snapshot, {})
    expect(errors).toEqual([taken, problemAt(api)])
    expect(restartErrors).toEqual([problemAt(web)])
  })

  it('forbid it for a container that gets a new process', () => {
    const plan = (action: 'update' | 'recreate') => ({
      formatVersion: 1 as const,
      steps: [planStep(web, action)],
      summary: { create: 0, update: 0, recreate: 0, delete: 0, keep: 0 },
      warnings: [],
    })
    expect(restartErrorsOf(providers, plan('update'), [problemAt(web)])).toEqual([])
    expect(restartErrorsOf(providers, plan('recreate'), [problemAt(web), problemAt(api)])).toEqual([problemAt(web)])
  })
})
