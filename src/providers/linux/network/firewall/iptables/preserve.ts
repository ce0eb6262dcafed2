import type { ResourceAddress } from '../../../../../model/resource-address.ts'
import type { DesiredRules } from '../backend.ts'
import { chainPrefix, networkChain } from '../chain-names.ts'
import { instanceRules } from '../rules.ts'
import { type ChainText, type RulesetText, renderRuleset } from './render.ts'
import { canonicalRule, chainKey, type SavedRules } from './saved-rules.ts'

/**
 * The rules of an instance, with the rules of its `unusable` networks copied from the host, since their records cannot be used. The rules
 * of the other networks stay in their usual order. Pure.
 */
export function withUnreadable(desired: DesiredRules, saved: SavedRules): RulesetText {
  const { instance, ruleset, unusable } = desired
  const present = unusable.filter((address) => saved.has(chainKey('filter', networkChain(instance, address, 'F'))))
  if (present.length === 0) return renderRuleset(ruleset)
  const { chains, jumps } = renderRuleset(ruleset.chains.length > 0 ? ruleset : instanceRules(instance, new Map()))
  const preserved = present.flatMap((network) => chainsOf(instance, network, saved))
  const belongs = belongsTo(instance, preserved, saved)
  const onHost = ({ table, name }: ChainText): readonly string[] =>
    (saved.get(chainKey(table, name)) ?? []).filter(belongs)
  return { chains: [...chains.map((chain) => withRules(chain, onHost(chain))), ...preserved], jumps }
}

/** A predicate for rules in the instance's own chains that jump into preserved chains or name their bridges. */
function belongsTo(instance: string, preserved: readonly ChainText[], saved: SavedRules): (rule: string) => boolean {
  const names = new Set(preserved.map((chain) => chain.name))
  const jumpsThere = (rule: string): boolean => names.has(/ ?-j (\S+)$/.exec(rule)?.[1] ?? '')
  const forward = saved.get(chainKey('filter', `${chainPrefix(instance)}FORWARD`)) ?? []
  const bridges = forward.flatMap((rule) => (jumpsThere(rule) ? (/-o (\S+)/.exec(rule)?.[1] ?? []) : []))
  return (rule) => jumpsThere(rule) || bridges.some((bridge) => rule.split(' ').includes(bridge))
}

function chainsOf(instance: string, network: ResourceAddress, saved: SavedRules): readonly ChainText[] {
  const all = [
    ['filter', 'F'],
    ['nat', 'D'],
    ['nat', 'S'],
  ] as const
  return all.flatMap(([table, letter]) => {
    const name = networkChain(instance, network, letter)
    const rules = saved.get(chainKey(table, name))
    return rules === undefined ? [] : [{ table, name, rules, network }]
  })
}

/** Inserts rules into a chain: drops first, accepts last, jumps into a network before rules that return to other instances. */
function withRules(chain: ChainText, onHost: readonly string[]): ChainText {
  const known = new Set(chain.rules.map(canonicalRule))
  const added = onHost.filter((rule) => !known.has(canonicalRule(rule)))
  const endsIn = (target: string) => (rule: string) => rule.endsWith(`-j ${target}`)
  const [drops, accepts] = [added.filter(endsIn('DROP')), added.filter(endsIn('ACCEPT'))]
  const jumps = added.filter((rule) => !drops.includes(rule) && !accepts.includes(rule))
  const returns = chain.rules.findIndex(endsIn('RETURN'))
  const position = returns < 0 ? chain.rules.length : returns
  return {
    ...chain,
    rules: [...drops, ...chain.rules.slice(0, position), ...jumps, ...chain.rules.slice(position), ...accepts],
  }
}
