import {
  canonicalRule,
  chainKey,
  type SavedRules,
} from '../../../../src/providers/linux/network/firewall/iptables/saved-rules.ts'

/** The rules that iptables would have after this input of `iptables-restore --noflush`. Throws where iptables would refuse it. */
export function afterRestore(saved: SavedRules, input: string): SavedRules {
  const chains = new Map([...saved].map(([key, rules]) => [key, [...rules]]))
  let table = ''
  for (const line of input.split('\n').filter((one) => one !== '' && one !== 'COMMIT')) {
    const [word = '', name = '', ...rest] = line.split(' ')
    if (word.startsWith('*')) table = word.slice(1)
    else if (word.startsWith(':')) chains.set(chainKey(table, word.slice(1)), [])
    else edit(chains, { table, word, name, rule: rest.join(' ') })
  }
  return chains
}

interface Line {
  readonly table: string
  readonly word: string
  readonly name: string
  readonly rule: string
}

function edit(chains: Map<string, string[]>, { table, word, name, rule }: Line): void {
  const key = chainKey(table, name)
  const rules = chains.get(key)
  if (rules === undefined) throw new Error(`no chain ${key}`)
  if (word === '-A') rules.push(rule)
  else if (word === '-I') rules.splice(0, 0, rule.replace(/^1 /, ''))
  else if (word === '-D') {
    const place = rules.findIndex((one) => canonicalRule(one) === canonicalRule(rule))
    if (place < 0) throw new Error(`no rule ${rule} in ${key}`)
    rules.splice(place, 1)
  } else if (word === '-X') {
    const leads = [...chains].some(
      ([at, all]) => at.startsWith(`${table} `) && all.some((one) => one.endsWith(`-j ${name}`)),
    )
    if (rules.length > 0 || leads) throw new Error(`${key} is in use`)
    chains.delete(key)
  } else throw new Error(`no word of iptables-restore: ${word}`)
}

/** These rules as iptables-save prints them. */
export function savedText(saved: SavedRules): string {
  const tables = [...new Set([...saved.keys()].map((key) => key.split(' ')[0] ?? ''))]
  return tables
    .map((table) => {
      const own = [...saved]
        .filter(([key]) => key.startsWith(`${table} `))
        .map(([key, rules]) => [key.slice(table.length + 1), rules] as const)
      return [
        `*${table}`,
        ...own.map(([name]) => `:${name} - [0:0]`),
        ...own.flatMap(([name, rules]) => rules.map((rule) => `-A ${name} ${rule}`)),
        'COMMIT\n',
      ].join('\n')
    })
    .join('')
}
