import type { GenerationDiff } from '../reconciler/history/generation-diff.ts'
import { entriesOf } from './plan/entries.ts'
import { layOut } from './plan/layout.ts'
import { line } from './plan/lines.ts'
import { outageLine } from './plan/summary/summary.ts'
import { type PlanTextOptions, renderSteps } from './plan-text.ts'

/** The differences of two generations, in the format of a plan, and the outage of an apply of them. Pure. */
export function renderGenerationDiff({ from, to, steps }: GenerationDiff, options: PlanTextOptions): string {
  const { style, width } = options
  if (steps.length === 0) return `${style.bold('No changes.')} Generations ${from} and ${to} are the same.`
  const count = (...actions: string[]): number => steps.filter((step) => actions.includes(step.action)).length
  const outage = outageLine(entriesOf(steps).filter(({ effect }) => effect !== 'delete'))
  return [
    renderSteps(steps, options),
    `${style.bold(`From ${from} to ${to}:`)} ${count('create')} added, ${count('update', 'recreate')} changed, ${count('delete')} removed.`,
    ...(outage === undefined
      ? []
      : [layOut([line(0, 'When these changes are applied, ', ...outage.spans)], style, width)]),
  ].join('\n')
}
