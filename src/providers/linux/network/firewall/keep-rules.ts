import type { Address } from '../../../../model/address.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import { canonicalRule, chainKey, type SavedRules } from './parse-rules.ts'
import { type Chain, chainPrefix, networkChain, type Ruleset, renderAll, renderRules } from './rules.ts'

/**
 * The rules of an instance some of whose networks have records that cannot be read: theirs stay as they are on the host, until their
 * records are made anew. What others' applies write around them keeps its order. Pure.
 */
export function rulesKeeping(
  instance: string,
  networks: ReadonlyMap<Address, NetworkSpec>,
  unreadable: readonly Address[],
  saved: SavedRules,
): Ruleset {
  const standing = unreadable.filter((at) => saved.has(chainKey('filter', networkChain(instance, at, 'F'))))
  if (standing.length === 0) return renderRules(instance, networks)
  const { chains, jumps } = renderAll(instance, networks)
  const own = standing.flatMap((network) => chainsOf(instance, network, saved))
  const names = new Set(own.map((chain) => chain.name))
  const leadsThere = (rule: string): boolean => names.has(/ ?-j (\S+)$/.exec(rule)?.[1] ?? '')
  const forward = saved.get(chainKey('filter', `${chainPrefix(instance)}FORWARD`)) ?? []
  const bridges = forward.flatMap((rule) => (leadsThere(rule) ? (/-o (\S+)/.exec(rule)?.[1] ?? []) : []))
  const isTheirs = (rule: string): boolean =>
    leadsThere(rule) || bridges.some((bridge) => rule.split(' ').includes(bridge))
  return {
    chains: [
      ...chains.map((chain) => ({
        ...chain,
        rules: merged(chain.rules, (saved.get(chainKey(chain.table, chain.name)) ?? []).filter(isTheirs)),
      })),
      ...own,
    ],
    jumps,
  }
}

function chainsOf(instance: string, network: Address, saved: SavedRules): readonly Chain[] {
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

/** What drops stands before all else, what accepts behind all else, and what leads to a network before what is left to other instances. */
function merged(wanted: readonly string[], kept: readonly string[]): readonly string[] {
  const known = new Set(wanted.map(canonicalRule))
  const added = kept.filter((rule) => !known.has(canonicalRule(rule)))
  const ends = (target: string) => (rule: string) => rule.endsWith(`-j ${target}`)
  const [drops, accepts] = [added.filter(ends('DROP')), added.filter(ends('ACCEPT'))]
  const jumps = added.filter((rule) => !drops.includes(rule) && !accepts.includes(rule))
  const returns = wanted.findIndex(ends('RETURN'))
  const at = returns < 0 ? wanted.length : returns
  return [...drops, ...wanted.slice(0, at), ...jumps, ...wanted.slice(at), ...accepts]
}
