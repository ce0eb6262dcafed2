import { expect, it } from 'vitest'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { failedCreations } from '../../src/reconciler/plan/failed-creations.ts'
import { generationOf, owned, resource } from '../specs.ts'

const web: ResourceAddress = 's/container/web'
const made = resource(web, {}, {})
const message = `${web} exited with code 1 right after its start:\n  | no database`
const generations = async () => [generationOf(3, { failures: [{ code: 'container-exited', message, address: web }] })]

const failures = (state: { readonly recorded?: boolean; readonly inventoryUnknown?: true }) =>
  failedCreations({ generations }, new Map([[web, made]]), {
    observations: new Map([[web, owned(made)]]),
    state: {
      inventory: new Map(state.recorded ? [[web, { address: web, specHash: '', generation: 3 }]] : []),
      leases: [],
      generation: 3,
      pending: [],
      ...(state.inventoryUnknown && { inventoryUnknown: true }),
    },
  })

it('a container that exists and was never recorded has the reason why its creation failed, without its output', async () => {
  expect([...(await failures({}))]).toEqual([[web, 'generation 3: exited with code 1 right after its start']])
})

it('a recorded container has none, and without records nothing is known', async () => {
  expect((await failures({ recorded: true })).size).toBe(0)
  expect((await failures({ inventoryUnknown: true })).size).toBe(0)
})
