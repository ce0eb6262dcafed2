import type { Prefix } from '../../../../../model/ip/prefix.ts'
import { formatIp, formatPrefix } from '../../../../../model/ip/text.ts'
import type { ResourceAddress } from '../../../../../model/resource-address.ts'
import { safeLine } from '../../commands/safe-line.ts'
import type { Hook, Interface, Match, Rule, Ruleset, Table, Verdict } from '../rule.ts'

/** A chain with its rules in the syntax of iptables-restore, each without the `-A CHAIN`. */
export interface ChainText {
  readonly table: Table
  readonly name: string
  readonly rules: readonly string[]
  readonly network?: ResourceAddress
}

/** A jump from a built-in chain into one of ours. */
export interface JumpText {
  readonly table: Table
  readonly from: string
  readonly rule: string
}

export interface RulesetText {
  readonly chains: readonly ChainText[]
  readonly jumps: readonly JumpText[]
}

/** The rules as text. Pure. Raises `unsafe-value`. */
export const renderRuleset = ({ chains, jumps }: Ruleset): RulesetText => ({
  chains: chains.map((chain) => ({ ...chain, rules: chain.rules.map(renderRule) })),
  jumps: jumps.map(({ table, hook, rule }) => ({ table, from: builtIn[hook], rule: renderRule(rule) })),
})

/** The chain of iptables at each hook. */
export const builtIn: Readonly<Record<Hook, string>> = {
  prerouting: 'PREROUTING',
  forward: 'FORWARD',
  output: 'OUTPUT',
  postrouting: 'POSTROUTING',
}

/** Options in the order in which iptables-save prints them. */
export const renderRule = ({ match, verdict }: Rule): string =>
  safeLine([...addressOptions(match), ...portOptions(match), ...stateOptions(match), renderVerdict(verdict)].join(' '))

const addressOptions = ({ source, destination, input, output }: Match): readonly string[] => [
  ...(source ? [`-s ${formatPrefix(source)}`] : []),
  ...(isPrefix(destination) ? [`-d ${formatPrefix(destination)}`] : []),
  ...(input ? [interfaceOption('-i', input)] : []),
  ...(output ? [interfaceOption('-o', output)] : []),
]

const isPrefix = (destination: Match['destination']): destination is Prefix =>
  destination !== undefined && destination !== 'local'

const interfaceOption = (option: string, { name, match }: Interface): string =>
  `${match === 'except' ? '! ' : ''}${option} ${name}${match === 'prefix' ? '+' : ''}`

const portOptions = ({ port }: Match): readonly string[] =>
  port ? [`-p ${port.protocol} -m ${port.protocol} --dport ${port.number}`] : []

const stateOptions = ({ destination, states }: Match): readonly string[] => [
  ...(destination === 'local' ? ['-m addrtype --dst-type LOCAL'] : []),
  ...(states ? [`-m conntrack --ctstate ${states.map((state) => state.toUpperCase()).join(',')}`] : []),
]

function renderVerdict(verdict: Verdict): string {
  switch (verdict.type) {
    case 'jump':
      return `-j ${verdict.chain}`
    case 'dnat':
      return `-j DNAT --to-destination ${endpoint(verdict.address)}:${verdict.port}`
    default:
      return `-j ${verdict.type.toUpperCase()}`
  }
}

const endpoint = (address: Prefix): string => (address.family === 'ipv6' ? `[${formatIp(address)}]` : formatIp(address))
