import { describe, expect, it } from 'vitest'
import { readPage } from './docs-pages.ts'

interface Row {
  readonly section: string
  readonly cells: readonly string[]
}

/** The rows of the tables of docs/messages.md, with the headings above them. */
function rowsOf(page: string): readonly Row[] {
  const rows: Row[] = []
  let [area, section] = ['', '']
  for (const line of page.split('\n')) {
    if (line.startsWith('## ')) area = line.slice(3)
    if (line.startsWith('### ')) section = line.slice(4)
    if (!line.startsWith('| ') || /^\| (code|text) \|/.test(line)) continue
    const cells = line.slice(1, -1).split(/(?<!\\)\|/)
    rows.push({ section: `${area}: ${section}`, cells: cells.map((cell) => cell.trim()) })
  }
  return rows
}

const rows = rowsOf(readPage('docs/messages.md'))
const textOf = ({ cells }: Row): string => cells.slice(0, -1).join(' | ')
const hints = rows
  .filter(({ section }) => section.endsWith('Errors and warnings'))
  .flatMap(({ cells }) => (cells[2] ?? '').split(' ⏐ '))
  .filter((hint) => hint !== '' && hint !== '(computed)' && hint !== 'there is none')

/** Words that users had to read twice. */
const unclear =
  /\b(stated|states? that|mend(s|ed)?|stands?|told|whole|foreign|whoever)\b|\bbut for\b|\btaken up\b|\bas \d+[smh]\b|(?<!there )\bis no (?!longer|more|other)/i

describe('the page of all messages', () => {
  it('has the texts of every area', () => {
    expect(rows.length).toBeGreaterThan(1000)
    expect(hints.length).toBeGreaterThan(200)
  })

  it('lists a text once in a table', () => {
    const seen = rows.map((row) => `${row.section} ${textOf(row)}`)
    expect(seen.filter((one, index) => seen.indexOf(one) !== index)).toEqual([])
  })

  it('has no word that users had to read twice', () =>
    expect(
      rows.map((row) => textOf(row).replaceAll(/`[^`]*`|\{[^}]*\}/g, '')).filter((text) => unclear.test(text)),
    ).toEqual([]))

  it('has hints that are sentences, with a capital and a full stop', () =>
    expect(hints.filter((hint) => !/^["`{A-Z-]/.test(hint) || !/[.}]$/.test(hint))).toEqual([]))
})
