/** A copy sorted by a key. The sort is stable. */
export const sortedBy = <T>(list: readonly T[], key: (one: T) => string): readonly T[] =>
  list
    .map((one) => ({ one, key: key(one) }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ one }) => one)
const collator = new Intl.Collator('en', { numeric: true })

/**
 * Compares texts with their numbers as numbers: `web.2` comes before `web.10`. Texts that differ only in other ways (`a1`, `a01`) are
 * compared by their characters, so that only the same text gives 0. Pure.
 */
export const compareNatural = (left: string, right: string): number =>
  collator.compare(left, right) || (left === right ? 0 : left < right ? -1 : 1)
