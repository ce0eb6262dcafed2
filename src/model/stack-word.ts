import { type Condition, conditionOf, type StackStatus } from './status.ts'

/** The state of a stack in one word, the same on the command line and on the page. */
export type StackWord = 'Suspended' | 'Undone' | 'Held' | 'Drifted' | 'Degraded' | 'Progressing' | 'Ready' | 'Waiting'

/** Reasons of stacks that run and wait for a decision of a user, or for a window. */
const holds: ReadonlySet<string> = new Set(['MassDeletion', 'AwaitingConfirmation', 'OutsideWindow', 'DetectOnly'])

/** True if the condition Degraded is about a change that waits, and nothing is broken. Pure. */
export const isHold = ({ reason }: Pick<Condition, 'reason'>): boolean => holds.has(reason)

/** True if the condition Degraded is about a change that is undone: the generation before it is in place. Pure. */
export const isUndone = ({ undone }: Pick<StackStatus, 'undone'>, degraded: Pick<Condition, 'reason'>): boolean =>
  undone !== undefined && degraded.reason !== 'Invalid' && !isHold(degraded)

/** The state of a stack in one word. Pure. */
export function stackWord(one: StackStatus): StackWord {
  if (conditionOf(one, 'Suspended')?.status) return 'Suspended'
  const degraded = conditionOf(one, 'Degraded')
  if (degraded?.status) return degradedWord(one, degraded)
  if (conditionOf(one, 'Progressing')?.status) return 'Progressing'
  return conditionOf(one, 'Ready')?.status ? 'Ready' : 'Waiting'
}

function degradedWord(one: StackStatus, degraded: Condition): StackWord {
  if (isHold(degraded)) return 'Held'
  if (isUndone(one, degraded)) return 'Undone'
  return degraded.reason === 'Drifted' ? 'Drifted' : 'Degraded'
}
