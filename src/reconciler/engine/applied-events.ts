import type { NewEvent } from '../../model/event.ts'
import type { Step, StepAction } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import { groupBy } from '../../model/values/group-by.ts'

const counted: readonly (readonly [StepAction, string])[] = [
  ['create', 'created'],
  ['update', 'changed'],
  ['recreate', 'restarted'],
  ['delete', 'removed'],
  ['release', 'released'],
]

/** A step that is done, with the remark about it. */
export type DoneStep = Pick<Step, 'address' | 'action'> & { readonly note?: string }

/** Steps with one remark are named together: ` web.1, web.2: ignored SIGTERM for 10 s.` */
const notesText = (steps: readonly DoneStep[]): string =>
  [...groupBy(steps, ({ note = '' }) => note)]
    .filter(([note]) => note !== '')
    .map(([note, some]) => ` ${some.map(({ address }) => parseResourceAddress(address).name).join(', ')}: ${note}.`)
    .join('')

/** The events of an apply without failures: one for each of these stacks that a step has changed. Pure. */
export const appliedEvents = (
  stacks: readonly string[],
  done: readonly DoneStep[],
  generation: number,
): readonly NewEvent[] =>
  stacks.flatMap((stack) => {
    const own = done.filter((step) => parseResourceAddress(step.address).stack === stack)
    if (own.length === 0) return []
    const message = `Generation ${generation} is applied: ${countsText(own.map((step) => step.action))}.${notesText(own)}`
    return [{ type: 'stack.applied', level: 'info', reason: 'Applied', message, stack, generation } as const]
  })

/** `2 created, 1 replaced`. */
const countsText = (actions: readonly StepAction[]): string =>
  counted
    .map(([action, word]) => [actions.filter((one) => one === action).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
