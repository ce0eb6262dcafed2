import type { SecretValues } from '../../model/desired.ts'
import type { HistoryChange, StackSource } from '../../model/generation.ts'
import type { StepId, StepOutcome } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { sensitiveNames, sensitiveToken } from '../../model/tokens.ts'
import type { Planned } from '../planned.ts'
import type { Session } from '../session.ts'
import { changedRecords, nextRecords, patchBetween, type Records, stacksOf, withDigests } from './history.ts'
import { createSealer } from './seal.ts'

/** The record of a run in the history. */
export interface GenerationRecord {
  readonly stacks: Readonly<Record<string, StackSource>>
  /** The state that the run is to reach. */
  readonly recorded: HistoryChange
  /** The same once more where the run has found digests out that were not known when it began; else undefined. */
  completed(outcomes: ReadonlyMap<StepId, StepOutcome>): HistoryChange | undefined
}

const nothingStates: StackSource = { desiredHash: null, files: [] }

/** The record of a run that is about to begin, for the stacks that it concerns. Reads only their newest records. */
export async function recordPlanned(
  session: Session,
  { resolved, snapshot, request }: Planned,
): Promise<GenerationRecord> {
  const { scope, sources, destroys, secretValues } = request
  const desired = new Map([...resolved.desired].filter(([address]) => scope.desired.has(address)))
  const goes = [...snapshot.observations.keys()].filter((address) => resolved.removes(address))
  const named = [...(sources?.keys() ?? []), ...(destroys ?? [])]
  const names = new Set([...named, ...stacksOf(desired.keys()), ...stacksOf(goes)])
  const stacks = Object.fromEntries([...names].sort().map((name) => [name, sources?.get(name) ?? nothingStates]))
  const before = await session.state.records([...names])
  const after = nextRecords(before, { desired, removes: resolved.removes, sources: stacks })
  const sealed = (records: Records): HistoryChange => recordedOf(before, records, secretValues, session.key)
  const changed = changedRecords(before, after)
  const unknown = [...desired.values()].flatMap((one) =>
    one.kind === 'image' && one.spec.digest === undefined ? [one.address] : [],
  )
  return {
    stacks,
    recorded: sealed(changed),
    completed(outcomes) {
      const found = new Map(unknown.flatMap((address) => digestOf(address, outcomes)))
      if (found.size === 0) return undefined
      const filled = withDigests(after, found)
      // Records from the beginning of the run are written again, also if they are the same.
      const names = new Set([...changed.keys(), ...changedRecords(before, filled).keys()])
      return sealed(new Map([...filled].filter(([stack]) => names.has(stack))))
    },
  }
}

function recordedOf(before: Records, records: Records, secretValues: SecretValues, key: Buffer): HistoryChange {
  const names = [...sensitiveNames(JSON.stringify([...records.values()]))]
  const seal = createSealer(key)
  return {
    records,
    reversePatch: patchBetween(records, new Map([...records.keys()].map((stack) => [stack, before.get(stack)]))),
    sealed: new Map(
      names.flatMap((name) => {
        const value = secretValues.get(sensitiveToken(name))
        return value === undefined ? [] : [[name, seal(name, value)]]
      }),
    ),
  }
}

const digestOf = (address: ResourceAddress, outcomes: ReadonlyMap<StepId, StepOutcome>): [ResourceAddress, string][] =>
  (['create', 'update'] as const).flatMap((action): [ResourceAddress, string][] => {
    const outcome = outcomes.get(`${address}:${action}`)
    const digest = outcome?.status === 'done' ? outcome.outputs?.digest : undefined
    return typeof digest === 'string' ? [[address, digest]] : []
  })
