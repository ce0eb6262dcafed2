/**
 * Text that people are shown. What stacks, images, containers and other programs wrote may hold signs that steer a terminal or change
 * the order in which text is read: these are shown as they would be escaped in JSON, so that an output in JSON keeps its meaning.
 */

/** All controls but tab and line feed, separators of lines, what turns the direction of text, and tags that nobody sees. */
const steering =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Cs}]/gu

/** Colours, bold and dim, as `report/style.ts` writes them. */
const ownColours = /(\u001b\[(?:1|2|22|31|32|33|39)m)/

const escaped = (text: string): string =>
  [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/** Text of one or several lines. */
export const visible = (text: string): string => text.replace(steering, escaped)

/** Text for one line with others. */
export const visibleLine = (text: string): string => visible(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t')

/** Text with colours of our own, which stay; all else is made visible. */
export const visiblePainted = (text: string): string =>
  text.includes('\u001b')
    ? text
        .split(ownColours)
        .map((part, index) => (index % 2 === 1 ? part : visible(part)))
        .join('')
    : visible(text)

/** Any colours and styles (SGR of ECMA-48), which change how text looks and nothing else. */
const anyColours = /(\u001b\[[\d;:]*m)/

/** A line that a container wrote: its colours stay and end with it, all else is made visible. */
export function visibleColoured(line: string): string {
  const parts = line.replace(/\r$/, '').split(anyColours)
  const text = parts.map((part, index) => (index % 2 === 1 ? part : visible(part))).join('')
  return parts.length > 1 ? `${text}\u001b[0m` : text
}
