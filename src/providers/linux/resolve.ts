import { type Resource, specsOf } from '../../model/desired.ts'
import type { Diagnostic } from '../../model/errors.ts'
import { contains } from '../../model/ip/prefix.ts'
import { parseIp, parsePrefix } from '../../model/ip/text.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import type { NetworkSpec } from '../../model/kinds/network.ts'
import { defaultNetwork } from '../../model/kinds/network.ts'
import { containerRules } from '../../model/kinds/rules/container.ts'
import type { Lease } from '../../model/lease.ts'
import { isOwned, ownedSpecs } from '../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress, sharedContainer } from '../../model/resource-address.ts'
import { fillReferences, referenceToken } from '../../model/tokens.ts'
import type { ReadContext } from '../provider.ts'
import type { Resolved, ResolveInput } from '../runtime.ts'
import { platformProblem } from './image/platforms.ts'
import { resolveDigests } from './image/resolve.ts'
import { type AddressRequest, allocate } from './network/ipam/allocate.ts'
import { resolveDefaultNetwork } from './network/ipam/default-network.ts'
import { resolveAutoSubnets } from './network/ipam/subnet-auto.ts'
import { awaitedMembers, deriveMembers } from './network/members.ts'
import { withFileSystems } from './volume/resolve.ts'

type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>
interface NamedContainer {
  readonly address: ResourceAddress
  readonly spec: ContainerSpec
}

/**
 * Fills in free subnets, addresses and image digests, which only the host and the records know. Then fills in the references between
 * resources and the members of each network, which depend on them. Reads only.
 */
export async function resolve(read: ReadContext, input: ResolveInput): Promise<Resolved> {
  const others = unchangedObjects(input)
  const containers = named(specsOf(input.desired, 'container'))
  const images = specsOf(input.desired, 'image')
  const removes = removalPredicate(input, [
    ...containers.map((one) => one.spec),
    ...others.containers.map((one) => one.spec),
  ])
  const recorded = recordedNetworks(input)
  const declared = await resolveDefaultNetwork(read, allNetworks(input, others.networks), recorded)
  const { networks, errors: subnetErrors } = await resolveAutoSubnets(read, declared, recorded)
  const allocation = allocate(
    networks,
    [
      ...requests(containers).map((one) => withoutLostAddress(one, networks)),
      ...requests(others.containers).filter((request) => isInside(request, networks)),
    ],
    existingLeases(input, others.containers, removes),
  )
  const digests = await resolveDigests(read, images)
  const leases = new Map(allocation.leases.map((lease) => [leaseKey(lease.container, lease.network), lease]))
  const imageDigests = new Map([...existingDigests(input), ...digests.digests])
  const outputs = knownOutputs(networks, [...containers, ...others.containers], leases, imageDigests)
  const volumes = new Map([...ownedSpecs(input.snapshot.observations, 'volume'), ...specsOf(input.desired, 'volume')])
  const resolved = containers
    .map((one) => ({ ...one, spec: { ...one.spec, ...withFileSystems(one.spec, volumes) } }))
    .map((one) => resolveContainer(one, networks, leases, outputs))
  const awaited = awaitedMembers(recorded, isAwaited(input))
  const members = deriveMembers([...resolved, ...others.containers], networks, awaited)
  const desired = new Map<ResourceAddress, Resource>(input.desired)
  for (const one of resolved) desired.set(one.address, { kind: 'container', ...one })
  for (const [address, spec] of networks) {
    if (removes(address)) continue
    const derived = members.get(address) ?? { members: [], hosts: {} }
    desired.set(address, { kind: 'network', address, spec: { ...spec, ...derived } })
  }
  for (const [address, spec] of images) {
    const digest = digests.digests.get(address)
    desired.set(address, { kind: 'image', address, spec: { ...spec, ...(digest && { digest }) } })
  }
  return {
    desired,
    leases: allocation.leases,
    replacedLeases: input.snapshot.state.leases.map((lease) => lease.container),
    removes,
    errors: [
      ...usedByOthers(input, others.containers),
      ...imagesMissing(input, containers),
      ...(await notRunnable(read, input, containers)),
      ...subnetErrors,
      ...allocation.errors,
      ...digests.errors,
    ],
    warnings: digests.warnings,
    answers: digests.answers,
  }
}

