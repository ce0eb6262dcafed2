import type { Step } from '../../model/plan.ts'
import { entriesOf } from './entries.ts'
import { bodyLines, type EntryView, effectText } from './entry-lines.ts'
import { type Line, textOf } from './lines.ts'

/** The steps of one object in the words of a plan: `update, process untouched`, then a line for each change. Pure. */
export function stepTexts(steps: readonly Step[], view: EntryView): readonly string[] {
  const [entry] = entriesOf(steps)
  if (entry === undefined) return []
  const isCreation = entry.effect === 'create' || entry.effect === 'reuse'
  const reason = entry.reason === undefined ? '' : ` (${entry.reason})`
  return [`${effectText(entry)}${reason}`, ...(isCreation ? [] : bodyLines(entry, view, false).map(indented))]
}

/** The indent of the changes of an object, without which lines of a content stay below their change. */
const changeIndent = 6

const indented = (one: Line): string => `${' '.repeat(Math.max(0, one.indent - changeIndent))}${textOf(one)}`

/** The lines of the changes of one step, as in a plan. Pure. */
export const changeTexts = (step: Step, view: EntryView): readonly string[] => stepTexts([step], view).slice(1)
