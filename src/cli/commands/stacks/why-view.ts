import { type Resource, recordedResource } from '../../../model/desired.ts'
import { showable } from '../../../model/diff/showable.ts'
import { authorText } from '../../../model/generation.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { dependencyState } from '../../../model/kinds/dependency.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { changesOf } from '../../../model/kinds/rules/rules.ts'
import { isOwned, type Observation } from '../../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress, sharedContainer } from '../../../model/resource-address.ts'
import type { Snapshot } from '../../../reconciler/engine.ts'
import type { LastChange } from '../../../reconciler/history/last-change.ts'
import type { WhyDependency, WhyDrift, WhyView } from '../../../report/why-text.ts'
import { type OwnedContainer, ownedContainers } from '../../container-view.ts'

/** The place of an object in its files. */
export type WhyPlace = Pick<WhyView, 'origin' | 'fields' | 'changedFiles'>

/** The explanation of one object. `desired`: its recorded desired state. Pure. */
export function whyView(
  address: ResourceAddress,
  {
    snapshot,
    desired,
    last,
  }: { snapshot: Pick<Snapshot, 'observations'>; desired: Resource | undefined; last: LastChange | undefined },
  place: WhyPlace,
): WhyView {
  const observed = snapshot.observations.get(address)
  const containers = ownedContainers(snapshot)
  return {
    address,
    kind: parseResourceAddress(address).kind,
    exists: observed?.presence === 'owned',
    state: stateOf(observed),
    ...place,
    lastChange: last ? lastChangeOf(last) : null,
    drift: [...fieldDrift(address, desired, observed), ...liveDrift(observed).map((live) => ({ path: null, live }))],
    waitsFor: isOwned(observed, 'container') ? waitsFor(observed.spec, containers) : [],
    neededBy: neededBy(address, containers),
  }
}

function stateOf(observed: Observation | undefined): WhyView['state'] {
  if (!isOwned(observed, 'container')) return null
  const { state, health = null, exitCode = null, restarts, startedAt = null, outOfMemory, lastCheck } = observed.actual
  return {
    ...{ state, health, exitCode, restarts, startedAt },
    ...(outOfMemory && { outOfMemory }),
    ...(lastCheck?.output !== undefined && { healthOutput: lastCheck.output }),
  }
}

const lastChangeOf = ({ run, step }: LastChange): WhyView['lastChange'] => ({
  generation: run.generation,
  time: run.time,
  by: authorText(run),
  command: run.command,
  result: run.result,
  action: step.action,
  reason: step.reason,
  fields: step.changes.map((change) => change.path).filter((path) => path !== ''),
  ...(run.commit && { commit: run.commit }),
})

/** Fields in which the spec that was applied on the host is not the recorded one. */
function fieldDrift(
  address: ResourceAddress,
  desired: Resource | undefined,
  observed: Observation | undefined,
): WhyDrift[] {
  if (desired === undefined || observed?.presence !== 'owned' || observed.spec === undefined) return []
  const applied = recordedResource(address, observed.spec)
  const target = isOwned(observed, 'network') && observed.spec ? withMembers(desired, observed.spec) : desired
  if (applied === undefined) return []
  return changesOf(applied, target).map(({ path, before, after }) => ({
    path,
    wanted: showable(after ?? null),
    recorded: showable(before ?? null),
  }))
}

/** Members of a network are derived from containers, and not recorded. */
const withMembers = (desired: Resource, { members, hosts }: NetworkSpec): Resource =>
  desired.kind === 'network' ? { ...desired, spec: { ...desired.spec, members, hosts } } : desired

/** The differences of the host from the applied spec, in words. */
function liveDrift(observed: Observation | undefined): readonly string[] {
  if (isOwned(observed, 'container')) return observed.actual.drift.map((one) => one.text)
  if (isOwned(observed, 'network')) return observed.actual.drift
  if (isOwned(observed, 'volume')) return observed.actual.missing ? ['its data is gone'] : []
  return isOwned(observed, 'image') && !observed.actual.unpacked ? ['it is not unpacked'] : []
}

const waitsFor = (spec: ContainerSpec | undefined, containers: readonly OwnedContainer[]): readonly WhyDependency[] =>
  (spec?.depends_on ?? []).map((one) => dependency(one.container, one, containers))

/** The state of a dependency, listed with the name of the container at its other end. */
function dependency(
  name: ResourceAddress,
  { container, condition }: ContainerSpec['depends_on'][number],
  containers: readonly OwnedContainer[],
): WhyDependency {
  const found = dependencyState(
    condition,
    containers.find((one) => one.address === container),
  )
  const fulfilled = found.state === 'fulfilled'
  return { container: name, condition, fulfilled, ...(!fulfilled && { text: found.text }) }
}

/** The containers that wait for a container, share its network, or use a network, image or volume. */
function neededBy(address: ResourceAddress, containers: readonly OwnedContainer[]): readonly WhyDependency[] {
  return containers.flatMap(({ address: user, spec }): WhyDependency[] => {
    if (spec === undefined) return []
    const declared = spec.depends_on.find((one) => one.container === address)
    if (declared) return [{ ...dependency(user, declared, containers) }]
    return uses(spec, address) ? [{ container: user, condition: null, fulfilled: null }] : []
  })
}

const uses = (spec: ContainerSpec, address: ResourceAddress): boolean =>
  spec.image === address ||
  sharedContainer(spec.network_mode) === address ||
  spec.networks.some((one) => one.network === address) ||
  spec.mounts.some((one) => one.type === 'volume' && one.volume === address)
