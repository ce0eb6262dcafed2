import type { WatchRecord } from '../../state/watch-store.ts'
import type { Stacks } from '../stacks/stacks.ts'
import { isCurrent, type StackPlan } from './stack-plan.ts'

/** Returns whether the inputs of a plan (files, settings, suspension) are unchanged since it was computed. Reads the records. */
export const planCheck =
  (records: { watchRecords(): Promise<ReadonlyMap<string, WatchRecord>> }, stacks: Stacks) =>
  async (plan: StackPlan): Promise<boolean> => {
    const suspended = (await records.watchRecords()).get(plan.name)?.suspended ?? false
    const state = stacks.get(plan.name)
    return state !== undefined && isCurrent(plan, state) && suspended === state.record.suspended
  }
