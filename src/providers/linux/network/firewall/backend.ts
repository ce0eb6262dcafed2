import type { HostReader } from '../../../../host/host.ts'
import type { Family } from '../../../../model/ip/prefix.ts'
import type { LostPort } from '../../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { RuleMonitor } from '../../../operations.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import type { Redirect } from './redirects.ts'
import type { Ruleset } from './rule.ts'

/** The rules that an instance should have. */
export interface DesiredRules {
  readonly instance: string
  readonly ruleset: Ruleset
  /** Networks without a usable record. Their rules on the host are not changed. */
  readonly unusable: readonly ResourceAddress[]
}

/**
 * Direction of a change. A backend that needs several commits writes the filter before the translations when networks open, and after
 * them when networks close. So a published port never bypasses the filter.
 */
export type Direction = 'opening' | 'closing'

/** One difference between desired rules and those of the host. */
export interface RuleDrift {
  /** The network whose chain differs; undefined: a chain or jump of the instance. */
  readonly network: ResourceAddress | undefined
  /** The difference, as text. */
  readonly text: string
}

/** The rules of the host as a backend has read them. Its members are pure. */
export interface HostRules {
  compare(desired: DesiredRules): readonly RuleDrift[]
  /** Published ports for which rules are missing. */
  lostPorts(ruleset: Ruleset): readonly LostPort[]
  /** Input for the backend's program that changes the instance's rules to the desired ones; empty: there is no difference. */
  render(desired: DesiredRules, direction: Direction): string
  /** Rules that translate destinations, except those of `instance`. */
  redirects(instance: string): readonly Redirect[]
}

/** A program that manages firewall rules. Only the files of the backend know its syntax. */
export interface FirewallBackend {
  readonly name: string
  /** Reads the rules of a family, cached for one snapshot. */
  read(read: ReadContext, family: Family): Promise<HostRules>
  /** Follows changes of the rules; a text: the reason why this host does not report them. */
  monitor(host: HostReader): Promise<RuleMonitor | string>
  /** Writes the desired rules. If the program refuses them, the earlier rules stay and its error is raised. */
  commit(write: WriteContext, desired: DesiredRules, direction: Direction): Promise<void>
}
