import type { Address } from '../../src/model/address.ts'
import type { Resource } from '../../src/model/desired.ts'
import type { Observation } from '../../src/model/observation.ts'
import { nothingKnown, type StackMemory } from '../../src/state/watch-store.ts'
import type { Target } from '../../src/watch/controller/desired-revision.ts'
import type { Survey } from '../../src/watch/controller/observe.ts'
import type { Work } from '../../src/watch/controller/stack-plan.ts'
import { type Kept, keep } from '../../src/watch/controller/stack-state.ts'

/** What the files of a stack ask for; `hash` stands for all of it. */
export const target = (stack: string, hash: string, resources: readonly Resource[] = []): Target => ({
  stack,
  hash,
  wanted: new Map(resources.map((one) => [one.address, one])),
  inactive: [],
  secretValues: new Map(),
  source: { desiredHash: hash, files: [] },
})

/** A stack that watch keeps, with what a test says of it and of its memory. */
export const keptStack = (name: string, fields: Partial<Kept> = {}, memory: Partial<StackMemory> = {}): Kept => ({
  ...keep(name, '/stacks', { ...nothingKnown, stack: name, source: '/stacks', ...memory }),
  ...fields,
})

/** A stack whose files were applied as generation 4, and proved themselves. */
export const standing = (name: string, fields: Partial<Kept> = {}, memory: Partial<StackMemory> = {}): Kept =>
  keptStack(
    name,
    { stated: target(name, 'as applied'), ...fields },
    { appliedHash: 'as applied', applied: 4, attempted: 4, ...memory },
  )

/** What a look found to do for a stack: nothing, but for what a test says. */
export const workOn = (kept: Kept, fields: Partial<Work> = {}): Work => ({
  kept,
  stated: kept.stated,
  removed: kept.removed,
  settings: kept.settings,
  target: kept.removed ? undefined : kept.stated,
  planned: undefined,
  steps: [],
  error: undefined,
  concerned: [],
  ...fields,
})

/** A look at a host on which these objects are. */
export const surveyOf = (resources: ReadonlyMap<Address, Observation>): Survey => ({
  snapshot: { resources, state: { inventory: new Map(), leases: [], generation: 4, pending: [] } },
  plans: [],
  errors: new Map(),
  disturbed: false,
})
