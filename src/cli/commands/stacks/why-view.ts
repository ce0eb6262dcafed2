import { type Resource, recordedResource } from '../../../model/desired.ts'
import { showable } from '../../../model/diff/showable.ts'
import { authorText, type Generation } from '../../../model/generation.ts'
import { type ContainerSpec, hasProcess } from '../../../model/kinds/container.ts'
import { dependencyState } from '../../../model/kinds/dependency.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { readinessOf } from '../../../model/kinds/readiness.ts'
import { changesOf } from '../../../model/kinds/rules/rules.ts'
import { healthPhrase } from '../../../model/kinds/text/health-text.ts'
import { lostPortsOfContainer } from '../../../model/kinds/text/lost-port-text.ts'
import { isOwned, type Observation } from '../../../model/observation.ts'
import { addressIn, type Step } from '../../../model/plan.ts'
import { parseResourceAddress, type ResourceAddress, sharedContainer } from '../../../model/resource-address.ts'
import type { Snapshot } from '../../../reconciler/engine.ts'
import type { Absence } from '../../../reconciler/history/absence.ts'
import type { LastChange } from '../../../reconciler/history/last-change.ts'
import type { WhyDependency, WhyDrift, WhyStack, WhyView } from '../../../report/why/why-view.ts'
import { type OwnedContainer, ownedContainers } from '../../container-view.ts'

/** The place of an object in its files. */
export type WhyPlace = Pick<WhyView, 'origin' | 'fields' | 'changedFiles' | 'readFrom'>

/** The facts from which an explanation is made. */
export interface WhyFacts {
  readonly snapshot: Pick<Snapshot, 'observations'>
  /** The recorded desired state of the object. */
  readonly desired: Resource | undefined
  readonly last: LastChange | undefined
  /** Objects of recorded stacks that do not exist, with their recorded specs. */
  readonly absent?: ReadonlyMap<ResourceAddress, object>
  readonly absence?: Absence
  /** The newest run of its stack. */
  readonly newest?: Generation
  readonly stackState?: WhyStack
}

/** The explanation of one object. Pure. */
export function whyView(address: ResourceAddress, facts: WhyFacts, place: WhyPlace): WhyView {
  const { snapshot, desired, last, absence, newest, absent = new Map<ResourceAddress, object>() } = facts
  const observed = snapshot.observations.get(address)
  const containers = ownedContainers(snapshot)
  const users = [...containers.map(declaredOf), ...[...absent].flatMap(declaredAbsent)]
  const fields = fieldDrift(address, desired, observed)
  const lostPorts = lostPortsOfContainer(address, snapshot.observations)
  return {
    address,
    kind: parseResourceAddress(address).kind,
    exists: observed?.presence === 'owned',
    ...(absence && { absence: absence.state }),
    state: stateOf(observed),
    ...(facts.stackState && { stackState: facts.stackState }),
    ...place,
    lastChange: last ? lastChangeOf(last) : null,
    ...(fields.length > 0 && newest && { unapplied: { generation: newest.generation, result: newest.result } }),
    drift: [...fields, ...[...observedDrift(observed), ...lostPorts].map((live) => ({ path: null, live }))],
    waitsFor: users.filter((one) => one.address === address).flatMap((one) => waitsFor(one, containers)),
    neededBy: neededBy(address, users, containers),
  }
}

/** A container with the dependencies that it was applied with, or is to be created with. */
interface Declared {
  readonly address: ResourceAddress
  readonly spec: ContainerSpec | undefined
  /** Its process has started: its dependencies were fulfilled then. */
  readonly hasStarted: boolean
}

const declaredOf = ({ address, spec, actual }: OwnedContainer): Declared => ({
  address,
  spec,
  hasStarted: actual.state !== 'created' && actual.state !== 'absent',
})

const declaredAbsent = ([address, spec]: readonly [ResourceAddress, object]): readonly Declared[] => {
  const resource = recordedResource(address, spec)
  return resource?.kind === 'container' ? [{ address, spec: resource.spec, hasStarted: false }] : []
}

function stateOf(observed: Observation | undefined): WhyView['state'] {
  if (!isOwned(observed, 'container')) return null
  const { state, health = null, exitCode = null, restarts, startedAt = null } = observed.actual
  const { outOfMemory, lastCheck, memoryKills } = observed.actual
  const memoryLimit = observed.spec?.mem_limit
  return {
    ...{ state, health, exitCode, restarts, startedAt },
    ...(lastCheck && { lastCheck }),
    ...(memoryKills && { memoryKills }),
    ...((memoryKills || outOfMemory) && memoryLimit && { memoryLimit }),
    ...(outOfMemory && { outOfMemory }),
    ...(lastCheck?.output !== undefined && { healthOutput: lastCheck.output }),
  }
}

const lastChangeOf = ({ run, step, steps }: LastChange): WhyView['lastChange'] => ({
  generation: run.generation,
  time: run.time,
  by: authorText(run),
  command: run.command,
  result: run.result,
  action: step.action,
  reason: step.reason,
  fields: step.changes.map((change) => change.path).filter((path) => path !== ''),
  ...(run.commit && { commit: run.commit }),
  ...(run.rollbackOf !== undefined && { rollbackOf: run.rollbackOf }),
  ...(run.undoes && { undoes: run.undoes }),
  ...stepOutcome(run, steps),
})

