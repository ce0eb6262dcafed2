import { distance } from '../../../stack/check/suggest.ts'

/** From this length on a word may differ from the known one in two letters. */
const longWord = 5

/** The fewest letters of a word that is the start of a known one. */
const shortestStart = 3

/**
 * The known word of which `typed` is a typing error; undefined: there is none. The first letter must be the same and at most two letters
 * may differ, one in a short word: `sto` is `stop`, but `show` is not. A word that only one known word starts with is that one: `statu` is
 * `status`.
 */
export function typoOf(typed: string, known: readonly string[]): string | undefined {
  const starting = known.filter((one) => one.startsWith(typed))
  if (typed.replace(/^-*/, '').length >= shortestStart && starting.length === 1) return starting[0]
  const most = typed.length < longWord ? 1 : 2
  const ranked = known
    .filter(
      (one) => one.replace(/^-*/, '')[0] === typed.replace(/^-*/, '')[0] && Math.abs(one.length - typed.length) <= most,
    )
    .map((one) => ({ one, far: distance(typed, one) }))
    .sort((left, right) => left.far - right.far)
  const [best] = ranked
  return best !== undefined && best.far <= most ? best.one : undefined
}
