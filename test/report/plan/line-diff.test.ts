import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineDiff } from '../../../src/report/plan/line-diff.ts'

const shown = (before: string, after: string): string =>
  lineDiff(before, after)
    .map(({ sign, text }) => sign + text)
    .join('\n')

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 })
  .map((lines) => lines.map((one) => `${one}\n`).join(''))

describe('a diff of lines', () => {
  it('shows two lines around a change', () => {
    expect(shown('1\n2\n3\n4\n5\n6\n', '1\n2\n3\nfour\n5\n6\n')).toBe('@line 2\n 2\n 3\n-4\n+four\n 5\n 6')
  })

  it('shows the beginning and the end of an empty text', () => {
    expect(shown('', 'a\n')).toBe('@line 1\n+a')
    expect(shown('a\n', '')).toBe('@line 1\n-a')
    expect(shown('same\n', 'same\n')).toBe('')
  })

  it('contains all removed and added lines of short texts', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const rows = lineDiff(before, after)
        const counts = (text: string): Map<string, number> => {
          const found = new Map<string, number>()
          for (const line of text.split('\n').slice(0, -1)) found.set(line, (found.get(line) ?? 0) + 1)
          return found
        }
        const [old, now] = [counts(before), counts(after)]
        for (const line of ['a', 'b', 'c', '']) {
          const count = (sign: string): number => rows.filter((row) => row.sign === sign && row.text === line).length
          expect(count('+') - count('-')).toBe((now.get(line) ?? 0) - (old.get(line) ?? 0))
        }
      }),
    )
  })

  it('is bounded', () => {
    const many = (word: string): string => Array.from({ length: 5000 }, (_, index) => `${word} ${index}\n`).join('')
    const rows = lineDiff(many('old'), many('new'))
    expect(rows.length).toBe(25)
    expect(rows.at(-1)).toEqual({ sign: '@', text: '9977 more lines' })
  })
})
