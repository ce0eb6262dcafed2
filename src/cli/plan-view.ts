import type { OriginOf, PlanTextOptions } from '../report/plan-text.ts'
import type { Terminal } from './terminal.ts'

/** Options of the commands that print a plan. */
export interface PlanViewOptions {
  readonly full?: boolean
  readonly showValues?: boolean
}

/** How a plan is printed on this terminal. Lines are wrapped only on a terminal, so that `grep` finds complete lines in a pipe. */
export const planView = (
  { style, width }: Terminal,
  { full, showValues }: PlanViewOptions,
  originOf?: OriginOf,
): PlanTextOptions => ({ style, width, full, showValues, originOf, now: Date.now() })
