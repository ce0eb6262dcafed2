const collator = new Intl.Collator('en', { numeric: true })

/**
 * Compares texts with their numbers as numbers: `web.2` comes before `web.10`. Texts that differ only in other ways (`a1`, `a01`) are
 * compared by their characters, so that only the same text gives 0. Pure.
 */
export const compareNatural = (left: string, right: string): number =>
  collator.compare(left, right) || (left === right ? 0 : left < right ? -1 : 1)
