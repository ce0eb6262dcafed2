import type { Desired, Resource } from '../../src/model/desired.ts'
import type { Observation } from '../../src/model/observation.ts'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import type { Planned } from '../../src/reconciler/engine.ts'
import type { LoadFailure } from '../../src/stack/load-directory.ts'
import { emptyWatchRecord, type WatchRecord } from '../../src/state/watch-store.ts'
import type { Instant } from '../../src/watch/clock.ts'
import type { Subject } from '../../src/watch/controller/decide-all.ts'
import { type HostObservation, requestFor } from '../../src/watch/controller/observe.ts'
import { emptyPlan, type StackPlan } from '../../src/watch/controller/stack-plan.ts'
import type { Verification } from '../../src/watch/rollout/verify.ts'
import type { SourceRevision } from '../../src/watch/source/directory.ts'
import type { DesiredRevision } from '../../src/watch/stacks/desired-revision.ts'
import { newStackState, type StackState } from '../../src/watch/stacks/stack-state.ts'

/** A desired revision of a stack; `hash` identifies all of it. */
export const revision = (stack: string, hash: string, resources: readonly Resource[] = []): DesiredRevision => ({
  stack,
  hash,
  resources: new Map(resources.map((one) => [one.address, one])),
  inactive: [],
  secretValues: new Map(),
  source: { desiredHash: hash, files: [] },
})

/** The state of a stack that was never applied, with the fields of a test. */
export const stackState = (
  name: string,
  fields: Partial<StackState> = {},
  record: Partial<WatchRecord> = {},
): StackState => ({
  ...newStackState(name, '/stacks', { ...emptyWatchRecord, stack: name, source: '/stacks', ...record }),
  ...fields,
})

/** The state of a stack whose files are applied as generation 4, and verified. */
export const appliedStack = (
  name: string,
  fields: Partial<StackState> = {},
  record: Partial<WatchRecord> = {},
): StackState =>
  stackState(
    name,
    { desired: revision(name, 'as applied'), ...fields },
    { verifiedHash: 'as applied', verifiedGeneration: 4, attempted: 4, ...record },
  )

export const verificationOf = (fields: Partial<Verification> = {}): Verification => ({
  hash: 'new',
  generation: 5,
  startedAt: 0,
  containers: [],
  starts: new Map(),
  ...fields,
})

/** The plan of a stack: no steps, but for the fields of a test. */
export const stackPlan = (state: StackState, fields: Partial<StackPlan> = {}): StackPlan => ({
  ...emptyPlan(state),
  target: state.undeclared ? undefined : state.desired,
  ...fields,
})

/** A stack in a reconcile, with its plan. */
export const subject = (state: StackState, fields: Partial<StackPlan> = {}): Subject => ({
  state,
  plan: stackPlan(state, fields),
})

/** An observation of a host on which these objects exist. */
export const observationOf = (
  resources: ReadonlyMap<ResourceAddress, Observation>,
  fields: Partial<HostObservation> = {},
): HostObservation => ({
  snapshot: { observations: resources, state: { inventory: new Map(), leases: [], generation: 4, pending: [] } },
  plans: [],
  errors: new Map(),
  disturbed: false,
  ...fields,
})

/** A plan without steps of its own, of a host without objects. */
export const plannedOf = (): Planned => ({
  plan: {
    formatVersion: 1,
    steps: [],
    summary: { create: 0, update: 0, recreate: 0, delete: 0, keep: 0 },
    warnings: [],
  },
  resolved: { desired: new Map(), leases: [], replacedLeases: [], removes: () => false, errors: [], warnings: [] },
  snapshot: observationOf(new Map()).snapshot,
  request: requestFor([]),
})

/** A Monday. */
export const noon: Instant = { monotonic: 10_000, wall: new Date('2026-11-23T12:00:00Z') }

/** What the files of one stack declare. */
export const declared = (name: string, files: readonly string[]): Desired => ({
  stacks: [
    {
      name,
      labels: {},
      reconcile: defaultReconcile,
      resources: new Map(),
      inactive: [],
      sources: { configs: {}, secrets: {} },
      sensitiveVariables: [],
      files: files.map((path) => ({ path, sha256: path })),
      place: async () => undefined,
      origins: async () => [],
    },
  ],
  secretValues: new Map(),
})

/** A revision of the source. */
export const sourceRevision = (
  stacks: readonly Desired[],
  failures: readonly LoadFailure[] = [],
  fields: Partial<SourceRevision> = {},
): SourceRevision => ({
  loaded: {
    stacks: new Map(stacks.flatMap((one) => one.stacks.map(({ name }) => [name, one] as const))),
    failures,
    inputs: [],
  },
  revision: '',
  origin: {},
  mayPrune: true,
  onRoot: true,
  ...fields,
})

/** A file that cannot be read, of an unknown stack unless named. */
export const invalidFile = (file: string, stack?: string): LoadFailure => ({
  file,
  stack,
  diagnostics: [{ code: 'yaml', message: `${file} is wrong.` }],
})

/** The value and everything in it, frozen: a write to it raises. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const one of value instanceof Map ? value.values() : Object.values(value)) frozen(one)
  }
  return value
}
