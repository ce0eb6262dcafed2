import type { Table } from '../rule.ts'
import { hasJump } from './compare.ts'
import type { JumpText, RulesetText } from './render.ts'
import { canonicalRule, chainKey, jumpsInto, type SavedRules } from './saved-rules.ts'

const tables: readonly Table[] = ['raw', 'filter', 'nat']

/** Our rules as they are on the host, in the form of rules to write. */
export function rulesOnHost(saved: SavedRules, prefix: string): RulesetText {
  const found = [...saved].flatMap(([key, rules]) => {
    const [tableName, name = ''] = key.split(' ')
    const table = tables.find((one) => one === tableName)
    return table === undefined ? [] : [{ table, name, rules }]
  })
  return {
    chains: found.filter(({ name }) => name.startsWith(prefix)),
    jumps: found
      .filter(({ name }) => !name.startsWith(prefix))
      .flatMap(({ table, name, rules }) =>
        rules.filter((rule) => jumpsInto(rule, prefix)).map((rule) => ({ table, from: name, rule })),
      ),
  }
}

/** Input of `iptables-restore --noflush` for our rules: complete chains, one commit for each table, in the given order. Pure. */
export const renderRestore = (
  desired: RulesetText,
  saved: SavedRules,
  prefix: string,
  order: readonly Table[],
): string => order.map((table) => restoreTable(table, desired, saved, prefix)).join('')

function restoreTable(table: Table, desired: RulesetText, saved: SavedRules, prefix: string): string {
  const chains = desired.chains.filter((chain) => chain.table === table)
  const names = new Set(chains.map((chain) => chain.name))
  const present = chainsOf(table, saved)
  const stale = present.filter((name) => name.startsWith(prefix) && !names.has(name))
  const others = present.filter((name) => !name.startsWith(prefix))
  const jumps = desired.jumps.filter((jump) => jump.table === table)
  const lines = [
    ...[...names, ...stale].map((name) => `:${name} - [0:0]`),
    ...others.flatMap((chain) => staleJumps(chain, table, jumps, saved, prefix)),
    ...chains.flatMap((chain) => chain.rules.map((rule) => `-A ${chain.name} ${rule}`)),
    ...jumps.filter((jump) => !hasJump(jump, saved)).map((jump) => `-I ${jump.from} 1 ${jump.rule}`),
    ...stale.map((name) => `-X ${name}`),
  ]
  return lines.length === 0 ? '' : `*${table}\n${lines.join('\n')}\nCOMMIT\n`
}

const chainsOf = (table: Table, saved: SavedRules): readonly string[] =>
  [...saved.keys()].flatMap((key) => {
    const [tableName, name = ''] = key.split(' ')
    return tableName === table ? [name] : []
  })

/** Lines that delete jumps into our chains that are no longer desired. The jumps are in chains of others. */
function staleJumps(
  chain: string,
  table: Table,
  jumps: readonly JumpText[],
  saved: SavedRules,
  prefix: string,
): readonly string[] {
  const desired = new Set(jumps.filter((jump) => jump.from === chain).map((jump) => canonicalRule(jump.rule)))
  return (saved.get(chainKey(table, chain)) ?? [])
    .filter((rule) => jumpsInto(rule, prefix) && !desired.has(canonicalRule(rule)))
    .map((rule) => `-D ${chain} ${rule}`)
}
