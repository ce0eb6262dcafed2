import { parseResourceAddress } from '../../model/resource-address.ts'
import { groupBy } from '../../model/values/group-by.ts'
import type { Entry } from './entries.ts'
import { type Line, textOf } from './lines.ts'
import { withoutReplica } from './names.ts'

/** Objects with equal changes, in the order of the plan. */
export interface Group {
  readonly first: Entry
  readonly entries: readonly Entry[]
}

/** From this number on, equal objects that are not replicas of one container are one group too. */
const manyEqual = 4

/**
 * Groups objects whose lines are equal: replicas of one container, and many equal objects of one kind and stack. `linesOf` returns the
 * lines without addresses. A group has the place of its first object. Pure.
 */
export function groupEntries(entries: readonly Entry[], linesOf: (entry: Entry) => readonly Line[]): readonly Group[] {
  const indexes = new Map(entries.map((entry, index) => [entry, index]))
  const place = ({ first }: Group): number => indexes.get(first) ?? 0
  const equal = groupBy(entries, (entry) => `${objectOf(entry)}\n${linesOf(entry).map(textOf).join('\n')}`)
  return [...equal.values()]
    .flatMap((some) => (some.length >= manyEqual ? [some] : [...groupBy(some, replicasOf).values()]))
    .flatMap((some): Group[] => (some[0] === undefined ? [] : [{ first: some[0], entries: some }]))
    .sort((left, right) => place(left) - place(right))
}

const objectOf = ({ effect, step, reason }: Entry): string => {
  const { stack, kind } = parseResourceAddress(step.address)
  return `${effect} ${stack}/${kind} ${reason ?? ''}`
}

const replicasOf = ({ step }: Entry): string => withoutReplica(step.address)
