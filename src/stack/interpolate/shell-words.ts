/**
 * Splits a line into words as a POSIX shell does, with quotes and backslashes but without expansion. Throws an Error for an open
 * quote.
 */
export function shellWords(line: string): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let position = 0; position < line.length; position += 1) {
    const sign = line.charAt(position)
    if (quote === "'" || (quote === '"' && sign !== '\\')) {
      if (sign === quote) quote = ''
      else word = (word ?? '') + sign
    } else if (sign === '\\') {
      position += 1
      const next = line[position] ?? ''
      // Inside double quotes a backslash only escapes these.
      word = (word ?? '') + (quote === '"' && !'"\\$`\n'.includes(next) ? `\\${next}` : next)
    } else if (sign === "'" || sign === '"') {
      quote = sign
      word ??= ''
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + sign
  }
  if (quote !== '') throw new Error(`the quote ${quote} is not closed`)
  return word === undefined ? words : [...words, word]
}
