import { authorText, type Generation, type StackRecord } from '../../model/generation.ts'
import { libraryOwner, programOfStack } from '../../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { DriftReport, ObjectStatus, StackOwner, StackStatus } from '../../model/status.ts'
import type { Snapshot } from '../../reconciler/engine.ts'
import { absenceOf, absentObjects, progressText, runInProgress } from '../../reconciler/history/absence.ts'
import { stacksOf } from '../../reconciler/history/history.ts'
import { lastRunOf, withHistory } from '../../reconciler/history/last-run.ts'
import { emptyWatchRecord, type WatchRecord } from '../../state/watch-store.ts'
import type { Instant } from '../clock.ts'
import { newStackState, type StackState } from '../stacks/stack-state.ts'
import { statusOf } from './status-of.ts'

/** The recorded state of stacks that no watch follows. */
export interface RecordedStacks {
  /** The oldest first. */
  readonly generations: readonly Generation[]
  readonly records: ReadonlyMap<string, StackRecord>
  /** True if a command is changing the instance. */
  readonly isBusy: boolean
}

/** Names of the stacks that exist on the host or are recorded. The default network belongs to no stack. Pure. */
export const recordedNames = ({ records }: RecordedStacks, { observations }: Snapshot): readonly string[] => [
  ...new Set([...stacksOf(observations.keys()), ...records.keys()]),
]

/**
 * The status of stacks that no watch follows: the observed host, compared with the last run of each stack. `before`: the statuses until
 * now, for `since` of conditions; `isWatched`: a watch runs, and checks health. Pure.
 */
export function recordedStatus(
  names: readonly string[],
  recorded: RecordedStacks,
  snapshot: Snapshot,
  {
    before,
    now,
    isWatched,
  }: { readonly before: readonly StackStatus[]; readonly now: Instant; readonly isWatched: boolean },
): readonly StackStatus[] {
  if (names.length === 0) return []
  const { generations, records, isBusy } = recorded
  const running = runInProgress(generations, isBusy)
  const states = names.map((name) => stateOf(name, generations, running?.generation))
  // The drift of a stack is the drift of all its objects.
  const drift = new Map(statusOf(states, snapshot, [], now).map((status) => [status.stack, driftOf(status)]))
  const absentOf = (stack: string): ReadonlyMap<ResourceAddress, object> =>
    absentObjects(new Map([...records].filter(([name]) => name === stack)), snapshot.observations)
  const drifted = states.map((state): StackState => {
    const absent = absentOf(state.name)
    const known = drift.get(state.name) ?? []
    if (running?.stacks[state.name] !== undefined)
      // Differences of its objects may be those of the run.
      return { ...state, otherRun: progressText(running, absent, snapshot.observations) }
    return { ...state, drift: [...[...absent.keys()].map((address) => missing(address, generations)), ...known] }
  })
  return statusOf(drifted, snapshot, before, now, isWatched).map((status) => {
    const objects = [...status.objects, ...[...absentOf(status.stack).keys()].map(absentObject)]
    const owner = ownerOf(status.stack, generations)
    return withHistory({ ...status, owner, objects }, generations)
  })
}

/** The owner of a stack that no watch follows. Pure. */
export function ownerOf(stack: string, generations: readonly Generation[]): StackOwner {
  const program = programOfStack(stack)
  if (program !== undefined) return { kind: 'pulumi', name: program }
  if (stack === libraryOwner) return { kind: 'library' }
  const run = generations.findLast(({ stacks }) => Object.hasOwn(stacks, stack))
  return {
    kind: 'files',
    ...(run && { name: authorText({ user: run.user, command: '', ...(run.via && { via: run.via }) }) }),
  }
}

function missing(address: ResourceAddress, generations: readonly Generation[]): DriftReport {
  const absence = absenceOf(address, generations, undefined)
  const text =
    absence.state === 'failed' ? `it was not created: generation ${absence.run.generation} failed` : 'it is missing'
  return { address, text }
}

/** The state of a stack that no watch follows, from the record of its last run. */
function stateOf(name: string, generations: readonly Generation[], running: number | undefined): StackState {
  const { attempted, applied, failure } = lastRunOf(name, generations, running)
  const newest = generations.findLast(({ stacks }) => Object.hasOwn(stacks, name))
  const record: WatchRecord = {
    ...emptyWatchRecord,
    stack: name,
    attempted: attempted?.generation ?? null,
    verifiedGeneration: applied?.generation ?? null,
    verifiedAt: applied?.time ?? null,
    files: newest?.stacks[name]?.files.map((file) => file.path) ?? [],
  }
  return { ...newStackState(name, '', record), lastError: failure }
}

/** A container that exited or was stopped has a reason of its own. */
const driftOf = ({ objects }: StackStatus): readonly DriftReport[] =>
  objects
    .filter(({ state }) => !['exited', 'stopped'].includes(state))
    .flatMap(({ address, drift }) => drift.map((text) => ({ address, text })))

/** An object that the last run was to create and that does not exist. */
const absentObject = (address: ResourceAddress): ObjectStatus => ({
  address,
  kind: parseResourceAddress(address).kind,
  state: 'absent',
  health: null,
  drift: [],
})
