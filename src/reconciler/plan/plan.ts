import { type Address, parseAddress } from '../../model/address.ts'
import { type Change, type ChangeClass, changeClasses } from '../../model/change.ts'
import type { Resource } from '../../model/desired.ts'
import type { Diagnostic } from '../../model/errors.ts'
import type { OwnedOf } from '../../model/observation.ts'
import {
  isRemoving,
  type MakingAction,
  type MakingStep,
  type Plan,
  type RemovingAction,
  type RemovingStep,
  type Step,
  type StepAction,
  type StepId,
} from '../../model/plan.ts'
import { diffOf, referencesOf, uprootsOf } from '../../providers/by-kind.ts'
import type { Registry } from '../../providers/linux/registry.ts'
import type { Snapshot } from '../observe.ts'
import { closure, topologicalOrder } from './graph.ts'

export interface PlanInput {
  /** What is wanted, bound: addresses, digests and references filled in as far as they are known. */
  readonly wanted: ReadonlyMap<Address, Resource>
  readonly snapshot: Snapshot
  /** Whether an owned object that is not wanted is to go. */
  readonly prune: (address: Address) => boolean
  readonly deleteData: boolean
  /** Why what is not wanted goes. */
  readonly removal: string
}

/** The whole decision: what is wanted against what is, as ordered steps. Pure; the same input gives the same bytes. */
export function makeSteps(input: PlanInput, registry: Registry): Plan {
  const drafts = withUprooted(expandReplacements(draftAll(input, registry), input, registry), input, registry)
  const waits = orderSteps(drafts, input, registry)
  const ordered = topologicalOrder(waits).flatMap((id): readonly Step[] => {
    const draft = drafts.get(id)
    return draft === undefined ? [] : [{ ...draft, after: [...(waits.get(id) ?? [])].sort() }]
  })
  return { formatVersion: 1, steps: ordered, summary: summarise(ordered, input.wanted.size), warnings: warnings(input) }
}

function draftAll(input: PlanInput, registry: Registry): Map<StepId, Step> {
  const drafts = new Map<StepId, Step>()
  for (const resource of input.wanted.values()) {
    const observed = input.snapshot.resources.get(resource.address)
    if (observed?.presence === 'unmanaged') continue
    if (observed === undefined) add(drafts, making(resource, 'create', 'not there'))
    else for (const one of draftChange(resource, observed, input, registry)) add(drafts, one)
  }
  for (const [address, observed] of input.snapshot.resources) {
    if (observed.presence !== 'owned' || input.wanted.has(address) || !input.prune(address)) continue
    const keepsData = observed.kind === 'volume' && !(input.deleteData && observed.spec?.protect !== true)
    add(drafts, removing(address, observed, keepsData ? 'release' : 'delete', input.removal))
  }
  return drafts
}

function draftChange(resource: Resource, observed: OwnedOf, input: PlanInput, registry: Registry): readonly Step[] {
  const { address } = resource
  const diff = diffOf(registry.providers, resource, observed)
  if (diff.action !== 'keep') {
    const [reason, more] = [reasonOf(diff.changes), { class: classOf(diff.changes), changes: diff.changes }]
    return diff.action === 'replace'
      ? [removing(address, observed, 'delete', reason, more)]
      : [making(resource, diff.action, reason, more)]
  }
  const { inventory, inventoryUnknown } = input.snapshot.state
  if (inventoryUnknown || inventory.has(address)) return []
  const change: Change = {
    path: '/record',
    before: undefined,
    after: 'recorded',
    class: 'live',
    drift: 'its record is lost',
  }
  return [making(resource, 'update', 'its record is lost: rebuilt from the host', { class: 'live', changes: [change] })]
}

type Details = Partial<Pick<Step, 'class' | 'changes'>>
const noDetails = { class: null, changes: [], after: [], destructive: false } as const

