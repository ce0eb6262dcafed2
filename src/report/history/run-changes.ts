import type { Generation, StepRecord } from '../../model/generation.ts'
import { countWords, doneWords, objectWord } from '../../model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { countOf } from '../../model/values/count.ts'
import { groupBy } from '../../model/values/group-by.ts'
import { shortNames } from '../plan/names.ts'

/** Names of a list that are shown; the others are counted. */
const shownNames = 3

/** The words of changes, in the order in which they are shown. */
const words = [...doneWords, 'failed', 'not done'] as const
type Word = (typeof words)[number]

/** The changes of a run, with names: `2 created, 1 restarted: web, db, lan`. A run without recorded steps has only numbers. Pure. */
export function changesText(run: Pick<Generation, 'steps' | 'omittedSteps' | 'summary'>): string {
  const { omittedSteps = 0 } = run
  const all = run.steps ?? []
  if (all.length === 0) return plannedText(run)
  const caused = all.filter(({ derived }) => !derived)
  // A network whose members change is not a change of its own, unless there is no other.
  const steps = caused.length > 0 ? caused : all
  const byObject = [...groupBy(steps, ({ address }) => address)].map(
    ([address, ofObject]) => [address, wordOf(ofObject)] as const,
  )
  const counts = countWords(
    byObject.map(([, word]) => word),
    words,
  )
  const more = omittedSteps === 0 ? '' : `, ${countOf(omittedSteps, 'more step')}`
  return `${counts}${more}: ${names(byObject.map(([address]) => address))}`
}

/** The result for one object. A deletion and a creation together are a replacement. */
function wordOf(steps: readonly StepRecord[]): Word {
  if (steps.some(({ result }) => result === 'failed' || result === 'unfinished')) return 'failed'
  if (steps.some(({ result }) => result !== 'done')) return 'not done'
  return objectWord(steps) ?? 'not done'
}

function plannedText({ summary: { create, update, recreate, delete: removed } }: Pick<Generation, 'summary'>): string {
  const counted = [
    [create, 'created'],
    [recreate, 'restarted'],
    [update, 'updated'],
    [removed, 'deleted'],
  ] as const
  return counted.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ') || '-'
}

/** Containers come first: most people look for them. */
function names(addresses: readonly ResourceAddress[]): string {
  const parts = addresses.map(parseResourceAddress)
  const isContainer = ({ kind }: (typeof parts)[number]) => kind === 'container'
  const sorted = [...parts.filter(isContainer), ...parts.filter((one) => !isContainer(one))]
  return shortNames([...new Set(sorted.map(({ name }) => name))], shownNames)
}
