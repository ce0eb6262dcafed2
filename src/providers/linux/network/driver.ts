import type { Paths } from '../../../host/files/paths.ts'
import type { HeroPodsError } from '../../../model/errors.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import type { DriverTraits } from '../../../model/kinds/network-driver.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext, WriteContext } from '../../provider.ts'
import type { Link } from './links.ts'

/** A network to make or to update. */
export interface NetworkTarget {
  readonly address: ResourceAddress
  readonly spec: NetworkSpec
}

/** One interface of a container, with all values that are needed to make it. */
export interface Interface {
  /** eth0, eth1 ... */
  readonly name: string
  readonly network: ResourceAddress
  /** Driver of the network. */
  readonly driver: string
  readonly bridge: string
  readonly ip: string
  readonly prefix: number
  readonly mac: string
  readonly mtu: number
  /** Only on the interface of the default route. */
  readonly gateway?: string
}

/** The interfaces of one container. */
export interface Attachment {
  readonly container: ResourceAddress
  readonly interfaces: readonly Interface[]
}

/** Differences between a network's spec and the host, as text. */
export interface DriverDrift {
  readonly links: readonly string[]
  /** Settings of the kernel for these links. */
  readonly settings: readonly string[]
}

/** The networks for which a verb failed. */
export type Failures = ReadonlyMap<ResourceAddress, HeroPodsError>

/**
 * A network driver. It makes the links of networks and connects interfaces of containers to them. Addresses, firewall rules, names and
 * records are the same for all drivers. Verbs take batches, and can be repeated after a kill at any point.
 */
export interface NetworkDriver {
  readonly traits: DriverTraits
  /** Networks of this instance with links on the host, with and without a record, and the name of the link of each. */
  owned(read: ReadContext): Promise<ReadonlyMap<ResourceAddress, string>>
  observe(
    read: ReadContext,
    networks: ReadonlyMap<ResourceAddress, NetworkSpec>,
  ): Promise<ReadonlyMap<ResourceAddress, DriverDrift>>
  /** Makes and updates links by the specs. */
  ensure(write: WriteContext, networks: readonly NetworkTarget[]): Promise<Failures>
  /** Removes links. Networks of other drivers and removed ones are ignored. */
  remove(write: WriteContext, networks: readonly ResourceAddress[]): Promise<Failures>
  /** Lines of `ip` that make an interface in an existing namespace. Its end on the host, if any, is named by `hostLink`. Pure. */
  connect(paths: Paths, container: ResourceAddress, one: Interface): readonly string[]
  /** Lines of `ip` to run inside the namespace: addresses and routes. Pure. */
  configure(one: Interface): readonly string[]
  /** Lines of `ip` to run inside the namespace that set or delete the default route on this interface, which stays up. Pure. */
  route(one: Interface): readonly string[]
  /** Lines of `ip` to run inside the namespace, which undo `configure`. Pure. */
  clear(one: Interface): readonly string[]
  /** Drift of the host's part of an interface, as text; undefined: none. Pure. */
  interfaceDrift(
    paths: Paths,
    container: ResourceAddress,
    one: Interface,
    links: ReadonlyMap<string, Link>,
  ): string | undefined
}

/** Drivers by their name in `driver:` of a network. */
export type DriverTable = Readonly<Record<string, NetworkDriver>>

/** Finds a driver; undefined: the table does not have it. Stack files cannot name such a driver, but a record can. */
export const driverOf = (drivers: DriverTable, name: string): NetworkDriver | undefined =>
  Object.hasOwn(drivers, name) ? drivers[name] : undefined
