import type { Change } from '../../src/model/change.ts'
import type { Resource } from '../../src/model/desired.ts'
import type { ContainerSpec } from '../../src/model/kinds/container.ts'
import { kindRules } from '../../src/model/kinds/rules/rules.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Plan, Step } from '../../src/model/plan.ts'
import { entriesOf, type Kind, parseResourceAddress, type ResourceAddress } from '../../src/model/resource-address.ts'
import type { Providers } from '../../src/providers/by-kind.ts'
import type { ApplyItem, OnItemFinished, Provider, RemoveItem } from '../../src/providers/provider.ts'
import { owned, resource } from '../specs.ts'

/** A spec of the tests: the objects that it needs, and values whose change is of the class that they are named after. They are in labels. */
export interface TestSpec {
  readonly needs?: readonly ResourceAddress[]
  readonly live?: number
  readonly recreate?: number
  readonly replace?: number
  /** Only of an observed object: a difference that was found on the host. */
  readonly drift?: string
  readonly network_mode?: ContainerSpec['network_mode']
  readonly networks?: readonly { network: ResourceAddress; ipv4_address: string }[]
}

const classes = ['replace', 'recreate', 'live'] as const

/**
 * Providers that only remember what they were asked for; `fail` names addresses whose steps fail. With `verified`, a create reports its items as
 * started, and finishes when it resolves.
 */
export function testProviders(
  fail: readonly string[] = [],
  verified?: Promise<void>,
): { providers: Providers; calls: string[][] } {
  const calls: string[][] = []
  const answer = (
    name: string,
    items: readonly { readonly address: ResourceAddress }[],
    done: OnItemFinished,
  ): void => {
    calls.push([name, ...items.map((item) => item.address)])
    for (const item of items) done(item.address, fail.includes(item.address) ? { error: new Error('it broke') } : {})
  }
  const provider = <K extends Kind>(kind: K): Provider<K> => ({
    kind,
    observe: async () => new Map(),
    rules: kindRules[kind],
    changeForNamespaceSharers: (address) =>
      kind === 'container'
        ? { path: '/shared', before: 1, after: 2, class: 'recreate', drift: `${address} is new` }
        : undefined,
    diff: (desired, { spec }) => {
      const drift = spec?.labels.drift
      const changes: readonly Change[] = [
        ...classes
          .filter((name) => desired.labels[name] !== spec?.labels[name])
          .map((name) => ({ path: `/${name}`, before: spec?.labels[name], after: desired.labels[name], class: name })),
        ...(drift === undefined
          ? []
          : [{ path: '/host', before: drift, after: undefined, class: 'live' as const, drift }]),
      ]
      const worst = changes[0]?.class
      return worst === undefined ? { action: 'keep' } : { action: worst === 'live' ? 'update' : worst, changes }
    },
    create: async (_write, items: readonly ApplyItem<K>[], done, started) => {
      if (verified === undefined || kind !== 'container') return answer('create', items, done)
      calls.push(['start', ...items.map((item) => item.address)])
      for (const { address } of items) started?.(address)
      await verified
      answer('create', items, done)
    },
    update: async (_write, items: readonly ApplyItem<K>[], done) => answer('update', items, done),
    recreate: async (_write, items: readonly ApplyItem<K>[], done) => answer('recreate', items, done),
    remove: async (_write, items: readonly RemoveItem<K>[], _options, done) => answer('remove', items, done),
  })
  const providers = {
    network: provider('network'),
    image: provider('image'),
    volume: provider('volume'),
    container: provider('container'),
  }
  return { providers, calls }
}

/** The fields of a container by which it needs these objects. Every container has an address of its own. */
function referring(
  address: ResourceAddress,
  { needs = [], networks = [], network_mode }: TestSpec,
): Partial<ContainerSpec> {
  const ofKind = (kind: Kind): readonly ResourceAddress[] =>
    needs.filter((one) => parseResourceAddress(one).kind === kind)
  const attachments = [...networks, ...ofKind('network').map((network) => ({ network, ipv4_address: address }))]
  const [image] = ofKind('image')
  return {
    service: parseResourceAddress(address).name.replace(/\.\d+$/, ''),
    ...(image && { image }),
    ...(network_mode && { network_mode }),
    networks: attachments.map((one) => ({ ...one, aliases: [], static: false, mac: '' })),
    mounts: ofKind('volume').map((volume) => ({
      type: 'volume',
      volume,
      target: '/data',
      read_only: false,
      nocopy: false,
    })),
    depends_on: ofKind('container').map((container) => ({ container, condition: 'service_started' })),
  }
}

const resourceOf = (address: ResourceAddress, spec: TestSpec): Resource => {
  const { needs: _, networks: _networks, network_mode: _mode, ...costs } = spec
  const labels = Object.fromEntries(Object.entries(costs).map(([name, value]) => [name, String(value)]))
  return resource(address, labels, referring(address, spec))
}

export type TestSpecs = Readonly<Record<ResourceAddress, TestSpec>>

export const desired = (specs: TestSpecs): ReadonlyMap<ResourceAddress, Resource> =>
  new Map(entriesOf(specs).map(([address, spec]) => [address, resourceOf(address, spec)]))

export const observed = (specs: TestSpecs): ReadonlyMap<ResourceAddress, Observation> =>
  new Map(entriesOf(specs).map(([address, spec]) => [address, owned(resourceOf(address, spec))]))

/** A plan as one line a step: action, address, reason and what it waits for. */
export const lines = (plan: Plan): string[] =>
  plan.steps.map(
    (step: Step) =>
      `${step.action} ${step.address} (${step.reason})${step.after.length ? ` after ${[...new Set(step.after)].join(' ')}` : ''}`,
  )