const making = (resource: Resource, action: MakingAction, reason: string, details: Details = {}): MakingStep => ({
  id: `${resource.address}:${action}`,
  action,
  reason,
  ...noDetails,
  ...details,
  ...resource,
})

function removing(
  address: Address,
  { presence: _, actual: _actual, ...applied }: OwnedOf,
  action: RemovingAction,
  reason: string,
  details: Details = {},
): RemovingStep {
  const destructive = action === 'delete' && applied.kind === 'volume'
  return { id: `${address}:${action}`, address, action, reason, ...noDetails, destructive, ...details, ...applied }
}

/** The costliest class among changes. Pure. */
export const classOf = (changes: readonly Change[]): ChangeClass =>
  changes.reduce<ChangeClass>(
    (worst, change) => (changeClasses.indexOf(change.class) > changeClasses.indexOf(worst) ? change.class : worst),
    'live',
  )

/** Changes in words: fields first, then drift. */
export function reasonOf(changes: readonly Change[]): string {
  const drifted = changes.filter((change) => change.drift !== undefined).map((change) => change.drift as string)
  const fields = [
    ...new Set(changes.filter((change) => change.drift === undefined).map((change) => change.path.split('/')[1] ?? '')),
  ]
  const changed = fields.length > 0 ? [`${fields.join(', ')} changed`] : []
  return [...changed, ...new Set(drifted)].slice(0, 4).join('; ')
}

/** A replacement is a delete and a create; what stands on the replaced object goes down and comes up with it. */
function expandReplacements(drafts: Map<StepId, Step>, input: PlanInput, registry: Registry): Map<StepId, Step> {
  const replaced = [...drafts.values()].filter((one) => one.action === 'delete')
  for (const { address, reason, changes } of replaced) {
    const wanted = input.wanted.get(address)
    if (wanted === undefined) continue
    add(drafts, making(wanted, 'create', `replaces the one above: ${reason}`, { class: 'replace', changes }))
    for (const [dependent, observed] of dependentsOf(address, input, registry)) {
      for (const id of stepIds(dependent, makers)) drafts.delete(id)
      const because = `${address} is replaced`
      add(drafts, removing(dependent, observed, 'delete', because, { class: 'replace' }))
      const again = input.wanted.get(dependent)
      if (again) add(drafts, making(again, 'create', because, { class: 'replace' }))
    }
  }
  return drafts
}

/** Who shares a namespace that is made anew gets a new process in the same run. */
function withUprooted(drafts: Map<StepId, Step>, input: PlanInput, registry: Registry): Map<StepId, Step> {
  const { resources } = input.snapshot
  const uprooting = [...drafts.values()].filter(
    (one) =>
      (one.action === 'create' || one.action === 'recreate') &&
      uprootsOf(registry.providers, one, resources.get(one.address)),
  )
  for (const { address } of uprooting) {
    for (const sharer of input.wanted.values()) {
      const stands = resources.get(sharer.address)?.presence === 'owned'
      const planned = stepIds(sharer.address, ['create', 'recreate']).some((id) => drafts.has(id))
      if (!stands || planned || !sharesNamespace(sharer, address)) continue
      const drift = `${address} gets a new network namespace`
      const change: Change = { path: '/host/network', before: drift, after: undefined, class: 'recreate', drift }
      const changes = [...(drafts.get(`${sharer.address}:update`)?.changes ?? []), change]
      drafts.delete(`${sharer.address}:update`)
      add(drafts, making(sharer, 'recreate', reasonOf(changes), { class: 'recreate', changes }))
    }
  }
  return drafts
}

const add = (drafts: Map<StepId, Step>, one: Step): unknown => drafts.set(one.id, one)

