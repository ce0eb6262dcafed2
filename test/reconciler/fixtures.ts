import { type Address, type Kind, kinds, parseAddress } from '../../src/model/address.ts'
import type { Resource } from '../../src/model/desired.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Plan, Step } from '../../src/model/plan.ts'
import type { Item, Provider } from '../../src/providers/provider.ts'
import type { Registry } from '../../src/providers/registry.ts'

/** A spec of the tests: what it refers to, and a value whose change costs what its name says. */
export interface TestSpec {
  readonly needs?: readonly string[]
  readonly live?: number
  readonly recreate?: number
  readonly replace?: number
  readonly networks?: readonly { network: string; ipv4_address: string }[]
  readonly network_mode?: string
}

const classes = ['replace', 'recreate', 'live'] as const

/** Providers that only remember what they were asked for; `fail` names addresses whose steps fail. */
export function testRegistry(fail: readonly string[] = []): { registry: Registry; calls: string[][] } {
  const calls: string[][] = []
  const verb =
    (name: string) =>
    async (_write: unknown, items: readonly Item[], ...rest: unknown[]) => {
      const done = rest.at(-1) as (at: Address, outcome: { error?: unknown }) => void
      calls.push([name, ...items.map((item) => item.address)])
      for (const item of items) done(item.address, fail.includes(item.address) ? { error: new Error('it broke') } : {})
    }
  const provider = (kind: Kind): Provider<TestSpec> => ({
    kind,
    observe: async () => new Map(),
    references: (spec) => [
      ...((spec.needs ?? []) as Address[]),
      ...((spec.networks ?? []).map((one) => one.network) as Address[]),
    ],
    diff: (desired, observed) => {
      const before = observed.spec as TestSpec
      const changes = classes
        .filter((name) => desired[name] !== before[name])
        .map((name) => ({ path: `/${name}`, before: before[name], after: desired[name], class: name }))
      const worst = changes[0]?.class
      return worst === undefined ? { action: 'keep' } : { action: worst === 'live' ? 'update' : worst, changes }
    },
    create: verb('create'),
    update: verb('update'),
    recreate: verb('recreate'),
    remove: verb('remove'),
  })
  const providers = Object.fromEntries(kinds.map((kind) => [kind, provider(kind)])) as unknown as Registry['providers']
  const registry = { providers, bind: undefined as unknown as Registry['bind'], upkeep: async () => undefined }
  return { registry, calls }
}

export const wanted = (specs: Record<string, TestSpec>): ReadonlyMap<Address, Resource> =>
  new Map(
    Object.entries(specs).map(([at, spec]) => {
      const networks = spec.networks ?? []
      const full = { network_mode: 'bridge', ...spec, networks }
      return [
        at as Address,
        { kind: parseAddress(at as Address).kind, address: at as Address, spec: full } as unknown as Resource,
      ]
    }),
  )

export const observed = (specs: Record<string, TestSpec>): ReadonlyMap<Address, Observation> =>
  new Map(
    Object.entries(specs).map(([at, spec]) => [
      at as Address,
      { presence: 'owned', spec: { network_mode: 'bridge', networks: [], ...spec }, actual: {} },
    ]),
  )

/** A plan as one line a step: action, address, reason and what it waits for. */
export const lines = (plan: Plan): string[] =>
  plan.steps.map(
    (step: Step) =>
      `${step.action} ${step.address} (${step.reason})${step.after.length ? ` after ${step.after.join(' ')}` : ''}`,
  )
