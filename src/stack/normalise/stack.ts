import { type Address, address, parseAddress } from '../../model/address.ts'
import type { Resource } from '../../model/desired.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { referredAddresses } from '../../model/kinds/container-references.ts'
import { defaultNetwork } from '../../model/kinds/network.ts'
import { bridgeTraits } from '../../model/kinds/network-driver.ts'
import { PortIndex } from '../../model/kinds/port-index.ts'
import { normaliseContainer } from './container/container.ts'
import { checkSources } from './container/files.ts'
import { type Context, labels } from './context.ts'
import { Images } from './images.ts'
import { heropods0, normaliseNetworks } from './networks.ts'
import { isActive } from './replicas.ts'

export interface NormalisedStack {
  readonly resources: ReadonlyMap<Address, Resource>
  readonly inactive: readonly Address[]
}

/** The canonical resources of a valid stack. Problems are collected in the context. Pure, except for the files that it reads. */
export function normaliseStack(context: Context, instanceId: string, profiles: readonly string[]): NormalisedStack {
  const resources = new Map<Address, Resource>()
  const inactive: Address[] = []
  for (const [at, spec] of normaliseNetworks(context, instanceId))
    resources.set(at, { kind: 'network', address: at, spec })
  for (const [name, declared] of Object.entries(context.data.volumes ?? {})) {
    if (name.startsWith('x-')) continue
    const at = address(context.stack, 'volume', name)
    const spec = {
      protect: declared?.protect ?? false,
      labels: labels(context, ['volumes', name, 'labels'], declared?.labels),
    }
    resources.set(at, { kind: 'volume', address: at, spec })
  }
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
  const containers = new Map<Address, ContainerSpec>()
  for (const [key, declared] of Object.entries(context.data.containers ?? {})) {
    if (key.startsWith('x-')) continue
    for (const [at, spec] of normaliseContainer(context, images, key, declared, profiles)) {
      if (isActive(declared, profiles)) containers.set(at, spec)
      else inactive.push(at)
    }
  }
  for (const [at, spec] of images.specs) resources.set(at, { kind: 'image', address: at, spec })
  for (const [at, spec] of containers) resources.set(at, { kind: 'container', address: at, spec })
  if ([...containers.values()].some((spec) => spec.networks.some((one) => one.network === defaultNetwork)))
    resources.set(defaultNetwork, { kind: 'network', address: defaultNetwork, spec: heropods0 })
  refuseInactiveDependencies(context, containers, inactive)
  refuseCycles(context, containers)
  refuseLargeNetworks(context, containers)
  refusePortClashes(context, containers)
  return { resources, inactive }
}

const keyOf = (at: Address, containers: ReadonlyMap<Address, ContainerSpec>): string =>
  containers.get(at)?.service ?? at

/** The containers that must run before this one. */
const needsOf = (spec: ContainerSpec): readonly Address[] => referredAddresses(spec, ['dependency', 'namespace'])

function refuseInactiveDependencies(
  context: Context,
  containers: ReadonlyMap<Address, ContainerSpec>,
  inactive: readonly Address[],
): void {
  const absent = new Set(inactive)
  for (const spec of containers.values()) {
    const missing = needsOf(spec).find((at) => absent.has(at))
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

function refuseCycles(context: Context, containers: ReadonlyMap<Address, ContainerSpec>): void {
  const done = new Set<Address>()
  const needs = (at: Address): Iterator<Address> => {
    const spec = containers.get(at)
    return (spec ? needsOf(spec) : [])[Symbol.iterator]()
  }
  for (const start of containers.keys()) {
    // Without recursion, because a chain may have thousands of containers.
    const trail: { at: Address; open: Iterator<Address> }[] = []
    const inTrail = new Set<Address>()
    const enter = (at: Address): void => {
      if (done.has(at)) return
      trail.push({ at, open: needs(at) })
      inTrail.add(at)
    }
    enter(start)
    for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
      const { value: next, done: ended } = last.open.next()
      if (ended) {
        done.add(last.at)
        inTrail.delete(last.at)
        trail.pop()
      } else if (inTrail.has(next)) {
        const all = trail.map(({ at }) => at)
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

function refuseLargeNetworks(context: Context, containers: ReadonlyMap<Address, ContainerSpec>): void {
  const members = new Map<Address, number>()
  for (const spec of containers.values())
    for (const one of spec.networks) members.set(one.network, (members.get(one.network) ?? 0) + 1)
  for (const [network, count] of members) {
    if (count > bridgeTraits.maxMembers)
      context.problems.add(
        'network-too-many-members',
        ['networks', parseAddress(network).name],
        `${count} containers join the network ${network}; the limit of a bridge is ${bridgeTraits.maxMembers}.`,
        'Spread them over several networks.',
      )
  }
}

function refusePortClashes(context: Context, containers: ReadonlyMap<Address, ContainerSpec>): void {
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
