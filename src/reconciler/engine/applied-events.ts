import type { NewEvent } from '../../model/event.ts'
import type { Step, StepAction } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'

const counted: readonly (readonly [StepAction, string])[] = [
  ['create', 'created'],
  ['update', 'changed'],
  ['recreate', 'replaced'],
  ['delete', 'removed'],
  ['release', 'released'],
]

/** The events of an apply without failures: one for each of these stacks that a step has changed. Pure. */
export const appliedEvents = (
  stacks: readonly string[],
  done: readonly Pick<Step, 'address' | 'action'>[],
  generation: number,
): readonly NewEvent[] =>
  stacks.flatMap((stack) => {
    const actions = done.filter((step) => parseResourceAddress(step.address).stack === stack).map((step) => step.action)
    if (actions.length === 0) return []
    const message = `Generation ${generation} is applied: ${countsText(actions)}.`
    return [{ type: 'stack.applied', level: 'info', reason: 'Applied', message, stack, generation } as const]
  })

/** `2 created, 1 replaced`. */
const countsText = (actions: readonly StepAction[]): string =>
  counted
    .map(([action, word]) => [actions.filter((one) => one === action).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
