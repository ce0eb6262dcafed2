import { type ResourceAddress, resourceAddress } from '../resource-address.ts'

/** One published port, after the expansion of ranges. */
export interface PublishedPort {
  readonly host_ip: string
  readonly published: number
  readonly target: number
  readonly protocol: 'tcp' | 'udp'
}

/** A container on a network, derived from the specs of containers when a plan is computed. */
export interface Member {
  readonly container: ResourceAddress
  readonly ip: string
  readonly mac: string
  /** Key, replica name and aliases: the names with which other members resolve it. */
  readonly names: readonly string[]
  /** Only on the member's first non-internal network. */
  readonly ports: readonly PublishedPort[]
}

/** Canonical network, with every default. `members` and `hosts` are derived; users do not write them. */
export interface NetworkSpec {
  /** Name of the network's driver. */
  readonly driver: string
  /** Interface name: `heropods0` for the default network, else `hp` and 12 hex digits. */
  readonly bridge: string
  /** CIDR, or `auto` until a plan allocates it. */
  readonly subnet: string
  readonly gateway: string
  readonly internal: boolean
  readonly mtu: number
  readonly dns: { readonly servers: readonly string[]; readonly search: readonly string[] }
  readonly exclude: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly members: readonly Member[]
  /** The shared hosts files that belong to this network, by the key of their set of networks. */
  readonly hosts: Readonly<Record<string, string>>
}

/** A published port that does not lead to its container. `from`: only connections from there are affected; undefined: all. */
export interface LostPort {
  readonly container: ResourceAddress
  readonly port: PublishedPort
  readonly from?: 'this host' | 'other hosts'
}

export interface NetworkActual {
  readonly bridge: string
  /** Ports of its members that rules are missing for; absent: none. */
  readonly lostPorts?: readonly LostPort[]
  /** Differences from the applied spec, in words. */
  readonly drift: readonly string[]
}

/** The network of containers without `networks`. It belongs to the instance. */
export const defaultNetwork = resourceAddress('default', 'network', 'heropods0')

/** True for a field of a network that follows from its containers: members and hosts files. Pure. */
export const isDerivedPath = (path: string): boolean => /^\/(members|hosts)(\/|$)/.test(path)
