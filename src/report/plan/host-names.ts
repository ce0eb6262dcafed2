import type { Change } from '../../model/change.ts'
import { type MemberChange, memberChangesText } from './member-text.ts'

type Hosts = ReadonlyMap<string, string>

/**
 * Names that the hosts files of a network's members gain, lose, or have with another address, in one line: `- edge; ~ db 10.20.0.7`.
 * Empty if no name changes, as where two containers share one file from now on. Pure.
 */
export function hostNamesText(changes: readonly Change[]): string {
  const ofHosts = changes.filter(({ path }) => /^\/hosts(\/|$)/.test(path))
  const before = namesIn(ofHosts.map((one) => one.before))
  const after = namesIn(ofHosts.map((one) => one.after))
  return memberChangesText(
    [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => change(name, before, after)),
  )
}

function change(name: string, before: Hosts, after: Hosts): readonly MemberChange[] {
  const [old, now] = [before.get(name), after.get(name)]
  if (now === undefined) return [{ sign: '-', name, text: '' }]
  if (old === now) return []
  return [{ sign: old === undefined ? '+' : '~', name, text: now }]
}

/** The first name of each line of hosts(5), with its address. A value is the content of one file, or of several by their keys. */
function namesIn(values: readonly unknown[]): Hosts {
  const contents = values.flatMap((value) =>
    typeof value === 'object' && value !== null ? Object.values(value) : [value],
  )
  const lines = contents.flatMap((text) => (typeof text === 'string' ? text.split('\n') : []))
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [ip = '', names = ''] = line.split('\t')
      const [name = ''] = names.split(' ')
      return name === '' || isFixed.test(name) ? [] : [[name, ip]]
    }),
  )
}

/** Names that every hosts file has. */
const isFixed = /^(localhost|ip6-.*)$/
