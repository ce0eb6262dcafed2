import type { PublishedPort } from '../../../../model/kinds/network.ts'
import type { ReadContext } from '../../../provider.ts'
import { type Chain, type Jump, type Ruleset, type Table, tables } from './rules.ts'

/** What `iptables-save` tells: the rules of every chain by `table chain`, in order, without the `-A CHAIN`. */
export type SavedRules = ReadonlyMap<string, readonly string[]>

export const chainKey = (table: string, chain: string): string => `${table} ${chain}`

export const readRules = (read: ReadContext): Promise<SavedRules> =>
  read.once('iptables', async () => parseSaved((await read.host.query({ program: 'iptables-save', args: [] })).stdout))

export function parseSaved(text: string): SavedRules {
  const chains = new Map<string, string[]>()
  let table = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1).trim()
    else if (line.startsWith(':')) chains.set(chainKey(table, line.slice(1).split(' ')[0] ?? ''), [])
    else if (line.startsWith('-A ')) {
      const [, chain = '', ...rest] = line.split(' ')
      chains.get(chainKey(table, chain))?.push(rest.join(' '))
    }
  }
  return chains
}

/** Words in quotes, as comments are: they hold anything. */
const quoted = /"(?:[^"\\]|\\.)*"/g

/** Whether a rule jumps into a chain whose name begins so. */
const jumpsInto = (rule: string, prefix: string): boolean => ` ${rule.replace(quoted, '""')}`.includes(` -j ${prefix}`)

/** iptables reorders the arguments of a rule as it likes: two rules are the same when their options are, in any order. */
export function canonicalRule(rule: string): string {
  const words = rule.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []
  const options: string[] = []
  for (const word of words) {
    const last = options.length - 1
    if (word.startsWith('-') && options[last] !== '!') options.push(word)
    else if (word === '!' || last < 0) options.push(word)
    else options[last] = `${options[last]} ${word}`
  }
  return options.sort().join(' ')
}

const sameRules = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length &&
  left.every((rule, index) => canonicalRule(rule) === canonicalRule(right[index] as string))

/** How a chain differs from what it should be, in words; undefined: it does not. */
export function chainDrift(chain: Chain, saved: SavedRules): string | undefined {
  const found = saved.get(chainKey(chain.table, chain.name))
  if (found === undefined) return `chain missing: ${chain.table} ${chain.name}`
  if (sameRules(chain.rules, found)) return undefined
  if (found.length === 0) return `chain flushed: ${chain.table} ${chain.name}`
  const present = new Set(found.map(canonicalRule))
  const wanted = new Set(chain.rules.map(canonicalRule))
  const missing = chain.rules.filter((rule) => !present.has(canonicalRule(rule)))
  const extra = found.filter((rule) => !wanted.has(canonicalRule(rule)))
  if (missing.length > 0) return `rule missing: ${chain.table} ${missing[0]}`
  if (extra[0] !== undefined) return `rule ${whoseRule(extra[0], chain)}: ${chain.table} ${extra[0]}`
  return `rules out of order: ${chain.table} ${chain.name}`
}

/** A rule into a chain of the same instance is what an ended run has left of a network that has gone. */
function whoseRule(rule: string, { name }: Chain): string {
  const [own] = /^HEROPODS-[^-]+-/.exec(name) ?? []
  return own !== undefined && jumpsInto(rule, own) ? 'left of a network that has gone' : 'added by someone else'
}

export const hasJump = (jump: Jump, saved: SavedRules): boolean =>
  (saved.get(chainKey(jump.table, jump.from)) ?? []).some((rule) => canonicalRule(rule) === canonicalRule(jump.rule))

/** Whether a rule translates what comes in on a published port. Pure. */
export function translates(saved: string, { host_ip, published, protocol }: PublishedPort): boolean {
  const rule = saved.replace(quoted, '""')
  if (!rule.includes('-j DNAT ') || !rule.includes(`-p ${protocol} `)) return false
  const [, not, ip] = /(?:^| )(! )?-d ([\d.]+)\/32 /.exec(rule) ?? []
  if (ip !== undefined && not === undefined && ip !== host_ip && host_ip !== '0.0.0.0') return false
  const [, except, list = ''] = /(! )?--dports? ([\d:,]+)/.exec(rule) ?? []
  if (except !== undefined) return false
  const ports = list.split(',')
  return ports.some((text) => {
    const [from = 0, to = from] = text.split(':').map(Number)
    return from <= published && published <= to
  })
}

/** Our rules as they are now, as something that can be wanted: to put back what a failing batch has changed. Pure. */
export function standingRules(saved: SavedRules, prefix: string): Ruleset {
  const found = [...saved].flatMap(([key, rules]) => {
    const [at, name = ''] = key.split(' ')
    const table = tables.find((one) => one === at)
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

/** The input of `iptables-restore --noflush` that makes ours what it should be: whole chains, one commit a table, in the given order. */
export function renderRestore(wanted: Ruleset, saved: SavedRules, prefix: string, order: readonly Table[]): string {
  return order.map((table) => restoreTable(table, wanted, saved, prefix)).join('')
}

function restoreTable(table: Table, wanted: Ruleset, saved: SavedRules, prefix: string): string {
  const chains = wanted.chains.filter((chain) => chain.table === table)
  const names = new Set(chains.map((chain) => chain.name))
  const [stale, builtIn] = [[] as string[], [] as string[]]
  for (const key of saved.keys()) {
    const [at = '', name = ''] = key.split(' ')
    if (at !== table) continue
    if (name.startsWith(prefix)) !names.has(name) && stale.push(name)
    else builtIn.push(name)
  }
  const jumps = wanted.jumps.filter((jump) => jump.table === table)
  const dropped = builtIn.flatMap((chain) => staleJumps(chain, table, jumps, saved, prefix))
  const added = jumps.filter((jump) => !hasJump(jump, saved)).map((jump) => `-I ${jump.from} 1 ${jump.rule}`)
  const lines = [
    ...[...names, ...stale].map((name) => `:${name} - [0:0]`),
    ...dropped,
    ...chains.flatMap((chain) => chain.rules.map((rule) => `-A ${chain.name} ${rule}`)),
    ...added,
    ...stale.map((name) => `-X ${name}`),
  ]
  return lines.length === 0 ? '' : `*${table}\n${lines.join('\n')}\nCOMMIT\n`
}

/** Jumps into our chains from elsewhere that we no longer want. */
function staleJumps(chain: string, table: Table, jumps: readonly Jump[], saved: SavedRules, prefix: string): string[] {
  const kept = new Set(jumps.filter((jump) => jump.from === chain).map((jump) => canonicalRule(jump.rule)))
  return (saved.get(chainKey(table, chain)) ?? [])
    .filter((rule) => jumpsInto(rule, prefix) && !kept.has(canonicalRule(rule)))
    .map((rule) => `-D ${chain} ${rule}`)
}
