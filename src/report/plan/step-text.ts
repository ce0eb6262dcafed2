import type { Step } from '../../model/plan.ts'
import { entriesOf } from './entries.ts'
import { bodyLines, type EntryView, effectText } from './entry-lines.ts'
import { textOf } from './lines.ts'

/** The steps of one object in the words of a plan: `update, process untouched`, then a line for each change. Pure. */
export function stepTexts(steps: readonly Step[], view: EntryView): readonly string[] {
  const [entry] = entriesOf(steps)
  if (entry === undefined) return []
  const isCreation = entry.effect === 'create' || entry.effect === 'reuse'
  const reason = entry.reason === undefined ? '' : ` (${entry.reason})`
  return [`${effectText(entry)}${reason}`, ...(isCreation ? [] : bodyLines(entry, view, false).map(textOf))]
}

/** The lines of the changes of one step, as in a plan. Pure. */
export const changeTexts = (step: Step, view: EntryView): readonly string[] => stepTexts([step], view).slice(1)
