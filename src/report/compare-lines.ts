import { diffArrays } from 'diff'

/** One line of a comparison: unchanged, only in the text before, or only in the text after. */
export interface ComparedLine {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** Texts with more changed lines than this are shown as replaced: the time of a comparison grows with their number. */
const maxChanges = 1000

/** Compares two texts line by line. Of a changed part, the lines before come first. Pure. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly ComparedLine[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: maxChanges })
  if (parts === undefined) return [...signed('-', before), ...signed('+', after)]
  return parts.flatMap(({ added, removed, value }) => signed(added ? '+' : removed ? '-' : ' ', value))
}

const signed = (sign: ComparedLine['sign'], lines: readonly string[]): readonly ComparedLine[] =>
  lines.map((text) => ({ sign, text }))
