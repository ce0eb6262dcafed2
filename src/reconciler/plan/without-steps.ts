import type { Step } from '../../model/plan.ts'

/** The steps without dropped ones. A step that waited for a dropped one waits for the steps before that one. Pure. */
export function withoutSteps(steps: readonly Step[], dropped: (step: Step) => boolean): readonly Step[] {
  const gone = new Map(steps.filter(dropped).map((step) => [step.id, step]))
  if (gone.size === 0) return steps
  const bridged = (after: Step['after']): Step['after'][number][] =>
    after.flatMap((id) => {
      const step = gone.get(id)
      return step === undefined ? [id] : bridged(step.after)
    })
  return steps
    .filter((step) => !gone.has(step.id))
    .map((step) => ({ ...step, after: [...new Set(bridged(step.after))].sort() }))
}
