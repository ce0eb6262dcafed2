/** The role of a piece of text, from which a style follows. */
export type Tone = 'plain' | 'added' | 'changed' | 'removed' | 'warning' | 'dim' | 'bold'

export interface Span {
  readonly text: string
  readonly tone: Tone
}

/** A line before it is wrapped. */
export interface Line {
  readonly spans: readonly Span[]
  /** Columns before the first word. */
  readonly indent: number
  /** Columns before the first word of the lines below, if it is wrapped; default: two more than `indent`. */
  readonly hang?: number
}

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone })
export const line = (indent: number, ...spans: readonly (Span | string | undefined)[]): Line => ({
  indent,
  spans: spans.flatMap((one) => (one === undefined ? [] : typeof one === 'string' ? [span(one)] : [one])),
})
export const emptyLine: Line = { indent: 0, spans: [] }

/** The text of a line without styles. */
export const textOf = ({ spans }: Line): string => spans.map(({ text }) => text).join('')