const named = (specs: ReadonlyMap<ResourceAddress, ContainerSpec>): readonly NamedContainer[] =>
  [...specs].map(([address, spec]) => ({ address, spec }))

/** Owned objects that this run does not change: of other stacks, of inactive profiles, or outside its targets. */
function unchangedObjects({ desired, snapshot, removes }: ResolveInput): {
  containers: readonly NamedContainer[]
  networks: Networks
} {
  const left = new Map([...snapshot.observations].filter(([address]) => !desired.has(address) && !removes(address)))
  return { containers: named(ownedSpecs(left, 'container')), networks: ownedSpecs(left, 'network') }
}

/** True for a container that does not exist, of a stack that has objects and that this run does not change. */
function isAwaited({ desired, snapshot: { observations }, removes }: ResolveInput) {
  const stacks = new Set([...observations.keys()].map((address) => parseResourceAddress(address).stack))
  return (container: ResourceAddress): boolean =>
    !observations.has(container) &&
    !desired.has(container) &&
    !removes(container) &&
    stacks.has(parseResourceAddress(container).stack)
}

function removalPredicate(input: ResolveInput, specs: readonly ContainerSpec[]): (address: ResourceAddress) => boolean {
  const used =
    input.desired.has(defaultNetwork) ||
    specs.some((spec) => spec.networks.some((one) => one.network === defaultNetwork))
  return (address) => (address === defaultNetwork ? !used : !input.desired.has(address) && input.removes(address))
}

/** A removed object must not be in use by a container that is not removed. */
const usedByOthers = (input: ResolveInput, others: readonly NamedContainer[]): Diagnostic[] =>
  others.flatMap(({ address: container, spec }) => {
    const shared = sharedContainer(spec.network_mode)
    const erased = input.erases ? spec.mounts.flatMap((one) => (one.type === 'volume' ? [one.volume] : [])) : []
    const removed = [...spec.networks.map((one) => one.network), ...(shared ? [shared] : []), ...erased].filter(
      (address) => input.snapshot.observations.has(address) && !input.desired.has(address) && input.removes(address),
    )
    return removed.map((address) => ({
      code: 'in-use',
      message: `${address} cannot be removed: ${container} uses it.`,
      hint: `Remove ${container} first, or remove ${address} from its configuration.`,
      address,
    }))
  })

/** Digests of the existing images. A newly resolved digest takes precedence. */
const existingDigests = (input: ResolveInput): [ResourceAddress, string][] =>
  [...input.snapshot.observations].flatMap(([address, one]): [ResourceAddress, string][] =>
    isOwned(one, 'image') && one.spec !== undefined ? [[address, one.actual.digest]] : [],
  )

const imagesMissing = (input: ResolveInput, containers: readonly NamedContainer[]): Diagnostic[] =>
  containers
    .filter(
      ({ spec }) => !input.desired.has(spec.image) && input.snapshot.observations.get(spec.image)?.presence !== 'owned',
    )
    .map(({ address: container, spec }) => ({
      code: 'unknown-image',
      message: `${container} uses the image ${spec.image}, which does not exist.`,
      hint: 'Apply the image first.',
      address: container,
    }))

/** New containers with an image for an architecture that neither this host nor an emulator on it runs. */
async function notRunnable(
  read: ReadContext,
  input: ResolveInput,
  containers: readonly NamedContainer[],
): Promise<readonly Diagnostic[]> {
  const created = containers.filter(({ address }) => input.snapshot.observations.get(address)?.presence !== 'owned')
  const found = await Promise.all(
    created.map(async ({ address, spec }) => {
      const image = input.desired.get(spec.image)
      const platform = image?.kind === 'image' ? image.spec.platform : undefined
      const problem = platform === undefined ? undefined : await platformProblem(read, platform)
      return problem === undefined ? [] : [{ ...problem, address }]
    }),
  )
  return found.flat()
}

const allNetworks = (input: ResolveInput, others: Networks): Networks =>
  new Map([...others, ...specsOf(input.desired, 'network')])

const recordedNetworks = (input: ResolveInput): Networks => ownedSpecs(input.snapshot.observations, 'network')

/**
 * False if the new subnet does not contain the address of a container that this run does not change. A network with a new subnet is
 * replaced together with its containers, so this address is not reserved.
 */
