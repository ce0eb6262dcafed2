import type { RuleDrift } from '../backend.ts'
import type { ChainText, JumpText, RulesetText } from './render.ts'
import { canonicalRule, chainKey, jumpsInto, type SavedRules } from './saved-rules.ts'

/** All differences between desired rules and those of the host. Pure. */
export const compareRules = ({ chains, jumps }: RulesetText, saved: SavedRules): readonly RuleDrift[] => [
  ...chains.flatMap((chain): readonly RuleDrift[] => {
    const text = chainDrift(chain, saved)
    return text === undefined ? [] : [{ network: chain.network, text }]
  }),
  ...jumps
    .filter((jump) => !hasJump(jump, saved))
    .map((jump) => ({ network: undefined, text: `jump missing: ${jump.table} ${jump.from}` })),
]

/** Drift of a chain, as text; undefined: none. */
export function chainDrift(chain: ChainText, saved: SavedRules): string | undefined {
  const found = saved.get(chainKey(chain.table, chain.name))
  if (found === undefined) return `chain missing: ${chain.table} ${chain.name}`
  const [expected, present] = [chain.rules.map(canonicalRule), found.map(canonicalRule)]
  if (expected.length === present.length && expected.every((rule, position) => rule === present[position]))
    return undefined
  if (found.length === 0) return `chain empty: ${chain.table} ${chain.name}`
  const missing = firstWithout(chain.rules, new Set(present))
  const extra = firstWithout(found, new Set(expected))
  if (missing !== undefined) return `rule missing: ${chain.table} ${missing}`
  if (extra !== undefined) return `rule ${authorOf(extra, chain)}: ${chain.table} ${extra}`
  return `rules out of order: ${chain.table} ${chain.name}`
}

const firstWithout = (rules: readonly string[], known: ReadonlySet<string>): string | undefined =>
  rules.find((rule) => !known.has(canonicalRule(rule)))

/** Author of an unexpected rule, as text. A jump into a chain of the same instance is left from an interrupted removal of a network. */
function authorOf(rule: string, { name }: ChainText): string {
  const [own] = /^HEROPODS-[^-]+-/.exec(name) ?? []
  return own !== undefined && jumpsInto(rule, own) ? 'left over from a removed network' : 'added by someone else'
}

export const hasJump = (jump: JumpText, saved: SavedRules): boolean =>
  (saved.get(chainKey(jump.table, jump.from)) ?? []).some((rule) => canonicalRule(rule) === canonicalRule(jump.rule))
