import { userInfo } from 'node:os'
import { type Diagnostic, refuse } from '../errors.ts'
import { killPoint } from '../host/kill-point.ts'
import type { Bound } from '../providers/bind.ts'
import { type Address, kinds, parseAddress } from '../providers/provider.ts'
import type { Desired, Resource } from '../stack/desired.ts'
import { tokensRevealed } from '../stack/sensitive.ts'
import { type ApplyResult, applySteps } from './apply.ts'
import { observe, type Snapshot } from './observe.ts'
import { makeSteps } from './plan.ts'
import type { Plan, Reporter } from './plan-types.ts'
import { inScope, type ScopeOptions } from './scope.ts'
import type { Session } from './session.ts'

export interface PlanOptions extends ScopeOptions {
  /** Erase the data of volumes that go, but for protected ones. */
  readonly deleteData?: boolean
}

/** A plan with all that applying it needs. Only `plan` is shown or saved. */
export interface Planned {
  readonly plan: Plan
  readonly bound: Bound
  readonly snapshot: Snapshot
  readonly desired: Desired
  readonly options: PlanOptions
}

/** Everything the instance owns on this host, and its records. */
export const observeAll = (session: Session): Promise<Snapshot> =>
  observe(session.readContext(), session.registry, session.state, new Map())

/**
 * observe -> bind -> preflight -> plan. Reads only. Raises (refused) what the host forbids: overlapping subnets, taken ports,
 * missing sources, foreign objects in the place of wanted ones.
 */
export async function makePlan(session: Session, desired: Desired, options: PlanOptions = {}): Promise<Planned> {
  const read = session.readContext()
  const scope = inScope(desired, options)
  const snapshot = await observe(read, session.registry, session.state, scope.wanted)
  const bound = await session.registry.bind(read, { wanted: scope.wanted, snapshot, removes: scope.removes })
  const problems = [
    ...bound.errors,
    ...foreign(bound.wanted, snapshot),
    ...(await preflight(session, read, bound, snapshot)),
  ]
  if (problems.length > 0) throw refuse(await Promise.all(problems.map((one) => located(one, desired))))
  const plan = makeSteps(
    { wanted: bound.wanted, snapshot, prune: bound.removes, deleteData: options.deleteData ?? false },
    session.registry,
  )
  return { plan, bound, snapshot, desired, options }
}

/** Applies a plan just made. `stop` starts no further step; `abort` ends those under way. */
export async function applyPlan(
  session: Session,
  planned: Planned,
  tools: { reporter: Reporter; signal: AbortSignal; abort?: AbortSignal },
): Promise<ApplyResult> {
  const { plan, bound, desired, snapshot, options } = planned
  const generation = await session.state.begin({
    user: userInfo().username,
    pid: process.pid,
    time: new Date().toISOString(),
    plan: JSON.stringify(plan),
  })
  await session.state.saveLeases(bound.leases, bound.released)
  const write = {
    ...session.readContext(),
    host: session.host(),
    signal: tools.abort ?? new AbortController().signal,
    reveal: (text: string) => tokensRevealed(text, desired.vault),
  }
  const result = await applySteps(
    { steps: plan.steps, observed: snapshot.resources, generation, deleteData: options.deleteData ?? false },
    { write, registry: session.registry, state: session.state, reporter: mortal(tools.reporter), stop: tools.signal },
  )
  await session.state.forget(goneRecords(planned))
  await session.state.finish(generation, result.ok ? 'done' : result.interrupted ? 'interrupted' : 'failed')
  return result
}

/** The kill tests' handle on the boundaries of steps. */
const mortal = (reporter: Reporter): Reporter => ({
  report(event) {
    reporter.report(event)
    if (event.type === 'step.finished') killPoint('step')
  },
})

/** Records of what neither stands nor is wanted: a container that is now called KEY.1, or that someone removed by hand. */
const goneRecords = ({ snapshot, bound }: Planned): readonly Address[] =>
  [...snapshot.state.inventory.keys()].filter((at) => !snapshot.resources.has(at) && !bound.wanted.has(at))

async function preflight(session: Session, read: ReturnType<Session['readContext']>, bound: Bound, snapshot: Snapshot) {
  const found = await Promise.all(
    kinds.map((kind) => {
      const specs = new Map(
        [...bound.wanted.values()].filter((one) => one.kind === kind).map((one) => [one.address, one.spec]),
      )
      const observed = new Map([...snapshot.resources].filter(([address]) => parseAddress(address).kind === kind))
      return specs.size === 0 ? [] : (session.registry.providers[kind].preflight?.(read, specs, observed) ?? [])
    }),
  )
  return found.flat()
}

const foreign = (wanted: ReadonlyMap<Address, Resource>, snapshot: Snapshot) =>
  [...wanted.keys()]
    .filter((address) => snapshot.resources.get(address)?.presence === 'foreign')
    .map((address) => ({
      code: 'foreign-object',
      message: `Something that HeroPods did not make stands where ${address} would go.`,
      hint: 'Remove it, or give the resource another name.',
      address: address as string,
    }))

async function located(diagnostic: Diagnostic, desired: Desired): Promise<Diagnostic> {
  if (diagnostic.place !== undefined || diagnostic.address === undefined) return diagnostic
  const address = diagnostic.address as Address
  const places = await Promise.all(desired.stacks.map((stack) => stack.place(address)))
  const place = places.find((found) => found !== undefined)
  return place === undefined ? diagnostic : { ...diagnostic, place }
}
