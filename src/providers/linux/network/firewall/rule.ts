import type { Family, Prefix } from '../../../../model/ip/prefix.ts'
import type { PublishedPort } from '../../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'

/** Firewall rules as values. A backend renders them in the form that its program takes. */

export type Table = 'raw' | 'filter' | 'nat'

/** Hooks of netfilter at which a chain can be called. */
export type Hook = 'prerouting' | 'forward' | 'output' | 'postrouting'

export type Protocol = 'tcp' | 'udp'

/** `dnat`: the destination of the connection was translated. */
export type ConnectionState = 'established' | 'related' | 'dnat'

/** An interface. `except`: every other interface. `prefix`: every interface whose name starts with `name`. */
export interface Interface {
  readonly name: string
  readonly match: 'exact' | 'except' | 'prefix'
}

/** Conditions of a rule, all of which must hold. */
export interface Match {
  readonly source?: Prefix
  /** `local`: any address of this host. */
  readonly destination?: Prefix | 'local'
  readonly input?: Interface
  readonly output?: Interface
  /** Protocol and port of the destination. */
  readonly port?: { readonly protocol: Protocol; readonly number: number }
  /** At least one of these. */
  readonly states?: readonly ConnectionState[]
}

/** `return`: continue in the calling chain. `dnat`: translate the destination. `masquerade`: take this host's address as the source. */
export type Verdict =
  | { readonly type: 'accept' | 'drop' | 'return' | 'masquerade' }
  | { readonly type: 'jump'; readonly chain: string }
  | { readonly type: 'dnat'; readonly address: Prefix; readonly port: number }

export interface Rule {
  readonly match: Match
  readonly verdict: Verdict
  /** Published ports that do not work without the rule; undefined: none. */
  readonly publishes?: readonly PublishedAt[]
}

/** A published port with the container that it leads to. */
export interface PublishedAt {
  readonly container: ResourceAddress
  readonly port: PublishedPort
}

/** One of our chains, with all its rules. */
export interface Chain {
  readonly table: Table
  readonly name: string
  readonly rules: readonly Rule[]
  /** The network of the chain; undefined: the chain is for the instance. */
  readonly network?: ResourceAddress
}

/** A jump from a built-in chain into one of ours. */
export interface Jump {
  readonly table: Table
  readonly hook: Hook
  readonly rule: Rule
}

/** All rules of an instance in one family. */
export interface Ruleset {
  readonly family: Family
  readonly chains: readonly Chain[]
  readonly jumps: readonly Jump[]
}