/** Owned objects that stand on `address` today, directly or not; network and image alike. */
function dependentsOf(
  address: Address,
  input: PlanInput,
  registry: Registry,
): readonly (readonly [Address, OwnedOf])[] {
  const owned = [...input.snapshot.resources].flatMap(([at, one]) =>
    one.presence === 'owned' ? [[at, one] as const] : [],
  )
  const reached = closure([address], (from) =>
    owned
      .filter(([, one]) => referencesOf(registry.providers, one).includes(from))
      .filter(([at, one]) => from === address || sharesNamespace(one, from) || at === from)
      .map(([at]) => at),
  )
  return owned.filter(([at]) => at !== address && reached.has(at)).sort(([left], [right]) => (left < right ? -1 : 1))
}

/** Only a shared network namespace makes a container fall with another container; plain depends_on does not. */
const sharesNamespace = (one: Resource | OwnedOf, from: Address): boolean =>
  one.kind === 'container' && one.spec?.network_mode === `container:${from}`

const makers = ['create', 'update', 'recreate'] as const
const removers = ['delete', 'release'] as const
const stepIds = (address: Address, actions: readonly StepAction[]): StepId[] =>
  actions.map((action): StepId => `${address}:${action}`)

/** Who waits for whom: makers after what they refer to, removers after those that refer to them, a maker after its own remover. */
function orderSteps(
  drafts: ReadonlyMap<StepId, Step>,
  input: PlanInput,
  registry: Registry,
): ReadonlyMap<StepId, StepId[]> {
  const waits = new Map<StepId, StepId[]>([...drafts.keys()].map((id) => [id, []]))
  const wait = (id: StepId, others: readonly StepId[]): void => {
    waits.get(id)?.push(...others.filter((other) => other !== id && drafts.has(other)))
  }
  const freed = addressesFreed(drafts)
  for (const [id, one] of drafts) {
    const references = referencesOf(registry.providers, one)
    for (const used of isRemoving(one) ? references : imagesLeft(one.address, input, registry))
      for (const remover of stepIds(used, removers)) wait(remover, [id])
    if (isRemoving(one)) continue
    for (const reference of references) wait(id, stepIds(reference, makers))
    wait(id, stepIds(one.address, removers))
    for (const key of addressesOf(one)) wait(id, freed.get(key) ?? [])
  }
  return waits
}

/** What runs from an image keeps it until its successor runs. */
function imagesLeft(address: Address, input: PlanInput, registry: Registry): readonly Address[] {
  const observed = input.snapshot.resources.get(address)
  return observed?.presence === 'owned'
    ? referencesOf(registry.providers, observed).filter((one) => parseAddress(one).kind === 'image')
    : []
}

/** An address may be taken up again only after its last holder has gone. */
const addressesOf = (one: Step): readonly string[] =>
  one.kind === 'container'
    ? (one.spec?.networks ?? []).map((attachment) => `${attachment.network} ${attachment.ipv4_address}`)
    : []

function addressesFreed(drafts: ReadonlyMap<StepId, Step>): ReadonlyMap<string, readonly StepId[]> {
  const freed = new Map<string, StepId[]>()
  for (const one of drafts.values()) {
    if (one.action !== 'delete') continue
    for (const key of addressesOf(one)) freed.set(key, [...(freed.get(key) ?? []), one.id])
  }
  return freed
}

function summarise(steps: readonly Step[], wanted: number): Plan['summary'] {
  const count = (...actions: StepAction[]): number => steps.filter((step) => actions.includes(step.action)).length
  const touched = new Set(
    steps.filter((step) => step.action !== 'delete' && step.action !== 'release').map((step) => step.address),
  )
  return {
    create: count('create'),
    update: count('update'),
    recreate: count('recreate'),
    delete: count('delete', 'release'),
    keep: wanted - touched.size,
  }
}

function warnings(input: PlanInput): readonly Diagnostic[] {
  const pending = input.snapshot.state.pending
  return pending.length === 0
    ? []
    : [
        {
          code: 'interrupted-before',
          message: `An earlier run was interrupted in ${pending.length} steps (${pending.slice(0, 3).join(', ')}${pending.length > 3 ? ' ...' : ''}); this plan completes what it left.`,
        },
      ]
}