const isInside = ({ network, ip }: AddressRequest, networks: Networks): boolean => {
  const subnet = networks.get(network)?.subnet
  return subnet !== undefined && contains(parsePrefix(subnet), parseIp(ip))
}

/**
 * A recorded address that no file declares, and that the subnet of its network does not contain any more, is replaced by a free one: a
 * rollback in an instance with another subnet.
 */
const withoutLostAddress = (request: OwnRequest, networks: Networks): AddressRequest =>
  request.isAllocated && request.ip !== '' && !isInside(request, networks) ? { ...request, ip: '' } : request

interface OwnRequest extends AddressRequest {
  /** HeroPods has chosen its address. False: a file declares it, or an older version recorded it. */
  readonly isAllocated: boolean
}

/** Addresses are fixed if they are declared, if an earlier generation had them, or if this run does not change the container. */
const requests = (containers: readonly NamedContainer[]): OwnRequest[] =>
  containers.flatMap(({ address: container, spec }) =>
    spec.networks.map((one) => ({
      container,
      network: one.network,
      ip: one.ipv4_address,
      isAllocated: one.static === false,
    })),
  )

/** Recorded leases, and, if the records are lost, the addresses of the containers on the host. */
function existingLeases(
  input: ResolveInput,
  others: readonly NamedContainer[],
  removes: (address: ResourceAddress) => boolean,
): Lease[] {
  const onHost = [...ownedSpecs(input.snapshot.observations, 'container')].flatMap(
    ([address, spec]) => containerRules.leases?.(address, spec) ?? [],
  )
  const unchanged = new Set(others.map((one) => one.address))
  const keeps = (lease: Lease): boolean =>
    unchanged.has(lease.container) || (input.desired.has(lease.container) && !removes(lease.container))
  const byKey = new Map(
    [...input.snapshot.state.leases, ...onHost].map((lease) => [`${lease.container} ${lease.network}`, lease]),
  )
  return [...byKey.values()].filter(keeps)
}

type Outputs = ReadonlyMap<string, string>
type Leases = ReadonlyMap<string, Lease>
const leaseKey = (container: ResourceAddress, network: ResourceAddress): string => `${container} ${network}`

function knownOutputs(
  networks: Networks,
  containers: readonly NamedContainer[],
  leases: Leases,
  digests: ReadonlyMap<ResourceAddress, string>,
): Outputs {
  const outputs = new Map<string, string>()
  for (const [address, spec] of networks) {
    outputs.set(`${address}#subnet`, spec.subnet)
    outputs.set(`${address}#gateway`, spec.gateway)
  }
  for (const one of containers) {
    for (const [index, attachment] of one.spec.networks.entries()) {
      const ip = leases.get(leaseKey(one.address, attachment.network))?.ip
      if (ip === undefined) continue
      if (index === 0) outputs.set(`${one.address}#ip`, ip)
      outputs.set(`${one.address}#networks.${parseResourceAddress(attachment.network).name}.ip`, ip)
    }
  }
  for (const [address, digest] of digests) outputs.set(`${address}#digest`, digest)
  return outputs
}

function resolveContainer(
  container: NamedContainer,
  networkSpecs: Networks,
  leases: Leases,
  outputs: Outputs,
): NamedContainer {
  const networks = container.spec.networks.map((one) => {
    const lease = leases.get(leaseKey(container.address, one.network))
    return lease ? { ...one, ipv4_address: lease.ip, mac: lease.mac } : one
  })
  const image_digest = outputs.get(`${container.spec.image}#digest`) ?? referenceToken(container.spec.image, 'digest')
  const names = nameServers(container.spec, networkSpecs)
  const spec = fillReferences({ ...container.spec, ...names, networks, image_digest }, (address, output) =>
    outputs.get(`${address}#${output}`),
  )
  return { address: container.address, spec }
}

/** Name servers of a container that declares none: those of its first network that is not internal. */
function nameServers(spec: ContainerSpec, networks: Networks): Pick<ContainerSpec, 'dns' | 'dns_search'> {
  const outward = spec.networks.map((one) => networks.get(one.network)).find((network) => network?.internal === false)
  const dns = spec.dns ?? outward?.dns.servers
  const dns_search = spec.dns_search ?? outward?.dns.search
  return { ...(dns && { dns }), ...(dns_search && { dns_search }) }
}
