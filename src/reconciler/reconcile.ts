import { damageWarnings } from '../host/files/json.ts'
import { killPoint } from '../host/kill-point.ts'
import type { Desired } from '../model/desired.ts'
import { type Diagnostic, firstLine, refusedError } from '../model/errors.ts'
import type { GenerationOrigin, StackSource, UndoneGeneration } from '../model/generation.ts'
import { ownerOfObserved, stackOfOwner } from '../model/ownership.ts'
import type { Plan, Reporter } from '../model/plan.ts'
import { kinds, parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import { valuesRedacted } from '../model/sensitive.ts'
import { secretsResolved } from '../model/tokens.ts'
import { holdsData, releasedObjects, warningsOfKind } from '../providers/by-kind.ts'
import type { ReadContext } from '../providers/provider.ts'
import type { Resolved } from '../providers/runtime.ts'
import { type ApplyResult, applySteps } from './apply.ts'
import { closeUnstartedPorts } from './close-ports.ts'
import { desiredHash } from './history/history.ts'
import { type GenerationRecord, recordPlanned } from './history/record-generation.ts'
import { recordSteps } from './history/run-steps.ts'
import { observe, type Snapshot } from './observe.ts'
import { failedCreations } from './plan/failed-creations.ts'
import { claimingSteps, ensureClaims, planUnderLock, releaseAfterSteps } from './plan/host-claims.ts'
import { computePlan } from './plan/plan.ts'
import { preflight, restartErrorsOf, startWarningsOf } from './plan/preflight.ts'
import { inScope, type Scope } from './plan/scope.ts'
import { reasons } from './plan/step-reason.ts'
import { ownershipErrors, unmanagedErrors } from './plan/unmanaged-objects.ts'
import { upgradedObservations, upgradedResources } from './plan/upgraded-records.ts'
import type { Planned, PlanOptions, PlanRequest } from './planned.ts'
import type { Session } from './session.ts'

/** Everything the instance owns on this host, and its records. */
export const observeAll = (session: Session): Promise<Snapshot> =>
  observe(session.readContext(), session.runtime.providers, session.state, new Map())

/** Plans the stacks of files, or the removal of stacks. */
export async function makePlan(session: Session, desired: Desired, options: PlanOptions = {}): Promise<Planned> {
  const planned = await planScope(session, {
    scope: inScope(desired, options, session.runtime.providers),
    secretValues: desired.secretValues,
    deleteData: options.deleteData ?? false,
    ...(options.removalReason !== undefined && { removalReason: options.removalReason }),
    ...(options.commit && { commit: options.commit }),
    mayTouch: (owner) => owner === undefined || (options.destroy ?? []).includes(stackOfOwner(owner)),
    ...(desired.stacks.length === 0 && options.destroy !== undefined && { isDestroy: true }),
    ...(!options.targets?.length && { sources: sourcesOf(desired), destroys: options.destroy ?? [] }),
    place: async (address, path) => {
      const places = await Promise.all(desired.stacks.map((stack) => stack.place(address, path)))
      return places.find((found) => found !== undefined)
    },
  })
  const left = desired.stacks
    .flatMap((stack) => stack.inactive)
    .filter((address) => planned.snapshot.observations.has(address))
  if (left.length === 0) return planned
  const warning: Diagnostic = {
    code: 'inactive-left',
    message: `Not changed, because their profiles are not active: ${left.join(', ')}.`,
    hint: '`--profile NAME` activates one, `heropods rm` removes them.',
  }
  return { ...planned, plan: { ...planned.plan, warnings: [...planned.plan.warnings, warning] } }
}

/** One observation of the host for several plans, which then read nothing more. */
export interface SharedObservation {
  /** Default: a new context, with which a plan reads again. */
  readonly read?: ReadContext
  readonly snapshot: Snapshot
}

async function look(session: Session, desired: Scope['desired']): Promise<SharedObservation> {
  const read = session.readContext()
  return { read, snapshot: await observe(read, session.runtime.providers, session.state, desired) }
}

const sourcesOf = (desired: Desired): ReadonlyMap<string, StackSource> =>
  new Map(desired.stacks.map((stack) => [stack.name, { desiredHash: desiredHash(stack), files: stack.files }]))

/**
 * observe -> resolve -> preflight -> plan. Changes nothing except that a writer records answers of registries. Raises (refused) if the host forbids it: overlapping subnets, taken ports,
 * missing sources, objects of others in the place of desired ones.
 */
export function planScope(session: Session, request: PlanRequest, seen?: SharedObservation): Promise<Planned> {
  const plan = (): Promise<Planned> => planNow(session, request, seen)
  // An earlier observation does not show which addresses are free now: the apply checks it.
  return session.networkLock && seen === undefined
    ? planUnderLock(session.networkLock, session.runtime.providers, plan)
    : plan()
}

async function planNow(session: Session, request: PlanRequest, seen: SharedObservation | undefined): Promise<Planned> {
  const desired = upgradedResources(session.runtime.providers, request.scope.desired, request.secretValues)
  const { snapshot: found, read = session.readContext() } = seen ?? (await look(session, desired))
  const observations = upgradedObservations(session.runtime.providers, found.observations, request.secretValues)
  const snapshot = { ...found, observations }
  const removes = (address: ResourceAddress): boolean =>
    request.scope.removes(address) && request.mayTouch(ownerOfObserved(snapshot.observations.get(address)), address)
  const resolved = await session.runtime.resolve(read, { desired, snapshot, removes, erases: request.deleteData })
  if (session.networkLock && resolved.answers?.length)
    await session.runtime.images.recordAnswers({ host: session.writeHost(), paths: session.paths }, resolved.answers)
  const { errors, restartErrors } = await preflight(session.runtime.providers, read, resolved, snapshot, request)
  const problems = [
    ...resolved.errors,
    ...unmanagedErrors(resolved.desired, snapshot.observations),
    ...ownershipErrors(desired, snapshot.observations, request.mayTouch),
    ...errors,
  ]
  if (problems.length > 0) throw refusedError(await allLocated([...problems, ...restartErrors], request))
  const plan = computePlan(
    {
      desired: resolved.desired,
      declared: desired,
      snapshot,
      removes: resolved.removes,
      deleteData: request.deleteData,
      removalReason: request.removalReason ?? reasons.notDeclared,
      released: await releasedAmong(session, read, resolved.desired, snapshot),
      failedCreations: await failedCreations(session.state, resolved.desired, snapshot),
    },
    session.runtime.providers,
  )
  const stranded = [
    ...restartErrorsOf(session.runtime.providers, plan, restartErrors),
    ...undeclaredDependents(plan, resolved),
  ]
  if (stranded.length > 0) throw refusedError(await allLocated(stranded, request))
  const notices = await Promise.all(
    kinds.map((kind) => warningsOfKind(session.runtime.providers, kind, read, snapshot.observations)),
  )
  const warnings = [
    ...plan.warnings,
    ...resolved.warnings,
    ...(await allLocated(restartErrors, request)),
    ...(await allLocated(
      [...notices.flat(), ...(await startWarningsOf(session.runtime.providers, read, plan))],
      request,
    )),
    ...damageWarnings(read.host),
  ]
  return { plan: { ...plan, warnings }, resolved, snapshot, request }
}

/** Desired objects that were released. Only objects that do not exist are searched, so that most plans read nothing. */
async function releasedAmong(
  { runtime: { providers } }: Session,
  read: ReadContext,
  desired: Scope['desired'],
  { observations }: Snapshot,
): Promise<ReadonlySet<ResourceAddress>> {
  const isCreated = [...desired.values()].some(
    ({ address, kind }) => holdsData(providers, kind) && !observations.has(address),
  )
  return isCreated ? releasedObjects(providers, read) : new Set()
}

/** A replacement deletes dependent objects. This run could not create those again that it does not declare. */
const undeclaredDependents = (plan: Plan, resolved: Resolved): readonly Diagnostic[] =>
  plan.steps
    .filter(
      (step) => step.action === 'delete' && !resolved.desired.has(step.address) && !resolved.removes(step.address),
    )
    .map(({ address, reason }) => ({
      code: 'replaced-under-others',
      message: `${address} would have to be deleted, because ${reason}. No file of this run declares it, so it would not be created again.`,
      hint: `Apply the files of the stack ${parseResourceAddress(address).stack} in the same run: \`heropods apply A.yaml B.yaml\`. If you used --target, remove it; if its profile is not active, add \`--profile NAME\`.`,
      address,
    }))

export interface ApplyPlanTools {
  readonly reporter: Reporter
  /** Once aborted no further step starts. */
  readonly drainSignal: AbortSignal
  /** Ends the running steps. */
  readonly abortSignal?: AbortSignal
  /** The plan only heals drift from a generation: it does not become a generation. */
  readonly continuesGeneration?: boolean
}

/** Applies a plan just made. Raises (refused) where others have taken addresses or ports since, which were free for it. */
export async function applyPlan(session: Session, planned: Planned, tools: ApplyPlanTools): Promise<ApplyResult> {
  try {
    await ensureClaims(session, planned.plan.steps, planned.resolved.desired)
    return await applyWithLock(session, planned, tools)
  } finally {
    await session.networkLock?.release()
  }
}

async function applyWithLock(session: Session, planned: Planned, tools: ApplyPlanTools): Promise<ApplyResult> {
  const { plan, resolved, snapshot, request } = planned
  const record = tools.continuesGeneration ? undefined : await recordPlanned(session, planned)
  const generation = record ? await begin(session, planned, record) : snapshot.state.generation
  await session.state.saveLeases(resolved.leases, resolved.replacedLeases)
  const { reporter: recording, ended } = recordSteps(tools.reporter)
  const reporter = withKillPoints(
    releaseAfterSteps(recording, claimingSteps(session.runtime.providers, plan.steps), session.networkLock),
  )
  const write = session.writeContext({
    progress: (address, message, download) =>
      reporter.report({ type: 'step.progress', address, message, ...(download && { download }) }),
    abortSignal: tools.abortSignal ?? new AbortController().signal,
    drainSignal: tools.drainSignal,
    purpose: tools.continuesGeneration ? `a repair of generation ${generation}` : `generation ${generation}`,
    resolveSecrets: (text) => secretsResolved(text, request.secretValues),
    ...(session.networkLock && { networkLock: session.networkLock }),
  })
  const result = await applySteps(
    { steps: plan.steps, observed: snapshot.observations, generation, deleteData: request.deleteData },
    {
      write,
      providers: session.runtime.providers,
      state: session.state,
      reporter,
      drainSignal: tools.drainSignal,
      redact: (text) => valuesRedacted(text, request.secretValues),
    },
  )
  if (!result.ok) await closeUnstartedPorts(planned, result.outcomes, session.runtime.providers, write)
  await session.state.forget(goneRecords(planned))
  if (record === undefined) await session.state.clearPending()
  else {
    const recorded = record.completed(result.outcomes)
    const failures = failuresOf(result)
    await session.state.finish(generation, result.ok ? 'done' : result.interrupted ? 'interrupted' : 'failed', {
      ...(recorded && { recorded }),
      failures,
      endedAt: new Date().toISOString(),
      ...ended(),
    })
  }
  return result
}

/** The failures, without places in files and without the output of containers, which is on further lines. */
const failuresOf = ({ outcomes }: ApplyResult): readonly Diagnostic[] =>
  [...outcomes.values()].flatMap((outcome) => {
    if (outcome.status !== 'failed') return []
    const { place: _, message, ...rest } = outcome.error
    return [{ ...rest, message: firstLine(message) }]
  })

async function begin(session: Session, { plan, request }: Planned, record: GenerationRecord): Promise<number> {
  const origin = await originOf(session, request)
  return session.state.begin(
    {
      ...session.caller,
      pid: session.host.system.pid,
      command: session.command,
      ...origin,
      time: new Date().toISOString(),
      summary: plan.summary,
      stacks: record.stacks,
      ...(request.rollbackOf !== undefined && { rollbackOf: request.rollbackOf }),
      ...(request.undoes !== undefined && { undoes: await undoneBy(session, request.undoes) }),
    },
    plan,
    record.recorded,
  )
}

async function undoneBy({ state }: Session, generation: number): Promise<UndoneGeneration> {
  const commit = (await state.generations()).find((one) => one.generation === generation)?.commit
  return { generation, ...(commit && { commit }) }
}

/** A rollback has the commit of the generation that it restores; a rollback of watch also has the rest of its origin. */
async function originOf({ origin, commit, state }: Session, request: PlanRequest): Promise<GenerationOrigin> {
  const { rollbackOf } = request
  const restored = (rollbackOf === undefined ? [] : await state.generations()).find(
    (one) => one.generation === rollbackOf,
  )
  const from =
    rollbackOf === undefined
      ? { origin, commit: commit ?? request.commit }
      : { origin: origin && (restored?.origin ?? origin), commit: restored?.commit }
  return { ...(from.origin !== undefined && { origin: from.origin }), ...(from.commit && { commit: from.commit }) }
}

/** The kill tests' handle on the boundaries of steps. */
const withKillPoints = (reporter: Reporter): Reporter => ({
  report(event) {
    reporter.report(event)
    if (event.type === 'step.finished') killPoint('step')
  },
})

/** Records of objects that neither exist nor are desired: a container that is now called KEY.1, or that a user removed. */
const goneRecords = ({ snapshot, resolved }: Planned): readonly ResourceAddress[] =>
  [...snapshot.state.inventory.keys()].filter(
    (address) => !snapshot.observations.has(address) && !resolved.desired.has(address),
  )

const allLocated = (found: readonly Diagnostic[], request: PlanRequest): Promise<readonly Diagnostic[]> =>
  Promise.all(found.map((one) => located(one, request)))

async function located({ path, ...diagnostic }: Diagnostic, request: PlanRequest): Promise<Diagnostic> {
  if (diagnostic.place !== undefined || diagnostic.address === undefined) return diagnostic
  const place = await request.place?.(diagnostic.address, path)
  return place === undefined ? diagnostic : { ...diagnostic, place }
}
