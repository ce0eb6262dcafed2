/** A number with its noun: `1 stack`, `2 stacks`. Pure. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/**
 * The first `most` texts and the number of the others: `a, b, c and 4 more`. A single text more is named, because that takes no more room
 * than its number. Pure.
 */
export function someOf(texts: readonly string[], most: number, separator = ', '): string {
  if (texts.length <= most + 1) return texts.join(separator)
  const end = separator === ', ' ? ' ' : separator
  return `${texts.slice(0, most).join(separator)}${end}and ${texts.length - most} more`
}
