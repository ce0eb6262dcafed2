import type { Address } from '../../src/model/address.ts'
import type { Resource } from '../../src/model/desired.ts'
import type { Observation } from '../../src/model/observation.ts'
import { emptyWatchRecord, type WatchRecord } from '../../src/state/watch-store.ts'
import type { DesiredRevision } from '../../src/watch/controller/desired-revision.ts'
import type { HostObservation } from '../../src/watch/controller/observe.ts'
import type { StackPlan } from '../../src/watch/controller/stack-plan.ts'
import { type StackState, track } from '../../src/watch/controller/stack-state.ts'

/** What the files of a stack ask for; `hash` stands for all of it. */
export const revision = (stack: string, hash: string, resources: readonly Resource[] = []): DesiredRevision => ({
  stack,
  hash,
  wanted: new Map(resources.map((one) => [one.address, one])),
  inactive: [],
  secretValues: new Map(),
  source: { desiredHash: hash, files: [] },
})

/** A stack that watch keeps, with what a test says of it and of its memory. */
export const stackState = (
  name: string,
  fields: Partial<StackState> = {},
  memory: Partial<WatchRecord> = {},
): StackState => ({
  ...track(name, '/stacks', { ...emptyWatchRecord, stack: name, source: '/stacks', ...memory }),
  ...fields,
})

/** A stack whose files were applied as generation 4, and proved themselves. */
export const appliedStack = (
  name: string,
  fields: Partial<StackState> = {},
  memory: Partial<WatchRecord> = {},
): StackState =>
  stackState(
    name,
    { desired: revision(name, 'as applied'), ...fields },
    { appliedHash: 'as applied', applied: 4, attempted: 4, ...memory },
  )

/** What a look found to do for a stack: nothing, but for what a test says. */
export const stackPlan = (kept: StackState, fields: Partial<StackPlan> = {}): StackPlan => ({
  state: kept,
  desired: kept.desired,
  removed: kept.removed,
  settings: kept.settings,
  target: kept.removed ? undefined : kept.desired,
  planned: undefined,
  steps: [],
  error: undefined,
  concerned: [],
  ...fields,
})

/** A look at a host on which these objects are. */
export const observationOf = (resources: ReadonlyMap<Address, Observation>): HostObservation => ({
  snapshot: { resources, state: { inventory: new Map(), leases: [], generation: 4, pending: [] } },
  plans: [],
  errors: new Map(),
  disturbed: false,
})
