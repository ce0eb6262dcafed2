import type { Generation } from '../../../model/generation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { DriftReport, ObjectStatus, StackStatus } from '../../../model/status.ts'
import { absentObjects, progressText, runInProgress } from '../../../reconciler/history/absence.ts'
import { stacksOf } from '../../../reconciler/history/history.ts'
import { lastRunOf, lastStackChange } from '../../../reconciler/history/last-run.ts'
import { emptyWatchRecord, type WatchRecord } from '../../../state/watch-store.ts'
import { instantOf, systemClock } from '../../../watch/clock.ts'
import { newStackState, type StackState } from '../../../watch/stacks/stack-state.ts'
import { statusOf } from '../../../watch/status/status-of.ts'
import { withEngine } from '../../engine-session.ts'
import { recordedStacks } from '../../recorded-stacks.ts'
import type { CommonOptions } from '../../terminal.ts'

/** The status of stacks while no watch runs: the observed host, compared with the last run of each stack. */
export const unwatchedStacks = (options: CommonOptions): Promise<readonly StackStatus[]> =>
  withEngine(options, async (engine) => {
    const snapshot = await engine.observe()
    const [generations, holder] = await Promise.all([engine.generations(), engine.lockHolder()])
    const running = runInProgress(generations, holder !== undefined)
    // The default network belongs to no stack.
    const existing = stacksOf(snapshot.observations.keys())
    const records = await recordedStacks(engine)
    const names = [...new Set([...existing, ...records.keys()])]
    const states = names.map((name) => stateOf(name, generations, running?.generation))
    const now = instantOf(systemClock)
    // The drift of a stack is the drift of all its objects.
    const drift = new Map(statusOf(states, snapshot, [], now).map((status) => [status.stack, driftOf(status)]))
    const absentOf = (stack: string): ReadonlyMap<ResourceAddress, object> =>
      absentObjects(new Map([...records].filter(([name]) => name === stack)), snapshot.observations)
    const drifted = states.map((state): StackState => {
      const absent = absentOf(state.name)
      const known = drift.get(state.name) ?? []
      if (running?.stacks[state.name] !== undefined)
        return { ...state, drift: known, otherRun: progressText(running, absent, snapshot.observations) }
      return { ...state, drift: [...known, ...[...absent.keys()].map(missing)] }
    })
    return statusOf(drifted, snapshot, [], now, false).map((status) => {
      const objects = [...status.objects, ...[...absentOf(status.stack).keys()].map(absentObject)]
      const lastChange = lastStackChange(status.stack, generations)
      return { ...status, objects, ...(lastChange && { lastChange }) }
    })
  })

const missing = (address: ResourceAddress): DriftReport => ({ address, text: 'it is missing' })

/** The state of a stack while no watch runs, from the record of its last run. */
function stateOf(name: string, generations: readonly Generation[], running: number | undefined): StackState {
  const { attempted, applied, failure } = lastRunOf(name, generations, running)
  const record: WatchRecord = {
    ...emptyWatchRecord,
    stack: name,
    attempted: attempted?.generation ?? null,
    verifiedGeneration: applied?.generation ?? null,
    verifiedAt: applied?.time ?? null,
    files: attempted?.stacks[name]?.files.map((file) => file.path) ?? [],
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
