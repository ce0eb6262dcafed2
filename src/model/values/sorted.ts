/** A copy sorted by a key. The sort is stable. */
export const sortedBy = <T>(list: readonly T[], key: (one: T) => string): readonly T[] =>
  list
    .map((one) => ({ one, key: key(one) }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ one }) => one)
