import type { Resource } from '../../model/desired.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { referredAddresses } from '../../model/kinds/container-references.ts'
import { defaultNetwork } from '../../model/kinds/network.ts'
import { bridgeTraits } from '../../model/kinds/network-driver.ts'
import { PortIndex } from '../../model/kinds/port-index.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { normaliseContainer } from './container/container.ts'
import { checkSources } from './container/files.ts'
import type { Context } from './context.ts'
import { Images } from './images.ts'
import { heropods0, normaliseNetworks } from './networks.ts'
import { isActive } from './replicas.ts'
import { normaliseVolumes } from './volumes.ts'

export interface NormalisedStack {
  readonly resources: ReadonlyMap<ResourceAddress, Resource>
  readonly inactive: readonly ResourceAddress[]
}

/** The canonical resources of a valid stack. Problems are collected in the context. Pure, except for the files that it reads. */
export function normaliseStack(context: Context, instanceId: string, profiles: readonly string[]): NormalisedStack {
  const resources = new Map<ResourceAddress, Resource>()
  const inactive: ResourceAddress[] = []
  for (const [address, spec] of normaliseNetworks(context, instanceId))
    resources.set(address, { kind: 'network', address, spec })
  for (const [address, spec] of normaliseVolumes(context)) resources.set(address, { kind: 'volume', address, spec })
  if (resources.has(defaultNetwork))
    context.problems.add(
      'reserved-name',
      ['networks', 'heropods0'],
      'The network "heropods0" of a stack "default" is reserved for the instance.',
      'Rename one of them.',
      true,
    )
  checkSources(context)
  const images = new Images(context)
  const containers = new Map<ResourceAddress, ContainerSpec>()
  for (const [key, declared] of Object.entries(context.data.containers ?? {})) {
    if (key.startsWith('x-')) continue
    for (const [address, spec] of normaliseContainer(context, images, key, declared, profiles)) {
      if (isActive(declared, profiles)) containers.set(address, spec)
      else inactive.push(address)
    }
  }
  for (const [address, spec] of images.specs) resources.set(address, { kind: 'image', address, spec })
  for (const [address, spec] of containers) resources.set(address, { kind: 'container', address, spec })
  if ([...containers.values()].some((spec) => spec.networks.some((one) => one.network === defaultNetwork)))
    resources.set(defaultNetwork, { kind: 'network', address: defaultNetwork, spec: heropods0 })
  reportInactiveDependencies(context, containers, inactive)
  reportCycles(context, containers)
  reportLargeNetworks(context, containers)
  reportPortClashes(context, containers)
  return { resources, inactive }
}

const keyOf = (address: ResourceAddress, containers: ReadonlyMap<ResourceAddress, ContainerSpec>): string =>
  containers.get(address)?.service ?? address

/** The containers that must run before this one. */
const needsOf = (spec: ContainerSpec): readonly ResourceAddress[] =>
  referredAddresses(spec, ['dependency', 'namespace'])

function reportInactiveDependencies(
  context: Context,
  containers: ReadonlyMap<ResourceAddress, ContainerSpec>,
  inactive: readonly ResourceAddress[],
): void {
  const absent = new Set(inactive)
  for (const spec of containers.values()) {
    const missing = needsOf(spec).find((address) => absent.has(address))
    if (missing !== undefined)
      context.problems.add(
        'inactive-dependency',
        ['containers', spec.service],
        `"${spec.service}" needs "${missing.split('/').at(-1)}", whose profile is not active.`,
        'Activate it with `--profile`, or remove the profile.',
        true,
      )
  }
}

function reportCycles(context: Context, containers: ReadonlyMap<ResourceAddress, ContainerSpec>): void {
  const done = new Set<ResourceAddress>()
  const needs = (address: ResourceAddress): Iterator<ResourceAddress> => {
    const spec = containers.get(address)
    return (spec ? needsOf(spec) : [])[Symbol.iterator]()
  }
  for (const start of containers.keys()) {
    // Without recursion, because a chain may have thousands of containers.
    const trail: { address: ResourceAddress; open: Iterator<ResourceAddress> }[] = []
    const inTrail = new Set<ResourceAddress>()
    const enter = (address: ResourceAddress): void => {
      if (done.has(address)) return
      trail.push({ address, open: needs(address) })
      inTrail.add(address)
    }
    enter(start)
    for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
      const { value: next, done: ended } = last.open.next()
      if (ended) {
        done.add(last.address)
        inTrail.delete(last.address)
        trail.pop()
      } else if (inTrail.has(next)) {
        const all = trail.map(({ address }) => address)
        const names = [...all.slice(all.indexOf(next)), next].map((one) => keyOf(one, containers))
        context.problems.add(
          'cycle',
          ['containers', keyOf(next, containers)],
          `Containers wait for each other: ${names.join(' -> ')}.`,
          'Remove one dependency (`depends_on`, `${containers...}` or `network_mode`).',
          true,
        )
        return
      } else enter(next)
    }
  }
}

function reportLargeNetworks(context: Context, containers: ReadonlyMap<ResourceAddress, ContainerSpec>): void {
  const members = new Map<ResourceAddress, number>()
  for (const spec of containers.values())
    for (const one of spec.networks) members.set(one.network, (members.get(one.network) ?? 0) + 1)
  for (const [network, count] of members) {
    if (count > bridgeTraits.maxMembers)
      context.problems.add(
        'network-too-many-members',
        ['networks', parseResourceAddress(network).name],
        `${count} containers join the network ${network}; the limit of a bridge is ${bridgeTraits.maxMembers}.`,
        'Spread them over several networks.',
      )
  }
}

function reportPortClashes(context: Context, containers: ReadonlyMap<ResourceAddress, ContainerSpec>): void {
  const services = new Map([...containers.values()].map((spec) => [spec.service, spec]))
  const taken = new PortIndex<string>()
  for (const { service, ports } of services.values()) {
    for (const port of ports) {
      const { value: other } = taken.clashing(port).next()
      if (other !== undefined)
        context.problems.add(
          'port-taken',
          ['containers', service, 'ports'],
          `"${service}" and "${other}" both publish port ${port.published}/${port.protocol}.`,
          'Publish one of them on another port of the host.',
        )
    }
    for (const port of ports) taken.add(port, service)
  }
}
