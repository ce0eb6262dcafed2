import { type Address, parseAddress } from '../model/address.ts'
import { type Change, type ChangeClass, changeClasses, type Diff } from '../model/change.ts'
import type { Resource } from '../model/desired.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { ContainerSpec } from '../model/kinds/container.ts'
import type { Observation } from '../model/observation.ts'
import type { Plan, Step, StepAction, StepId } from '../model/plan.ts'
import type { Registry } from '../providers/registry.ts'
import { closure, topologicalOrder } from './graph.ts'
import type { Snapshot } from './observe.ts'

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

type Draft = Omit<Step, 'after'>

/** The whole decision: what is wanted against what is, as ordered steps. Pure; the same input gives the same bytes. */
export function makeSteps(input: PlanInput, registry: Registry): Plan {
  const drafts = withUprooted(expandReplacements(draftAll(input, registry), input, registry), input, registry)
  const waits = orderSteps(drafts, input, registry)
  const ordered = topologicalOrder(waits).map((id): Step => {
    const draft = drafts.get(id) as Draft
    return { ...draft, after: [...(waits.get(id) ?? [])].sort() }
  })
  return { formatVersion: 1, steps: ordered, summary: summarise(ordered, input.wanted.size), warnings: warnings(input) }
}

function draftAll(input: PlanInput, registry: Registry): Map<StepId, Draft> {
  const drafts = new Map<StepId, Draft>()
  const add = (draft: Draft): unknown => drafts.set(draft.id, draft)
  for (const resource of input.wanted.values()) {
    const observed = input.snapshot.resources.get(resource.address)
    if (observed?.presence === 'foreign') continue
    if (observed === undefined) add(draft(resource.address, 'create', 'not there', [], resource.spec))
    else for (const one of draftChange(resource, observed, input, registry)) add(one)
  }
  for (const [address, observed] of input.snapshot.resources) {
    if (observed.presence !== 'owned' || input.wanted.has(address) || !input.prune(address)) continue
    const keepsData = parseAddress(address).kind === 'volume' && !deletesVolume(observed.spec, input.deleteData)
    add(draft(address, keepsData ? 'release' : 'delete', input.removal, [], observed.spec))
  }
  return drafts
}

const deletesVolume = (spec: unknown, deleteData: boolean): boolean =>
  deleteData && (spec as { protect?: boolean } | undefined)?.protect !== true

