import { describe, expect, it } from 'vitest'
import { HeroPodsError } from '../../src/model/errors.ts'
import { parseText } from '../../src/stack/read/document.ts'

async function problemOf(text: string): Promise<string> {
  const error: unknown = await parseText('a.yaml', text).catch((raised: unknown) => raised)
  const first = error instanceof HeroPodsError ? error.diagnostics[0] : undefined
  return `${first?.place?.line}: ${first?.message} ${first?.hint}`
}

describe('an error of the YAML parser', () => {
  it.each<readonly [what: string, text: string, expected: string]>([
    ['an open bracket', 'a: [1, 2\nb: 3\n', '1: This `[` is not closed'],
    ['an open brace some lines before', 'c: 1\na: { x: [3],\n\n\nb: 3\n', '2: This `{` is not closed'],
    ['an open bracket around a closed one', 'a: [\n  [1]', '1: This `[` is not closed'],
    ['an open brace', 'a: {x: 1\n', 'Close it with `}`'],
    ['an open double quote', 'a: "x\nb: 3\n', 'A string in double quotes is not closed. Add the closing ".'],
    ['an open single quote', "a: 'x\nb: 3\n", "A string in single quotes is not closed. Add the closing '."],
    ['a tab', 'a:\n\tb: 1\n', '2: This line is indented with a tab. Indent with spaces.'],
    ['a colon in a text', 'a: echo b: c\n', '1: `: ` inside an unquoted string starts a map. Quote the value.'],
    ['a line that is indented further', 'a: x\n b: 2\n', 'The indentation of the lines here is wrong'],
    ['a line that is not aligned', 'x: 1\n  y: 2\n', 'Align it with its siblings.'],
    ['a colon in a list in brackets', 'a: [a b: c d: e]\n', '`: ` inside an unquoted string in `[ ]`'],
    ['a reserved character', 'a: @x\n', '1: An unquoted string cannot start with `@`. Quote the value.'],
    ['an escape', 'a: "\\q"\n', '1: `\\q` is not an escape sequence of a string in double quotes.'],
    ['a bracket too many', 'a: [1]]\n', '1: This `]` has no opening bracket. Remove it, or add the `[` before it.'],
    ['text after a quoted text', 'a: "x" y\n', '1: A complete value is followed by more text.'],
    ['a missing colon', 'a\nb: 1\n', '1: A key must be on one line: a `:` is missing here'],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', '3: The key `a` occurs twice in the same map, first in line 1.'],
    ['a merge key twice', 'a: &a {}\nb:\n  <<: *a\n  <<: *a\n', 'Write one key with a list: `<<: [*FIRST, *SECOND]`.'],
  ])('%s', async (_, text, expected) => expect(await problemOf(text)).toContain(expected))
})
