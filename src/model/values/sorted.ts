/** A copy in the order of a key; what has the same key stays in its order. */
export const sortedBy = <T>(list: readonly T[], key: (one: T) => string): readonly T[] =>
  list
    .map((one) => ({ one, key: key(one) }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ one }) => one)
