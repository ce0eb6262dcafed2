import type { NewEvent } from '../../model/event.ts'
import type { Step } from '../../model/plan.ts'
import { countWords, doneWords, objectWord, type StepEffect } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import { groupBy } from '../../model/values/group-by.ts'

/** A step that is done, with the remark about it. */
export type DoneStep = StepEffect & Pick<Step, 'address'> & { readonly note?: string }

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
    const message = `Generation ${generation} is applied: ${countsText(own)}.${notesText(own)}`
    return [{ type: 'stack.applied', level: 'info', reason: 'Applied', message, stack, generation } as const]
  })

/** `2 created, 1 replaced`. */
const countsText = (steps: readonly DoneStep[]): string =>
  countWords([...groupBy(steps, ({ address }) => address).values()].map(objectWord), doneWords)
