import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPage, top } from './docs-pages.ts'

/** docs/original.md: every row of the checklist, every bug, and tests that exist. */
const page = readPage('docs/original.md')
const rows = page
  .split('\n')
  .filter((line) => /^\| (S?\d)/.test(line))
  .map((line) => line.slice(2, -2).split(/ ?\| ?/))

/** Numbers of a list such as `S13, S18-S21`. */
const numbersOf = (list: string): readonly number[] =>
  list.split(', ').flatMap((one) => {
    const [first = 0, last = first] = one.split('-').map((end) => Number(end.replace('S', '')))
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })

const range = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1)

interface NamedTest {
  readonly row: string
  readonly file: string
  readonly title: string
}

const tests = rows.flatMap(([row = '', ...cells]): readonly NamedTest[] =>
  (cells.at(-1) ?? '').split('<br>').map((cell) => {
    const [, file = '', title = ''] = /^`([^`]+)`: (.*)$/.exec(cell.trim()) ?? []
    return { row, file, title }
  }),
)

/** The titles of a test file as they are written in it. */
function titlesOf(file: string): readonly string[] {
  const text = readFileSync(join(top, 'test', file), 'utf8')
  return [...text.matchAll(/(?:\bit|\btest|\])?\(\s*(['"`])((?:(?!\1).)+)\1,/g)].map(([, , title = '']) => title)
}

describe('docs/original.md', () => {
  it('has each row of the original once, in a table or among those that are not here yet', () => {
    const listed = rows.flatMap(([row = '']) => (row.startsWith('S') ? numbersOf(row) : []))
    const [, open = ''] = /The Mycelium overlay \(([^)]*)\)/.exec(page.replaceAll('\n', ' ')) ?? []
    const all = [...listed, ...numbersOf(open), 142, 147].sort((left, right) => left - right)
    expect(all).toEqual(range(151))
  })

  it('has each of the 45 bugs once', () => {
    const bugs = rows.flatMap(([row = '']) => (row.startsWith('S') ? [] : numbersOf(row)))
    expect(bugs.toSorted((left, right) => left - right)).toEqual(range(45))
  })

  it.each(tests)('$row has its test: $file: $title', ({ file, title }) => {
    expect(existsSync(join(top, 'test', file)), file).toBe(true)
    expect(titlesOf(file)).toContain(title)
  })
})
