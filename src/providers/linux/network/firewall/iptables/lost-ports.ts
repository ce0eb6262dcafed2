import type { LostPort } from '../../../../../model/kinds/network.ts'
import type { Rule, Ruleset } from '../rule.ts'
import { builtIn, renderRule } from './render.ts'
import { canonicalRule, chainKey, type SavedRules } from './saved-rules.ts'

/** Published ports that do not lead to their containers, because rules of theirs are missing on the host. Pure. */
export function lostPorts({ chains, jumps }: Ruleset, saved: SavedRules): readonly LostPort[] {
  const isLost = (key: string, rule: Rule): boolean => !(saved.get(key) ?? []).some(isSame(rule))
  const everywhere = chains
    // An empty filter blocks nothing.
    .filter(({ table, name }) => table === 'nat' || (saved.get(chainKey(table, name)) ?? []).length > 0)
    .flatMap(({ table, name, rules }) => rules.filter((rule) => isLost(chainKey(table, name), rule)))
    .flatMap(({ publishes = [] }) => publishes)
  const partly = jumps.flatMap(({ table, hook, rule }): readonly LostPort[] => {
    const from = hook === 'output' ? 'this host' : 'other hosts'
    if (!isLost(chainKey(table, builtIn[hook]), rule)) return []
    return (rule.publishes ?? [])
      .filter((port) => from === 'this host' || !isOnLoopback(port))
      .map((port) => ({ ...port, from }))
  })
  return merged([...everywhere, ...partly])
}

const isSame = (rule: Rule): ((saved: string) => boolean) => {
  const wanted = canonicalRule(renderRule(rule))
  return (saved) => canonicalRule(saved) === wanted
}

const isOnLoopback = ({ port }: LostPort): boolean => port.host_ip.startsWith('127.')

/** Each port once. One that is lost from both sides, or on a loopback address from this host, is lost everywhere. */
function merged(all: readonly LostPort[]): readonly LostPort[] {
  const byPort = new Map<string, LostPort>()
  for (const one of all) {
    const { container, port } = one
    const key = `${container} ${port.protocol} ${port.host_ip} ${port.published}`
    const known = byPort.get(key)
    const isEverywhere = known !== undefined && known.from !== one.from
    byPort.set(key, isEverywhere || isOnLoopback(one) ? { container, port } : (known ?? one))
  }
  return [...byPort.values()]
}
