import type { Step } from '../../model/plan.ts'
import type { HostObservation } from '../controller/observe.ts'
import type { Stacks } from '../stacks/stacks.ts'
import { splitReady } from './runnable-steps.ts'

/** Splits off the steps of a stack that wait for dependencies, and notes their containers in its state. */
export async function deferSteps(
  stacks: Stacks,
  name: string,
  steps: readonly Step[],
  { snapshot }: HostObservation,
): Promise<ReturnType<typeof splitReady>> {
  const split = splitReady(steps, snapshot.observations)
  await stacks.dispatch(name, { type: 'steps-deferred', waiting: split.waiting.map(({ step }) => step.address) })
  return split
}
