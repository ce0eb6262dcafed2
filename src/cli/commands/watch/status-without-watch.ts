import type { Generation } from '../../../model/generation.ts'
import { entriesOf, parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { DriftReport, ObjectStatus, StackStatus } from '../../../model/status.ts'
import { stacksOf } from '../../../reconciler/history/history.ts'
import { lastRunOf } from '../../../reconciler/history/last-run.ts'
import { emptyWatchRecord } from '../../../state/watch-store.ts'
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
    const running = holder && generations.at(-1)?.result === 'started' ? generations.at(-1)?.generation : undefined
    // The default network belongs to no stack.
    const existing = stacksOf(snapshot.observations.keys())
    const records = await recordedStacks(engine)
    const names = [...new Set([...existing, ...records.keys()])]
    const states = names.map((name) => stateOf(name, generations, running))
    const now = instantOf(systemClock)
    // The drift of a stack is the drift of all its objects.
    const drift = new Map(statusOf(states, snapshot, [], now).map((status) => [status.stack, driftOf(status)]))
    const absentOf = (stack: string): readonly ResourceAddress[] =>
      entriesOf(records.get(stack)?.resources ?? {}).flatMap(([address]) =>
        snapshot.observations.has(address) ? [] : [address],
      )
    const drifted = states.map((state) => {
      const missing = absentOf(state.name).map((address) => ({ address, text: 'it is missing' }))
      return { ...state, drift: [...(drift.get(state.name) ?? []), ...missing] }
    })
    return statusOf(drifted, snapshot, [], now, false).map((status) => {
      const objects = [...status.objects, ...absentOf(status.stack).map(absentObject)]
      return { ...status, objects }
    })
  })

/** The state of a stack while no watch runs, from the record of its last run. */
function stateOf(name: string, generations: readonly Generation[], running: number | undefined): StackState {
  const { attempted, applied, failure } = lastRunOf(name, generations, running)
  const record = {
    ...emptyWatchRecord,
    stack: name,
    attempted: attempted?.generation ?? null,
    applied: applied?.generation ?? null,
    appliedAt: applied?.time ?? null,
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
