import { firstLine } from '../../model/errors.ts'
import type { NewEvent } from '../../model/event.ts'
import { authorText, type GenerationOrigin } from '../../model/generation.ts'
import { type Event, effectOf, type Reporter, type Step } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import { conditionReason } from '../../model/values/condition-reason.ts'
import { stacksOf } from '../history/history.ts'
import type { Planned, PlanRequest } from '../planned.ts'
import type { ApplyPlanTools } from '../reconcile.ts'
import type { Session } from '../session.ts'
import { appliedEvents, type DoneStep } from './applied-events.ts'
import { openEventsToWrite } from './events.ts'

export interface ApplyOptions extends ApplyPlanTools {
  /** Publishes the start and the end of the run as events of the instance. */
  readonly announces?: boolean
}

/** Publishes the start, the failed steps and the end of an apply as events of the instance. */
export interface Announcement {
  /** A reporter that reports all that this one does, and publishes start, failures and end. */
  around(reporter: Reporter): Reporter
  /** Waits until all is published. */
  end(): Promise<void>
}

/** An apply does not depend on its events: if they cannot be written, it continues without them. */
export function announce(session: Session, { plan, request }: Planned): Announcement {
  const changed = stacksOf(plan.steps.map((step) => step.address))
  // Of the default network alone, whose members they are.
  const unchanged = new Set([...stacksOf(request.scope.desired.keys()), ...(request.destroys ?? [])])
  const stacks = [...(changed.size > 0 ? changed : unchanged)].sort()
  const about = {
    text: `${verbOf(request)} of ${stacks.join(', ')}`,
    ...(stacks.length === 1 && { stack: stacks[0] as string }),
  }
  const store = openEventsToWrite(session.host, session.paths, session.redisUrl)
  let last: Promise<unknown> = store.catch(() => undefined)
  let generation = 0
  const done: DoneStep[] = []
  const applied = request.isDestroy || request.isBoot ? [] : [...stacksOf(request.scope.desired.keys())].sort()
  const by = authorText({ ...session.caller, command: session.command, ...originOf(session) })
  return {
    around: (reporter) => ({
      report(event) {
        reporter.report(event)
        if (event.type === 'apply.started') generation = event.generation
        if (event.type === 'step.finished' && event.outcome.status === 'done')
          done.push(doneStep(event.step, event.outcome.note))
        const isApplied = event.type === 'finished' && event.failed + event.cancelled === 0
        const reported = eventOf(event, about, generation)
        const events = [...(isApplied ? appliedEvents(applied, done, generation) : []), ...(reported ? [reported] : [])]
        for (const one of events)
          last = last.then(async () => (await store).publish({ ...one, by })).catch(() => undefined)
      },
    }),
    async end() {
      await last
      await store.then((open) => open.close()).catch(() => undefined)
    },
  }
}

const doneStep = (step: Step, note: string | undefined): DoneStep => ({
  address: step.address,
  ...effectOf(step),
  ...(note !== undefined && { note }),
})

const verbOf = ({ isDestroy, isBoot, rollbackOf }: PlanRequest): string => {
  if (isDestroy) return 'destroy'
  if (isBoot) return 'start at boot'
  return rollbackOf === undefined ? 'apply' : `rollback to generation ${rollbackOf}`
}

/** Where the run comes from, as its generation records it. */
const originOf = ({ origin, commit }: Session): GenerationOrigin => ({
  ...(origin !== undefined && { origin }),
  ...(commit && { commit }),
})

function eventOf(
  event: Event,
  { text, stack }: { readonly text: string; readonly stack?: string },
  generation: number,
): NewEvent | undefined {
  if (event.type === 'step.finished') return failedStep(event, generation)
  const common = { generation, ...(stack !== undefined && { stack }) }
  if (event.type === 'apply.started')
    return {
      ...common,
      type: 'apply.started',
      level: 'info',
      reason: 'ApplyStarted',
      message: `The ${text} has begun: ${event.steps} ${event.steps === 1 ? 'step' : 'steps'}.`,
    }
  if (event.type !== 'finished') return undefined
  const { done, failed, skipped, cancelled } = event
  const [level, reason, end] =
    failed > 0
      ? (['error', 'ApplyFailed', `has failed: ${failed} failed, ${skipped} skipped, ${done} done`] as const)
      : cancelled > 0
        ? (['warning', 'ApplyInterrupted', `was interrupted: ${done} done, ${cancelled} not started`] as const)
        : (['info', 'ApplyDone', `is done: ${done} ${done === 1 ? 'step' : 'steps'}`] as const)
  return { ...common, type: 'apply.finished', level, reason, message: `The ${text} ${end}.` }
}

/** The event of a step that failed. The output of a container, on further lines of the message, is left out. Pure. */
function failedStep(
  { step, outcome }: Extract<Event, { readonly type: 'step.finished' }>,
  generation: number,
): NewEvent | undefined {
  if (outcome.status !== 'failed') return undefined
  return {
    type: 'stack.failed',
    level: 'error',
    reason: conditionReason(outcome.error.code),
    message: firstLine(outcome.error.message),
    stack: parseResourceAddress(step.address).stack,
    address: step.address,
    generation,
  }
}
