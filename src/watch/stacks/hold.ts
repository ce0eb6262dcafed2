import { type Hold, windowHold } from '../controller/decide.ts'
import { isUntried, type StackState } from './stack-state.ts'

/** The hold on a revision that is not planned yet, since it waits for a window. Until then the applied generation stays desired. Pure. */
export const holdOfChange = (state: StackState, now: Date): Hold | undefined =>
  isUntried(state) && !state.undeclared && state.record.verifiedGeneration !== null && state.verification === undefined
    ? windowHold(state.settings, now)
    : undefined
