import type { Resource } from '../model/desired.ts'
import type { NetworkSpec } from '../model/kinds/network.ts'
import { isOwned, type Observation } from '../model/observation.ts'
import { makes, type Step, type StepId, type StepOutcome } from '../model/plan.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { Providers } from '../providers/by-kind.ts'
import type { WriteContext } from '../providers/provider.ts'
import type { Planned } from './planned.ts'

/** A run after its last step. */
interface EndedRun {
  readonly steps: readonly Step[]
  readonly outcomes: ReadonlyMap<StepId, StepOutcome>
  readonly desired: ReadonlyMap<ResourceAddress, Resource>
  readonly observed: ReadonlyMap<ResourceAddress, Observation>
}

/** The networks with published ports of containers that the run did not start, without these ports. Pure. */
export function networksWithoutUnstarted(run: EndedRun): ReadonlyMap<ResourceAddress, NetworkSpec> {
  const unstarted = new Set(run.steps.filter((step) => isUnstarted(step, run)).map(({ address }) => address))
  const networks = [...run.desired.values()].filter((one) => one.kind === 'network')
  return new Map(
    networks.flatMap(({ address, spec }): [ResourceAddress, NetworkSpec][] => {
      const isConcerned = spec.members.some(({ container, ports }) => ports.length > 0 && unstarted.has(container))
      if (!isConcerned || !exists(address, run)) return []
      const members = spec.members.map((one) => (unstarted.has(one.container) ? { ...one, ports: [] } : one))
      return [[address, { ...spec, members }]]
    }),
  )
}

const isUnstarted = ({ id, kind, action }: Step, { outcomes }: EndedRun): boolean =>
  kind === 'container' && action === 'create' && ['skipped', 'cancelled'].includes(outcomes.get(id)?.status ?? '')

/** True if a network was made or changed by the run, or existed and has no step. */
function exists(network: ResourceAddress, { steps, outcomes, observed }: EndedRun): boolean {
  const step = steps.find((one) => one.address === network && makes(one, 'network'))
  return step === undefined ? isOwned(observed.get(network), 'network') : outcomes.get(step.id)?.status === 'done'
}

/**
 * Removes the rules of published ports whose containers the run did not start, so that a connection is refused and does not hang. The next
 * run that starts them makes the rules again.
 */
export async function closeUnstartedPorts(
  { plan, resolved, snapshot }: Pick<Planned, 'plan' | 'resolved' | 'snapshot'>,
  outcomes: EndedRun['outcomes'],
  providers: Providers,
  write: WriteContext,
): Promise<void> {
  const { observations: observed } = snapshot
  const networks = networksWithoutUnstarted({ steps: plan.steps, outcomes, desired: resolved.desired, observed })
  const items = [...networks].map(([address, spec]) => {
    const before = observed.get(address)
    return { address, spec, actual: isOwned(before, 'network') ? before.actual : undefined, changes: [] }
  })
  if (items.length === 0) return
  // The failure of the run comes first. If the rules cannot be written, they stay as the run has made them.
  await providers.network.update(write, items, () => undefined).catch(() => undefined)
}
