/** Edit distance of two words (Levenshtein). */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [i, a] of [...left].entries()) {
    const next = [i + 1]
    for (const [j, b] of [...right].entries())
      next.push(Math.min((next[j] as number) + 1, (row[j + 1] as number) + 1, (row[j] as number) + (a === b ? 0 : 1)))
    row = next
  }
  return row[right.length] as number
}

/** Longer ones are not typed, and comparing them takes long. */
const longestWord = 80
/** So many words of a like length are compared, and so many names are listed: a stack may have thousands. */
const [mostCompared, mostListed] = [1000, 20]

/** How many letters may differ. */
const farthest = (word: string): number => Math.max(1, Math.floor(word.length / 3))

/** The known word that was probably meant, or undefined where none is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined
  const ranked = [...known]
    .filter((one) => one.length <= longestWord && Math.abs(one.length - word.length) <= farthest(one))
    .slice(0, mostCompared)
    .map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) }))
    .sort((left, right) => left.far - right.far || (left.one < right.one ? -1 : 1))
  const best = ranked[0]
  return best && best.far <= farthest(best.one) ? best.one : undefined
}

/** The same text with a full stop, where it does not end a sentence already. */
export const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`)

/** `Known: a, b.`, for a hint; without the one that asks. */
export function knownNames(names: readonly string[], asking?: string): string {
  const others = names.filter((one) => one !== asking)
  const more = others.length > mostListed ? ` and ${others.length - mostListed} more` : ''
  return `Known: ${others.slice(0, mostListed).join(', ') || 'none'}${more}.`
}

/** ` Did you mean "web"?` or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = nearest(word, known)
  return found === undefined ? '' : ` Did you mean "${found}"?`
}
