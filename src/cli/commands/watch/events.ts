import { setTimeout as delay } from 'node:timers/promises'
import { ExitCode } from '../../../model/errors.ts'
import type { InstanceEvent } from '../../../model/event.ts'
import { openEvents } from '../../../reconciler/engine/events.ts'
import { withRecordedExits } from '../../../report/containers/recorded-exits.ts'
import { countedEvents } from '../../../report/event-repeats.ts'
import { renderEvent } from '../../../report/event-text.ts'
import type { WatchStore } from '../../../state/watch-store.ts'
import { localHost } from '../../local-host.ts'
import { countOption, refuseUntilWithFollow, sinceOption, untilOption } from '../../options.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { requireStack } from './require-stack.ts'

export interface EventsOptions extends CommonOptions {
  readonly follow?: boolean
  readonly limit?: string
  readonly since?: string
  readonly until?: string
}

/** Milliseconds between two attempts to open the records while they cannot be read. */
const retryMs = 1000
/** The most events that are read to find those of one stack. */
const maxEventsRead = 10_000
/** The ID before all events. */
const start = '0'

type PrintEvent = (event: InstanceEvent) => void

/** `heropods events`: prints the events of the instance, oldest first; with `-f` it follows them. Raises `usage`, `unknown-stack` (refused). */
export async function events(stack: string | undefined, options: EventsOptions): Promise<number> {
  refuseUntilWithFollow(options)
  const [since, until] = [sinceOption(options.since), untilOption(options.until)]
  const limit = countOption('--limit', options.limit ?? '50')
  const terminal = openTerminal()
  const isShown = (event: InstanceEvent): boolean =>
    (stack === undefined || event.stack === stack) && event.time >= since && event.time <= until
  const print = (event: InstanceEvent): void => {
    if (!isShown(event)) return
    terminal.print(options.json ? JSON.stringify(event) : renderEvent(event, terminal.style))
  }
  const store = await openStore(options)
  try {
    const known = (await store?.events({ limit: stack === undefined ? limit : maxEventsRead })) ?? []
    const all = options.follow ? known : withRecordedExits(known, await exitsOf(stack, options))
    const own = all.filter((event) => stack === undefined || event.stack === stack)
    if (stack !== undefined && own.length === 0 && !options.follow) await requireKnown(stack, store, options)
    const shown = limit === 0 ? [] : own.slice(-limit).filter(isShown)
    for (const event of options.json ? shown : countedEvents(shown)) print(event)
    if (options.follow) await follow(store, options, known.at(-1)?.id ?? start, print)
    return ExitCode.done
  } finally {
    await store?.close()
  }
}

/** The events are shown also while the host cannot be observed. */
async function exitsOf(stack: string | undefined, options: EventsOptions): Promise<readonly InstanceEvent[]> {
  const { recordedExits } = await import('./recorded-exits.ts')
  return recordedExits(stack, options).catch(() => [])
}

/** A stack without events may exist: its events can be older than the stored ones. */
async function requireKnown(stack: string, store: WatchStore | undefined, options: EventsOptions): Promise<void> {
  const watched = (await store?.status())?.stacks ?? []
  if (watched.some((one) => one.stack === stack)) return
  const { unwatchedStacks } = await import('./status-without-watch.ts')
  requireStack(stack, [...watched, ...(await unwatchedStacks(options))])
}

/** Prints events as they are published, and opens the records again after an error. Ends only with the process. */
async function follow(
  opened: WatchStore | undefined,
  options: EventsOptions,
  newest: string,
  print: PrintEvent,
): Promise<void> {
  let [store, after] = [opened, newest]
  while (true) {
    const next = await nextEvents(store, after)
    for (const event of next ?? []) {
      after = event.id
      print(event)
    }
    if (next !== undefined) continue
    await store?.close()
    await delay(retryMs)
    store = await openStore(options).catch(() => undefined)
  }
}

/** The events after an ID, or after 5 seconds an empty list; undefined: the records cannot be read. */
const nextEvents = async (
  store: WatchStore | undefined,
  after: string,
): Promise<readonly InstanceEvent[] | undefined> =>
  store?.events({ after, limit: 1000, blockMs: 5000 }).catch(() => undefined)

const openStore = (options: CommonOptions): Promise<WatchStore | undefined> =>
  openEvents({
    host: localHost,
    ...(options.instance !== undefined && { instance: options.instance }),
    starts: true,
  })
