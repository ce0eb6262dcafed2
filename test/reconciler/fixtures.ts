import { type Address, entriesOf, isAddress, type Kind } from '../../src/model/address.ts'
import type { Resource } from '../../src/model/desired.ts'
import type { SpecOf } from '../../src/model/kinds.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Plan, Step } from '../../src/model/plan.ts'
import type { Registry } from '../../src/providers/linux/registry.ts'
import { resolve } from '../../src/providers/linux/resolve.ts'
import type { Done, Item, Provider, RemovedItem } from '../../src/providers/provider.ts'
import { owned, resource } from '../specs.ts'

/** A spec of the tests: what it refers to, and a value whose change costs what its name says. It is kept in labels. */
export interface TestSpec {
  readonly needs?: readonly Address[]
  readonly live?: number
  readonly recreate?: number
  readonly replace?: number
  readonly networks?: readonly { network: Address; ipv4_address: string }[]
}

const classes = ['replace', 'recreate', 'live'] as const

/** Providers that only remember what they were asked for; `fail` names addresses whose steps fail. */
export function testRegistry(fail: readonly string[] = []): { registry: Registry; calls: string[][] } {
  const calls: string[][] = []
  const answer = (name: string, items: readonly { readonly address: Address }[], done: Done): void => {
    calls.push([name, ...items.map((item) => item.address)])
    for (const item of items) done(item.address, fail.includes(item.address) ? { error: new Error('it broke') } : {})
  }
  const provider = <K extends Kind>(kind: K): Provider<K> => ({
    kind,
    observe: async () => new Map(),
    references,
    diff: (desired, { spec }) => {
      const changes = classes
        .filter((name) => desired.labels[name] !== spec?.labels[name])
        .map((name) => ({ path: `/${name}`, before: spec?.labels[name], after: desired.labels[name], class: name }))
      const worst = changes[0]?.class
      return worst === undefined ? { action: 'keep' } : { action: worst === 'live' ? 'update' : worst, changes }
    },
    create: async (_write, items: readonly Item<K>[], done) => answer('create', items, done),
    update: async (_write, items: readonly Item<K>[], done) => answer('update', items, done),
    recreate: async (_write, items: readonly Item<K>[], done) => answer('recreate', items, done),
    remove: async (_write, items: readonly RemovedItem<K>[], _options, done) => answer('remove', items, done),
  })
  const providers = {
    network: provider('network'),
    image: provider('image'),
    volume: provider('volume'),
    container: provider('container'),
  }
  return { registry: { providers, resolve: resolve, maintain: async () => undefined }, calls }
}

const references = (spec: SpecOf): readonly Address[] => [
  ...(spec.labels.needs ?? '').split(' ').filter(isAddress),
  ...('networks' in spec ? spec.networks.map((one) => one.network) : []),
]

const resourceOf = (at: Address, { needs = [], networks = [], ...costs }: TestSpec): Resource =>
  resource(
    at,
    {
      needs: needs.join(' '),
      ...Object.fromEntries(Object.entries(costs).map(([name, value]) => [name, String(value)])),
    },
    { networks: networks.map((one) => ({ ...one, aliases: [], static: false, mac: '' })) },
  )

export type TestSpecs = Readonly<Record<Address, TestSpec>>

export const wanted = (specs: TestSpecs): ReadonlyMap<Address, Resource> =>
  new Map(entriesOf(specs).map(([at, spec]) => [at, resourceOf(at, spec)]))

export const observed = (specs: TestSpecs): ReadonlyMap<Address, Observation> =>
  new Map(entriesOf(specs).map(([at, spec]) => [at, owned(resourceOf(at, spec))]))

/** A plan as one line a step: action, address, reason and what it waits for. */
export const lines = (plan: Plan): string[] =>
  plan.steps.map(
    (step: Step) =>
      `${step.action} ${step.address} (${step.reason})${step.after.length ? ` after ${step.after.join(' ')}` : ''}`,
  )
