import type { Plan } from '../../model/plan.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { type HostObservation, requestFor } from '../controller/observe.ts'
import type { StackPlan } from '../controller/stack-plan.ts'
import type { DesiredRevision } from './desired-revision.ts'
import { isBackingOff, type StackState } from './stack-state.ts'

/** The plans of changes that wait for a window, a user or their next try, by stack. */
export type WaitingPlans = ReadonlyMap<string, Plan>

/**
 * Plans changes that wait for a window: until it opens, a reconcile plans the applied generation instead. A change is planned again only for
 * other files, or after another generation.
 */
export class WindowPlans {
  private known: ReadonlyMap<string, { readonly key: string; readonly plan: Plan | undefined }> = new Map()

  async read(
    engine: Pick<Engine, 'planRequest'>,
    waiting: readonly DesiredRevision[],
    { snapshot }: Pick<HostObservation, 'snapshot'>,
  ): Promise<WaitingPlans> {
    const entries = waiting.map(async (revision) => {
      const key = `${revision.hash} ${snapshot.state.generation}`
      const known = this.known.get(revision.stack)
      const plan = known?.key === key ? known.plan : await planOf(engine, revision, snapshot)
      return [revision.stack, { key, plan }] as const
    })
    this.known = new Map(await Promise.all(entries))
    return new Map([...this.known].flatMap(([stack, { plan }]) => (plan ? [[stack, plan] as const] : [])))
  }
}

/** undefined: it cannot be planned now. */
const planOf = (
  engine: Pick<Engine, 'planRequest'>,
  revision: DesiredRevision,
  snapshot: HostObservation['snapshot'],
): Promise<Plan | undefined> =>
  engine.planRequest(requestFor([revision]), { snapshot }).then(
    ({ plan }) => plan,
    () => undefined,
  )

/** The plans that are applied when a hold or a wait ends. `now`: monotonic clock. Pure. */
export function waitingPlans(
  states: readonly StackState[],
  plans: readonly StackPlan[],
  ofWindows: WaitingPlans,
  now: number,
): WaitingPlans {
  return new Map(
    states.flatMap((state) => {
      const ofWindow = ofWindows.get(state.name)
      if (ofWindow !== undefined) return [[state.name, ofWindow] as const]
      if (state.hold === undefined && !isBackingOff(state, now)) return []
      const plan = ownPlan(plans.find(({ name }) => name === state.name))
      return plan === undefined ? [] : [[state.name, plan] as const]
    }),
  )
}

/** The part of a plan that concerns one stack; undefined: it has no steps. */
function ownPlan(stack: StackPlan | undefined): Plan | undefined {
  if (stack?.planned === undefined || stack.steps.length === 0) return undefined
  const { steps, planned, target } = stack
  const keep = Math.max(0, (target?.resources.size ?? 0) - steps.length)
  return { ...planned.plan, steps, warnings: [], summary: { ...planned.plan.summary, keep } }
}
