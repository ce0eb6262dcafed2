import { expect, it } from 'vitest'
import { lineDiff } from '../../src/report/line-diff.ts'
import { makeStyle } from '../../src/report/style.ts'

it('shows changed lines with three lines around them', () => {
  expect(lineDiff('a\nb\nc\nd\ne\nf\ng', 'a\nb\nc\nd\ne\nX\ng', makeStyle(false))).toBe(
    '...\n  c\n  d\n  e\n- f\n+ X\n  g',
  )
  expect(lineDiff('a\nb\nc', 'b\nc\na', makeStyle(false))).toBe('- a\n  b\n  c\n+ a')
})
