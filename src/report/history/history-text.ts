import { authorText, changedStacks, type Generation } from '../../model/generation.ts'
import { ageText } from '../../model/values/age.ts'
import type { Style } from '../style.ts'
import { renderTable } from '../table.ts'
import { mergedRun } from './merged-run.ts'
import { changesText } from './run-changes.ts'
import type { Run } from './runs.ts'

/** The list of runs, in the order given. `now`: for the age of each one. `isComplete`: long texts are not cut. */
export const renderHistory = (
  runs: readonly Run[],
  now: Date,
  style: Style,
  { isComplete = false } = {},
): Promise<string> =>
  renderTable(
    ['GENERATION', 'WHEN', 'WHO', 'WHAT', 'STACKS', 'RESULT'],
    runs.map((run) => rowOf(run, now, isComplete)),
    style,
  )

function rowOf(run: Run, now: Date, isComplete: boolean): readonly string[] {
  const one = mergedRun(run)
  return [
    numbersText(run),
    ageText(one.time, now),
    isComplete ? authorText(one) : whoText(one),
    changesText(one),
    changedStacks(one).join(', ') || '-',
    resultText(one),
  ]
}

/** `7`, or `7-10` for the generations of one run of Pulumi. Pure. */
export function numbersText(run: Run): string {
  const numbers = run.map(({ generation }) => generation)
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)]
  return first === last ? String(first) : `${first}-${last}`
}

function resultText({ result, rollbackOf }: Generation): string {
  const text = result === 'started' ? 'in progress' : result
  return rollbackOf === undefined ? text : `${text}, rollback to ${rollbackOf}`
}

/** The length of WHO. */
const whoLength = 60

/** The author of a run. The subject of a long commit is cut first, so that its author stays. */
function whoText(run: Generation): string {
  const all = authorText(run)
  const { commit } = run
  const excess = all.length - whoLength
  if (excess <= 0) return all
  if (commit === undefined) return shortened(all, whoLength)
  const subject = shortened(commit.subject, Math.max(shortestSubject, commit.subject.length - excess))
  return authorText({ ...run, commit: { ...commit, subject } })
}

/** Shorter subjects show too little. */
const shortestSubject = 12

const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 3)}...` : text
