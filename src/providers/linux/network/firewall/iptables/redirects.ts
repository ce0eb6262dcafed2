import type { Redirect } from '../redirects.ts'
import { type SavedRules, unquoted } from './saved-rules.ts'

/** Rules in the nat table that translate destinations, except in chains with this prefix. Pure. */
export const redirectsOf = (saved: SavedRules, except: string): readonly Redirect[] =>
  [...saved]
    .filter(([key]) => key.startsWith('nat ') && !key.includes(except))
    .flatMap(([key, rules]) => rules.flatMap((rule) => parseRedirect(key.slice('nat '.length), rule) ?? []))

/**
 * Parses a rule with the target DNAT; undefined: it has another target or no port. A destination that is not a single address counts as any
 * address.
 */
export function parseRedirect(chain: string, saved: string): Redirect | undefined {
  const rule = unquoted(saved)
  const protocol = /-p (\S+) /.exec(rule)?.[1]
  if (!rule.includes('-j DNAT ') || protocol === undefined) return undefined
  const [, except, list] = /(! )?--dports? ([\d:,]+)/.exec(rule) ?? []
  if (except !== undefined || list === undefined) return undefined
  const [, not, destination] = /(?:^| )(! )?-d ([\d.]+)\/32 /.exec(rule) ?? []
  return {
    chain,
    protocol,
    destination: not === undefined ? destination : undefined,
    ports: list.split(',').map(parsePorts),
    target: /--to-destination ([\d.]+)/.exec(rule)?.[1],
  }
}

function parsePorts(text: string): Redirect['ports'][number] {
  const [from = 0, to = from] = text.split(':').map(Number)
  return { from, to }
}
