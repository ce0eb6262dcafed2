/**
 * Text for users. Stacks, images, containers and other programs may write characters that control a terminal or change the direction of
 * text. They are escaped as in JSON, so that JSON output does not change its meaning.
 */

/** All control characters except tab and line feed, line separators, direction marks, and invisible tag characters. */
const steering =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Cs}]/gu

/** The colours and styles of `report/style.ts`. */
const ownColours = /(\u001b\[(?:1|2|22|31|32|33|39)m)/

const escaped = (text: string): string =>
  [...Array(text.length).keys()]
    .map((position) => `\\u${text.charCodeAt(position).toString(16).padStart(4, '0')}`)
    .join('')

/** Escapes a text of one or several lines. */
export const visible = (text: string): string => text.replace(steering, escaped)

/** Escapes a text for a place in one line; line breaks and tabs too. */
export const visibleLine = (text: string): string => visible(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t')

/** Escapes a text, except the colours of `report/style.ts`. */
export const visiblePainted = (text: string): string =>
  text.includes('\u001b')
    ? text
        .split(ownColours)
        .map((part, index) => (index % 2 === 1 ? part : visible(part)))
        .join('')
    : visible(text)

/** Any colours and styles (SGR of ECMA-48), which only change the appearance of text. */
const anyColours = /(\u001b\[[\d;:]*m)/

/** Escapes a line of a container, except its colours, which end with the line. */
export function visibleColoured(line: string): string {
  const parts = line.replace(/\r$/, '').split(anyColours)
  const text = parts.map((part, index) => (index % 2 === 1 ? part : visible(part))).join('')
  return parts.length > 1 ? `${text}\u001b[0m` : text
}

/** A text of a container without its colours, for a place that shows none. Other control characters are escaped. */
export const withoutColours = (text: string): string =>
  visible(text.replaceAll('\r\n', '\n').replace(/\u001b\[[\d;:]*m/g, ''))
