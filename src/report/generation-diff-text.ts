import type { GenerationDiff } from '../reconciler/history/generation-diff.ts'
import { type PlanTextOptions, renderSteps } from './plan-text.ts'

/** The differences of two generations, in the format of a plan. */
export function renderGenerationDiff({ from, to, steps }: GenerationDiff, options: PlanTextOptions): string {
  const { style } = options
  if (steps.length === 0) return `${style.bold('No changes.')} Generations ${from} and ${to} are the same.`
  const count = (...actions: string[]): number => steps.filter((step) => actions.includes(step.action)).length
  return [
    renderSteps(steps, options),
    `${style.bold(`From ${from} to ${to}:`)} ${count('create')} added, ${count('update', 'recreate')} changed, ${count('delete')} removed.`,
  ].join('\n')
}
