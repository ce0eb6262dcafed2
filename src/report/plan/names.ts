import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { someOf } from '../../model/values/count.ts'
import { groupBy } from '../../model/values/group-by.ts'
import { visibleLine } from '../../model/values/visible.ts'

/** Names of one list that have no numbers in common. Of the others only their number is shown. */
const maxNames = 12

/** A name such as `app.2` or `web-07` as its stem and its number. */
function numbered(name: string): { readonly stem: string; readonly number: number } | undefined {
  const [, stem = '', digits = ''] = /^(.*\D|)(0|[1-9]\d{0,8})$/.exec(name) ?? []
  return digits === '' ? undefined : { stem, number: Number(digits) }
}

/** The key in the stack file of a replica: `app` for `app.2`. Pure. */
export const withoutReplica = (name: string): string => name.replace(/\.\d+$/, '')

/** Names in short: `app.1-3`, `db, web`, or `a, b, c ... and 6 more`. `most`: the names that are shown. Pure. */
export function shortNames(names: readonly string[], most = maxNames): string {
  // A name without a number is its own stem, apart from the same stem with numbers.
  const groups = groupBy(names, (name) => numbered(name)?.stem ?? `${name}/`)
  const all = [...groups.values()].map((some) => visibleLine(shortGroup(some)))
  return someOf(all, most)
}

/** Names with one stem: `app.1-3`; or one name without a number. */
function shortGroup(names: readonly string[]): string {
  const found = names.flatMap((name) => numbered(name) ?? [])
  const [first] = found
  return first === undefined ? (names[0] ?? '') : `${first.stem}${ranges(found.map(({ number }) => number))}`
}

/** Numbers in short: `1-3,5`. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of [...new Set(numbers)].sort((left, right) => left - right)) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/** Addresses of one stack and kind in short: `shop/container/app.1-3`. Pure. */
export function shortAddresses(addresses: readonly ResourceAddress[]): string {
  const [first = ''] = addresses
  const { stack, kind } = parseResourceAddress(first)
  return `${visibleLine(`${stack}/${kind}`)}/${shortNames(addresses.map((one) => parseResourceAddress(one).name))}`
}
