import { containsToken, tokenParts } from '../tokens.ts'

/** Characters that need no quotes in a shell. */
const plain = /^[\w@%+=:,./~-]+$/

/** A command as a shell would read it: `sh -c 'echo a && b'`. Pure. */
export const quoted = (words: readonly string[]): string => words.map(quotedWord).join(' ')

function quotedWord(word: string): string {
  const visible = containsToken(word)
    ? tokenParts(word)
        .map((part) => (part.type === 'text' ? part.text : 'x'))
        .join('')
    : word
  return plain.test(visible) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