/** How the steps of an object ended. Steps that are done may be left out of the record of a run. */
function stepOutcome({ steps: ended, result, failures = [] }: Generation, steps: readonly Step[]) {
  if (ended === undefined || result === 'started') return {}
  const own = ended.filter(({ address }) => steps.some((one) => one.address === address))
  const notDone = own.find((one) => one.result !== 'done')
  if (notDone === undefined) {
    const verification = failures.find(({ address }) => steps.some((one) => one.address === address))
    return { step: 'done', ...(verification && { error: verification.message }) } as const
  }
  const cause = notDone.because === undefined ? undefined : addressIn(notDone.because)
  const error = (notDone.error ?? ended.find(({ address }) => address === cause)?.error)?.message
  return { step: notDone.result, ...(error !== undefined && { error }) }
}

/** Fields in which the spec that was applied on the host is not the recorded one. */
const fieldDrift = (...of: Parameters<typeof unappliedStep>): readonly WhyDrift[] =>
  (unappliedStep(...of)?.changes ?? []).map(({ path, before, after }) => ({
    path,
    wanted: showable(after ?? null),
    recorded: showable(before ?? null),
  }))

/** The step from the spec that was applied on the host to the recorded one; undefined: they are equal. Pure. */
export function unappliedStep(
  address: ResourceAddress,
  desired: Resource | undefined,
  observed: Observation | undefined,
): Step | undefined {
  if (desired === undefined || observed?.presence !== 'owned' || observed.spec === undefined) return undefined
  const applied = recordedResource(address, observed.spec)
  const target = isOwned(observed, 'network') && observed.spec ? withMembers(desired, observed.spec) : desired
  const changes = applied ? changesOf(applied, target) : []
  if (changes.length === 0) return undefined
  const shown = { changes, class: null, reason: '', after: [], destructive: false } as const
  return { ...target, ...shown, action: 'update', id: `${address}:update` }
}

/** Members of a network are derived from containers, and not recorded. */
const withMembers = (desired: Resource, { members, hosts }: NetworkSpec): Resource =>
  desired.kind === 'network' ? { ...desired, spec: { ...desired.spec, members, hosts } } : desired

/** The differences of the host from the applied spec, in words. */
function observedDrift(observed: Observation | undefined): readonly string[] {
  if (isOwned(observed, 'container')) return observed.actual.drift.map((one) => one.text)
  if (isOwned(observed, 'network')) return observed.actual.drift
  if (isOwned(observed, 'volume')) return observed.actual.missing ? ['its data is gone'] : []
  return isOwned(observed, 'image') && !observed.actual.unpacked ? ['it is not unpacked'] : []
}

const waitsFor = (waiting: Declared, containers: readonly OwnedContainer[]): readonly WhyDependency[] =>
  (waiting.spec?.depends_on ?? []).map((one) => dependency(one.container, one, waiting, containers))

/** The state of a dependency, listed with the name of the container at its other end. */
function dependency(
  name: ResourceAddress,
  { container, condition }: ContainerSpec['depends_on'][number],
  { hasStarted }: Declared,
  containers: readonly OwnedContainer[],
): WhyDependency {
  const observed = containers.find((one) => one.address === container)
  const found = dependencyState(condition, observed)
  const started = hasStarted ? ({ hasStarted } as const) : {}
  if (observed === undefined)
    return { container: name, condition, fulfilled: false, text: 'does not exist', ...started }
  if (found.state !== 'fulfilled') {
    const text = isBeingChecked(observed) ? (healthPhrase(observed.actual, new Date()) ?? found.text) : found.text
    return { container: name, condition, fulfilled: false, text, ...started }
  }
  const readiness = readinessOf(observed)
  // The order of the steps ensures it, so an apply does not check this condition.
  if (
    !hasStarted &&
    condition === 'service_started' &&
    readiness.state !== 'ready' &&
    !hasProcess(observed.actual.state)
  )
    return { container: name, condition, fulfilled: false, text: readiness.text }
  const trouble = condition === 'service_started' && readiness.state !== 'ready' ? readiness.text : undefined
  return { container: name, condition, fulfilled: true, ...(trouble !== undefined && { text: trouble, ...started }) }
}

/** No check has decided yet, or none decides now. */
const isBeingChecked = ({ actual }: OwnedContainer): boolean =>
  actual.state === 'running' && actual.health === 'starting'

/** The containers that wait for a container, share its network, or use a network, image or volume. */
function neededBy(
  address: ResourceAddress,
  users: readonly Declared[],
  containers: readonly OwnedContainer[],
): readonly WhyDependency[] {
  return users.flatMap((user): WhyDependency[] => {
    const declared = user.spec?.depends_on.find((one) => one.container === address)
    if (declared) return [dependency(user.address, declared, user, containers)]
    const isUser = user.spec !== undefined && uses(user.spec, address)
    return isUser ? [{ container: user.address, condition: null, fulfilled: null }] : []
  })
}

const uses = (spec: ContainerSpec, address: ResourceAddress): boolean =>
  spec.image === address ||
  sharedContainer(spec.network_mode) === address ||
  spec.networks.some((one) => one.network === address) ||
  spec.mounts.some((one) => one.type === 'volume' && one.volume === address)
