import { authorText, changedStacks, type Generation } from '../../model/generation.ts'
import { ageText } from '../../model/values/age.ts'
import type { Style } from '../style.ts'
import { renderTable } from '../table.ts'
import { changesText } from './run-changes.ts'

/** The list of generations, in the order given. `now`: for the age of each one. */
export const renderHistory = (generations: readonly Generation[], now: Date, style: Style): Promise<string> =>
  renderTable(
    ['GENERATION', 'WHEN', 'WHO', 'WHAT', 'STACKS', 'RESULT'],
    generations.map((one) => [
      String(one.generation),
      ageText(one.time, now),
      shortened(authorText(one), 60),
      changesText(one),
      changedStacks(one).join(', ') || '-',
      resultText(one),
    ]),
    style,
  )

function resultText({ result, rollbackOf }: Generation): string {
  const text = result === 'started' ? 'in progress' : result
  return rollbackOf === undefined ? text : `${text}, rollback to ${rollbackOf}`
}

const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 3)}...` : text
