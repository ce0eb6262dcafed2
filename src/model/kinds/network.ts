import { type Address, address } from '../address.ts'

/** A bridge takes no more ports than this (BR_MAX_PORTS of the kernel, less one). */
export const mostMembers = 1023

/** A published port after expansion of ranges: one entry a port. */
export interface PublishedPort {
  readonly host_ip: string
  readonly published: number
  readonly target: number
  readonly protocol: 'tcp' | 'udp'
}

/** A container on a network, derived from the containers' specs when a plan is made. */
export interface Member {
  readonly container: Address
  readonly ip: string
  readonly mac: string
  /** Key, replica name and aliases under which the others find it. */
  readonly names: readonly string[]
  /** Only on the member's first non-internal network. */
  readonly ports: readonly PublishedPort[]
}

/** Canonical network: defaults filled in. `members` is derived, never written by users. */
export interface NetworkSpec {
  readonly driver: 'bridge'
  /** Interface name: `heropods0` for the default network, else `hp` and 12 hex digits. */
  readonly bridge: string
  /** CIDR, or `auto` until a plan binds it. */
  readonly subnet: string
  readonly gateway: string
  readonly internal: boolean
  readonly mtu: number
  readonly dns: { readonly servers: readonly string[]; readonly search: readonly string[] }
  readonly exclude: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly members: readonly Member[]
  /** Derived as well: shared hosts files that this network keeps, by the key of their set of networks. */
  readonly hosts: Readonly<Record<string, string>>
}

export interface NetworkActual {
  readonly bridge: string
  /** What differs from what was applied, in words. */
  readonly drift: readonly string[]
}

/** Address of the network that containers join when their stack names none; it belongs to the instance. */
export const defaultNetwork = address('default', 'network', 'heropods0')
