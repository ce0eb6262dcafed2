import stringWidth from 'string-width'
import type { Style } from '../style.ts'
import type { Line, Span, Tone } from './lines.ts'

const paints: { readonly [T in Tone]: (style: Style) => (text: string) => string } = {
  plain: () => (text) => text,
  added: (style) => style.added,
  changed: (style) => style.changed,
  removed: (style) => style.removed,
  warning: (style) => style.warning,
  dim: (style) => style.dim,
  bold: (style) => style.bold,
}

/** Narrower terminals wrap by themselves. */
const minColumns = 20

/**
 * Lines as text. Longer lines than `width` columns are wrapped between words, with a hanging indent; a word that is longer than a line
 * is cut into pieces. undefined: lines are not wrapped, as for a pipe. Pure.
 */
export const layOut = (lines: readonly Line[], style: Style, width: number | undefined): string =>
  lines.flatMap((one) => wrapped(one, width).map((row) => painted(row, style))).join('\n')

interface Row {
  readonly indent: number
  readonly spans: readonly Span[]
}

function painted({ indent, spans }: Row, style: Style): string {
  const merged: { text: string; tone: Tone }[] = []
  for (const { text, tone } of withoutTrailingBlanks(spans)) {
    const last = merged.at(-1)
    if (last?.tone === tone) last.text += text
    else merged.push({ text, tone })
  }
  const texts = merged.filter(({ text }) => text !== '').map(({ text, tone }) => paints[tone](style)(text))
  return texts.length === 0 ? '' : ' '.repeat(indent) + texts.join('')
}

function wrapped(one: Line, width: number | undefined): readonly Row[] {
  const limit = width === undefined || width < minColumns ? undefined : width
  const total = one.indent + one.spans.reduce((sum, { text }) => sum + columns(text), 0)
  if (limit === undefined || total <= limit) return [one]
  const hang = (one.hang ?? 0) > limit / 2 ? one.indent + 4 : (one.hang ?? one.indent + 2)
  const words = one.spans.flatMap((span) => pieces(span, limit - Math.max(hang, one.indent)))
  const rows: { indent: number; spans: Span[]; used: number }[] = [{ indent: one.indent, spans: [], used: one.indent }]
  for (const word of words) {
    const row = rows.at(-1)
    const size = columns(word.text)
    if (row === undefined || (row.used + columns(word.text.trimEnd()) > limit && row.spans.length > 0)) {
      const text = word.text.trimStart()
      if (text !== '') rows.push({ indent: hang, spans: [{ ...word, text }], used: hang + columns(text) })
    } else {
      row.spans.push(word)
      row.used += size
    }
  }
  return rows
}

function withoutTrailingBlanks(spans: readonly Span[]): readonly Span[] {
  const last = spans.at(-1)
  return last === undefined ? spans : [...spans.slice(0, -1), { ...last, text: last.text.trimEnd() }]
}

/** The words of a span with the blanks after each, none wider than `limit`. */
const pieces = ({ text, tone }: Span, limit: number): readonly Span[] =>
  (text.match(/\s*\S+\s*|\s+/g) ?? []).flatMap((word) => cut(word, limit).map((part) => ({ text: part, tone })))

function cut(word: string, limit: number): readonly string[] {
  if (columns(word) <= limit) return [word]
  const parts = ['']
  for (const character of word) {
    const last = parts.at(-1) ?? ''
    if (columns(last + character) > limit) parts.push(character)
    else parts[parts.length - 1] = last + character
  }
  return parts
}

/** Columns of a text on a terminal. */
const columns = (text: string): number => (/^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text))
