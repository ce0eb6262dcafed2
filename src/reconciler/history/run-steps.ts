import type { RecordedDiagnostic } from '../../model/errors.ts'
import { type RunSteps, recordedStepLimit, type StepRecord } from '../../model/generation.ts'
import { isDerivedPath } from '../../model/kinds/network.ts'
import { type Event, effectOf, type Plan, type Reporter, type Step, type StepId } from '../../model/plan.ts'
import type { StateSnapshot } from '../../state/state.ts'

/** Characters of the message of a failed step. The last lines of the output are at its end. */
const maxMessageCharacters = 4000

/** A reporter that also records the steps that end. `ended` returns them. */
export function recordSteps(reporter: Reporter): { readonly reporter: Reporter; readonly ended: () => RunSteps } {
  const steps: StepRecord[] = []
  return {
    reporter: {
      report(event) {
        if (event.type === 'step.finished') steps.push(stepRecord(event))
        reporter.report(event)
      },
    },
    ended: () => boundedSteps(steps),
  }
}

type Finished = Extract<Event, { readonly type: 'step.finished' }>

function stepRecord({ step, outcome, durationMs }: Finished): StepRecord {
  const common = {
    address: step.address,
    ...effectOf(step),
    result: outcome.status,
    durationMs,
    ...(isDerived(step) && { derived: true as const }),
  }
  switch (outcome.status) {
    case 'failed':
      return { ...common, error: bounded(outcome.error) }
    case 'skipped':
      return { ...common, because: outcome.because, ...(outcome.becauseOfImages && { becauseOfImages: true }) }
    case 'done':
      return { ...common, ...(outcome.note !== undefined && { note: outcome.note }) }
    default:
      return common
  }
}

/** True if a step only follows from changes of containers. */
const isDerived = ({ action, changes }: Step): boolean =>
  action === 'update' &&
  changes.length > 0 &&
  changes.every(({ path, drift }) => drift === undefined && isDerivedPath(path))

/** A diagnostic without its place, whose quote may hold a secret, and with a message of bounded length. */
function bounded({ place: _, message, ...rest }: RecordedDiagnostic): RecordedDiagnostic {
  const half = maxMessageCharacters / 2
  const text =
    message.length > maxMessageCharacters ? `${message.slice(0, half)}\n  ...\n${message.slice(-half)}` : message
  return { ...rest, message: text }
}

/** The steps without the oldest ones that are done, so that `recordedStepLimit` are left. Pure. */
export function boundedSteps(steps: readonly StepRecord[]): RunSteps {
  const done = steps.filter(({ result }) => result === 'done')
  const omitted = new Set(done.slice(0, Math.max(0, steps.length - recordedStepLimit)))
  const left = steps.filter((step) => !omitted.has(step))
  return { steps: left.slice(0, recordedStepLimit), omittedSteps: omitted.size }
}

/**
 * The steps of the newest run, if it was killed: each is recorded before it starts and after it ends. Returns undefined if the records
 * have no step of this run, because a later run has replaced them. Pure.
 */
export function killedSteps(generation: number, plan: Plan, state: StateSnapshot): readonly StepRecord[] | undefined {
  if (generation !== state.generation || state.inventoryUnknown) return undefined
  const pending = new Set<StepId>(state.pending)
  return plan.steps.map((step) => {
    const { id, address, action } = step
    const record = state.inventory.get(address)
    const isRemoved = (action === 'delete' || action === 'release') && record === undefined
    const isDone = isRemoved || record?.generation === generation
    const result = pending.has(id) ? 'unfinished' : isDone ? 'done' : 'cancelled'
    return { address, ...effectOf(step), result, durationMs: null }
  })
}