function draftChange(
  resource: Resource,
  observed: Observation & { presence: 'owned' },
  input: PlanInput,
  registry: Registry,
): Draft[] {
  const { address, kind, spec } = resource
  const diff: Diff = registry.providers[kind].diff(spec, observed)
  if (diff.action !== 'keep') {
    const action = diff.action === 'replace' ? 'delete' : diff.action
    return [
      {
        ...draft(address, action, reasonOf(diff.changes), diff.changes, action === 'delete' ? observed.spec : spec),
        class: classOf(diff.changes),
      },
    ]
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
  return [{ ...draft(address, 'update', 'its record is lost: rebuilt from the host', [change], spec), class: 'live' }]
}

function draft(address: Address, action: StepAction, reason: string, changes: readonly Change[], spec: unknown): Draft {
  const { kind } = parseAddress(address)
  const destructive = action === 'delete' && kind === 'volume'
  return { id: `${address}:${action}`, address, kind, action, class: null, reason, changes, destructive, spec }
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
function expandReplacements(drafts: Map<StepId, Draft>, input: PlanInput, registry: Registry): Map<StepId, Draft> {
  const replaced = [...drafts.values()].filter((one) => one.action === 'delete' && input.wanted.has(one.address))
  for (const one of replaced) {
    const wanted = input.wanted.get(one.address) as Resource
    add(drafts, {
      ...draft(one.address, 'create', `replaces the one above: ${one.reason}`, one.changes, wanted.spec),
      class: 'replace',
    })
    for (const dependent of dependentsOf(one.address, input, registry)) {
      for (const action of ['create', 'update', 'recreate'] as const) drafts.delete(`${dependent}:${action}`)
      const because = `${one.address} is replaced`
      add(drafts, {
        ...draft(
          dependent,
          'delete',
          because,
          [],
          input.snapshot.resources.get(dependent)?.presence === 'owned' ? ownedSpec(input, dependent) : undefined,
        ),
        class: 'replace',
      })
      const again = input.wanted.get(dependent)
      if (again) add(drafts, { ...draft(dependent, 'create', because, [], again.spec), class: 'replace' })
    }
  }
  return drafts
}

/** Who shares a namespace that is made anew gets a new process in the same run. */
function withUprooted(drafts: Map<StepId, Draft>, input: PlanInput, registry: Registry): Map<StepId, Draft> {
  const uprooting = [...drafts.values()].filter(
    (one) =>
      (one.action === 'create' || one.action === 'recreate') &&
      registry.providers[one.kind].uproots?.(one.changes, input.snapshot.resources.get(one.address)),
  )
  for (const { address } of uprooting) {
    for (const sharer of input.wanted.values()) {
      const stands = input.snapshot.resources.get(sharer.address)?.presence === 'owned'
      const planned = (['create', 'recreate'] as const).some((action) => drafts.has(`${sharer.address}:${action}`))
      if (!stands || planned || !sharesNamespace(sharer, address)) continue
      const drift = `${address} gets a new network namespace`
      const change: Change = { path: '/host/network', before: drift, after: undefined, class: 'recreate', drift }
      const changes = [...(drafts.get(`${sharer.address}:update`)?.changes ?? []), change]
      drafts.delete(`${sharer.address}:update`)
      add(drafts, {
        ...draft(sharer.address, 'recreate', reasonOf(changes), changes, sharer.spec),
        class: 'recreate',
      })
    }
  }
  return drafts
}

const add = (drafts: Map<StepId, Draft>, one: Draft): unknown => drafts.set(one.id, one)

const ownedSpec = (input: PlanInput, address: Address): unknown => {
  const observed = input.snapshot.resources.get(address)
  return observed?.presence === 'owned' ? observed.spec : undefined
}

/** Owned objects that stand on `address` today, directly or not; network and image alike. */
function dependentsOf(address: Address, input: PlanInput, registry: Registry): readonly Address[] {
  const reached = closure([address], (from) =>
    [...input.snapshot.resources]
      .filter(
        ([one, observed]) =>
          observed.presence === 'owned' &&
          observed.spec !== undefined &&
          referencesOf(one, observed.spec, registry).includes(from),
      )
      .filter(
        ([one, observed]) => from === address || sharesNamespace(observed as { spec: unknown }, from) || one === from,
      )
      .map(([one]) => one),
  )
  return [...reached].filter((one) => one !== address).sort()
}

/** Only a shared network namespace makes a container fall with another container; plain depends_on does not. */
const sharesNamespace = (observed: { spec: unknown }, from: Address): boolean =>
  (observed.spec as Partial<ContainerSpec>).network_mode === `container:${from}`

function referencesOf(address: Address, spec: unknown, registry: Registry): readonly Address[] {
  return spec === undefined ? [] : registry.providers[parseAddress(address).kind].references(spec)
}

const makers = ['create', 'update', 'recreate'] as const
const removers = ['delete', 'release'] as const
const isRemoval = (one: Draft): boolean => one.action === 'delete' || one.action === 'release'
const stepIds = (address: Address, actions: readonly StepAction[]): StepId[] =>
  actions.map((action): StepId => `${address}:${action}`)

/** Who waits for whom: makers after what they refer to, removers after those that refer to them, a maker after its own remover. */
function orderSteps(
  drafts: ReadonlyMap<StepId, Draft>,
  input: PlanInput,
  registry: Registry,
): ReadonlyMap<StepId, StepId[]> {
  const waits = new Map<StepId, StepId[]>([...drafts.keys()].map((id) => [id, []]))
  const wait = (id: StepId, others: readonly StepId[]): void => {
    waits.get(id)?.push(...others.filter((other) => other !== id && drafts.has(other)))
  }
  const freed = addressesFreed(drafts)
  for (const [id, one] of drafts) {
    const references = referencesOf(one.address, one.spec, registry)
    for (const used of isRemoval(one) ? references : imagesLeft(one.address, input, registry))
      for (const remover of stepIds(used, removers)) wait(remover, [id])
    if (isRemoval(one)) continue
    for (const reference of references) wait(id, stepIds(reference, makers))
    wait(id, stepIds(one.address, removers))
    for (const key of addressesOf(one)) wait(id, freed.get(key) ?? [])
  }
  return waits
}

/** What runs from an image keeps it until its successor runs. */
const imagesLeft = (address: Address, input: PlanInput, registry: Registry): readonly Address[] =>
  referencesOf(address, ownedSpec(input, address), registry).filter((one) => parseAddress(one).kind === 'image')

/** An address may be taken up again only after its last holder has gone. */
const addressesOf = (one: Draft): readonly string[] =>
  one.kind === 'container' && one.spec !== undefined
    ? (one.spec as ContainerSpec).networks.map((attachment) => `${attachment.network} ${attachment.ipv4_address}`)
    : []

function addressesFreed(drafts: ReadonlyMap<StepId, Draft>): ReadonlyMap<string, readonly StepId[]> {
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
