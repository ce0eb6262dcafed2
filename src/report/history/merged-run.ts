import type { Generation, StepRecord } from '../../model/generation.ts'
import { groupBy } from '../../model/values/group-by.ts'
import type { Run } from './runs.ts'

/** The result of several generations: the first of these that any has. */
const worst = ['failed', 'interrupted', 'started', 'done'] as const

/** The generations of one run of Pulumi as one, e.g. for a row of the history. Pure. */
export function mergedRun(generations: Run): Generation {
  const ordered = generations.toSorted((left, right) => left.generation - right.generation)
  const newest = ordered.at(-1) ?? generations[0]
  if (generations.length === 1) return newest
  const steps = ordered.flatMap((one) => one.steps ?? [])
  const omittedSteps = sum(ordered.map((one) => one.omittedSteps ?? 0))
  return {
    ...newest,
    result: worst.find((result) => ordered.some((one) => one.result === result)) ?? newest.result,
    stacks: Object.assign({}, ...ordered.map(({ stacks }) => stacks)),
    summary: summaryOf(ordered),
    // Without all records, only the numbers of the plans are complete.
    ...(ordered.every((one) => one.steps !== undefined) ? { steps: withoutFollowing(steps), omittedSteps } : noSteps),
  }
}

const noSteps = { steps: [], omittedSteps: 0 } as const

/** An object that the run has created, and then updated for the next ones, is one that it has created. */
function withoutFollowing(steps: readonly StepRecord[]): readonly StepRecord[] {
  const groups = groupBy(steps, ({ address }) => address)
  return [...groups.values()].flatMap((own) => {
    const isCreated = own[0]?.action === 'create' && own.every(({ result }) => result === 'done')
    const isUpdated = own.every(({ action, result }) => action === 'update' && result === 'done')
    return (isCreated && own.every(({ action }) => action !== 'delete')) || isUpdated ? own.slice(0, 1) : own
  })
}

function summaryOf(generations: readonly Generation[]): Generation['summary'] {
  const total = (field: keyof Generation['summary']): number => sum(generations.map(({ summary }) => summary[field]))
  return {
    create: total('create'),
    update: total('update'),
    recreate: total('recreate'),
    delete: total('delete'),
    keep: total('keep'),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
