import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { type ActionTools, secondsSince } from '../controller/reconcile.ts'
import type { StackPlan } from '../controller/stack-plan.ts'
import { isBackingOff } from '../stacks/stack-state.ts'

/** Removes a stack that no file declares any more, or only stops watching it. Returns whether anything was done. */
export async function prune(tools: ActionTools, plan: StackPlan): Promise<boolean> {
  const { stacks, executor, clock } = tools
  const { name, planned, steps } = plan
  const startedAt = clock.monotonic()
  const state = stacks.get(name)
  if (!state || isBackingOff(state, startedAt) || !(await tools.isCurrent(plan))) return false
  if (state.settings.prune === false) await stacks.dispatch(name, { type: 'untracked' })
  else if (planned !== undefined) {
    const outcome = await executor.apply(planned, steps, { isCurrent: () => tools.isCurrent(plan) })
    if (outcome === undefined) return false
    const seconds = secondsSince(startedAt, clock)
    const [broken] = outcome.failed
    if (broken) {
      const details = { now: clock.monotonic(), random: tools.random(), seconds }
      await stacks.dispatch(name, { type: 'failed', error: broken.error, touched: true, ...details })
      return true
    }
    const containers = steps.filter(({ kind }) => kind === 'container').map(({ address }) => nameOf(address))
    await stacks.dispatch(name, { type: 'pruned', objects: steps.length, containers, seconds })
  } else await stacks.dispatch(name, { type: 'pruned', objects: 0, containers: [], seconds: 0 })
  await stacks.untrack(name)
  return true
}

const nameOf = (address: ResourceAddress): string => parseResourceAddress(address).name
