import { someOf } from '../../model/values/count.ts' /** Edit distance of two words; two neighbouring letters that are exchanged count as one edit (optimal string alignment). */
export function distance(left: string, right: string): number {
  const [from, to] = [[...left], [...right]]
  let before: readonly number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, a] of from.entries()) {
    const next = [i + 1]
    for (const [j, b] of to.entries()) {
      const [deleted = 0, inserted = 0, kept = 0] = [next[j], row[j + 1], row[j]]
      const isExchanged = i > 0 && j > 0 && a === to[j - 1] && b === from[i - 1]
      const exchanged = isExchanged ? (before[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(deleted + 1, inserted + 1, kept + (a === b ? 0 : 1), exchanged))
    }
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}

/** Longer words are not compared: no user types them, and the comparison is slow. */
const maxWordCharacters = 80
/** The most words that are compared, and the most names that are listed: a stack may have thousands. */
const [maxCompared, maxListed] = [1000, 20]

/** The most letters in which a similar word may differ. */
const farthest = (word: string): number => Math.max(1, Math.floor(word.length / 3))

/** The most similar known word; undefined: none is similar. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > maxWordCharacters) return undefined
  const ranked = [...known]
    .filter((one) => one.length <= maxWordCharacters && Math.abs(one.length - word.length) <= farthest(one))
    .slice(0, maxCompared)
    .map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) }))
    .sort((left, right) => left.far - right.far || (left.one < right.one ? -1 : 1))
  const best = ranked[0]
  return best && best.far <= farthest(best.one) ? best.one : undefined
}

/** Adds a full stop if the text has no end of a sentence. */
export const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`)

/** `Known: a, b.`, for a hint; without the name `asking`. */
export function knownNames(names: readonly string[], asking?: string): string {
  const others = names.filter((one) => one !== asking)
  return `Known: ${someOf(others, maxListed) || 'none'}.`
}

/** ` Did you mean "web"?` or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = nearest(word, known)
  return found === undefined ? '' : ` Did you mean "${found}"?`
}
