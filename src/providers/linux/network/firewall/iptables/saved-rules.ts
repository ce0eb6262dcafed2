import type { Family } from '../../../../../model/ip/prefix.ts'
import type { ReadContext } from '../../../../provider.ts'

/** Rules in the format of `iptables-save`, by `table chain`, in order, without the `-A CHAIN`. */
export type SavedRules = ReadonlyMap<string, readonly string[]>

export const chainKey = (table: string, chain: string): string => `${table} ${chain}`

/** Programs that read and write the rules of a family. */
export const programs: Readonly<Record<Family, { readonly save: string; readonly restore: string }>> = {
  ipv4: { save: 'iptables-save', restore: 'iptables-restore' },
  ipv6: { save: 'ip6tables-save', restore: 'ip6tables-restore' },
}

export const readSavedRules = (read: ReadContext, family: Family): Promise<SavedRules> =>
  read.once(programs[family].save, async () => {
    const { stdout } = await read.host.query({ program: programs[family].save, args: [] })
    return parseSaved(stdout)
  })

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

/** A quoted word, for example a comment. It can hold any text. */
const quoted = /"(?:[^"\\]|\\.)*"/g

/** The rule with its quoted words replaced by `""`. */
export const unquoted = (rule: string): string => rule.replace(quoted, '""')

/** True if the rule jumps into a chain whose name starts with `prefix`. */
export const jumpsInto = (rule: string, prefix: string): boolean => ` ${unquoted(rule)}`.includes(` -j ${prefix}`)

/** The options of a rule, sorted. iptables reorders options, so two rules are equal if their sorted options are. */
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
