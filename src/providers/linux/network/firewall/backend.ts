import type { Address } from '../../../../model/address.ts'
import type { Family } from '../../../../model/ip/prefix.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import type { Redirect } from './redirects.ts'
import type { Ruleset } from './rule.ts'

/** The rules that an instance should have. */
export interface DesiredRules {
  readonly instance: string
  readonly ruleset: Ruleset
  /** Networks without a usable record: the rules that the host has for them stay as they are. */
  readonly unreadable: readonly Address[]
}

/**
 * Direction of a change. A backend that needs several commits writes the filter before translations when networks open, and after
 * them when they close: a published port never leads past the filter.
 */
export type Direction = 'opening' | 'closing'

/** One difference between desired rules and those of the host. */
export interface RuleDrift {
  /** The network whose chain differs; undefined: a chain or jump of the instance. */
  readonly network: Address | undefined
  /** In words. */
  readonly text: string
}

/** The rules of the host as a backend has read them. Its members are pure. */
export interface HostRules {
  compare(desired: DesiredRules): readonly RuleDrift[]
  /** The input of the backend's program that makes the instance's rules as desired; empty: nothing to do. */
  render(desired: DesiredRules, direction: Direction): string
  /** Rules of others that translate destinations: everything but the rules of `instance`. */
  redirects(instance: string): readonly Redirect[]
}

/** A program that keeps firewall rules. Nothing outside its files knows its syntax. */
export interface FirewallBackend {
  readonly name: string
  /** Reads the rules of a family, once a snapshot. */
  read(read: ReadContext, family: Family): Promise<HostRules>
  /** Writes the desired rules. If the program refuses them, the rules are as before and the refusal is raised. */
  commit(write: WriteContext, desired: DesiredRules, direction: Direction): Promise<void>
}
