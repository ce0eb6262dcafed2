import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from '../../../src/report/plan/layout.ts'
import { line, span } from '../../../src/report/plan/lines.ts'
import { makeStyle } from '../../../src/report/style.ts'

const plain = makeStyle(false)
const text = 'one two three four five six seven'

describe('the layout of lines', () => {
  it('leaves lines as they are without a width', () => {
    expect(layOut([line(2, text)], plain, undefined)).toBe(`  ${text}`)
  })

  it('wraps between words with a hanging indent', () => {
    expect(layOut([line(2, text)], plain, 20)).toBe('  one two three four\n    five six seven')
    expect(layOut([{ ...line(2, text), hang: 8 }], plain, 20)).toBe(
      '  one two three four\n        five six\n        seven',
    )
  })

  it('has a small indent where the wanted one takes half of the terminal', () => {
    expect(layOut([{ ...line(2, text), hang: 15 }], plain, 20)).toBe('  one two three four\n      five six seven')
  })

  it('cuts a word that is longer than a line', () => {
    expect(layOut([line(0, 'x'.repeat(45))], plain, 20)).toBe(
      `${'x'.repeat(18)}\n  ${'x'.repeat(18)}\n  ${'x'.repeat(9)}`,
    )
  })

  it('colours each piece of a wrapped line', () => {
    const rows = layOut([line(0, span('red words that are wrapped', 'removed'), ' end')], makeStyle(true), 20).split(
      '\n',
    )
    expect(rows).toEqual(['\u001b[31mred words that are\u001b[39m', '  \u001b[31mwrapped\u001b[39m end'])
  })

  it('never exceeds the width, and loses no character', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'ß', '商', ' ', '-'), maxLength: 12 }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 60 }), (parts, width) => {
        const whole = parts.join(' ')
        const rows = layOut([line(2, whole)], plain, width).split('\n')
        for (const row of rows)
          expect([...row].reduce((sum, sign) => sum + (sign === '商' ? 2 : 1), 0)).toBeLessThanOrEqual(width)
        expect(rows.join('').replaceAll(' ', '')).toBe(whole.replaceAll(' ', ''))
      }),
    )
  })
})
