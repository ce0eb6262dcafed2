import type { NewEvent } from '../model/event.ts'
import type { Event } from '../model/plan.ts'
import { stacksOf } from '../reconciler/history/history.ts'
import type { Planned } from '../reconciler/reconcile.ts'
import type { Session } from '../reconciler/session.ts'
import type { ClosableReporter } from '../report/reporters.ts'

/** Tells an apply to whoever follows the instance's events. */
export interface Announcement {
  /** A reporter that says all that this one says, and publishes start and end. */
  around(reporter: ClosableReporter): ClosableReporter
  /** Waits until all is published. */
  end(): Promise<void>
}

/** Events are for whoever looks: where they cannot be written, the apply goes on without them. */
export function announce(session: Session, { plan, request }: Planned): Announcement {
  const changed = stacksOf(plan.steps.map((step) => step.address))
  // Of the default network alone, whose members they are.
  const stacks = [...(changed.size > 0 ? changed : stacksOf(request.scope.wanted.keys()))].sort()
  const verb = request.rollbackOf === undefined ? 'apply' : `rollback to generation ${request.rollbackOf}`
  const about = { text: `${verb} of ${stacks.join(', ')}`, ...(stacks.length === 1 && { stack: stacks[0] as string }) }
  const store = import('../state/watch-store.ts').then(({ openWatchStore }) =>
    openWatchStore({
      paths: session.paths,
      ...(session.redisUrl !== undefined && { url: session.redisUrl }),
      mode: 'write',
    }),
  )
  let last: Promise<unknown> = store.catch(() => undefined)
  let generation = 0
  return {
    around: (reporter) => ({
      report(event) {
        reporter.report(event)
        if (event.type === 'apply.started') generation = event.generation
        const told = eventOf(event, about, generation)
        if (told) last = last.then(async () => (await store)?.publish(told)).catch(() => undefined)
      },
      close: () => reporter.close(),
    }),
    async end() {
      await last
      await store.then((open) => open?.close()).catch(() => undefined)
    },
  }
}

function eventOf(
  event: Event,
  { text, stack }: { readonly text: string; readonly stack?: string },
  generation: number,
): NewEvent | undefined {
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
