import { setTimeout as delay } from 'node:timers/promises'
import { ExitCode } from '../../model/errors.ts'
import type { HostEvent } from '../../model/event.ts'
import { openEvents } from '../../reconciler/engine/events.ts'
import { renderEvent } from '../../report/event-text.ts'
import type { WatchStore } from '../../state/watch-store.ts'
import { type CommonOptions, openTerminal } from '../context.ts'
import { countOption, durationOption } from '../options.ts'

export interface EventsOptions extends CommonOptions {
  readonly follow?: boolean
  readonly limit?: string
  readonly since?: string
}

/** Milliseconds between two tries to reach the records while there are none. */
const retry = 1000

/** `heropods events`: what happened on the instance, whoever did it; with `-f` as it comes. */
export async function events(stack: string | undefined, options: EventsOptions): Promise<number> {
  const terminal = openTerminal()
  const since =
    options.since === undefined ? '' : new Date(Date.now() - durationOption('--since', options.since)).toISOString()
  const limit = countOption('--limit', options.limit ?? '50')
  const show = (event: HostEvent): void => {
    if ((stack !== undefined && event.stack !== stack) || event.time < since) return
    terminal.print(options.json ? JSON.stringify(event) : renderEvent(event, terminal.style))
  }
  let after = '0'
  let store = await openStore(options)
  try {
    const known = (await store?.events({ limit: stack === undefined ? limit : 10_000 })) ?? []
    const own = known.filter((event) => stack === undefined || event.stack === stack)
    for (const event of limit === 0 ? [] : own.slice(-limit)) show(event)
    after = known.at(-1)?.id ?? after
    while (options.follow) {
      const next: readonly HostEvent[] | undefined = await store
        ?.events({ after, limit: 1000, blockMs: 5000 })
        .catch(() => undefined)
      for (const event of next ?? []) {
        after = event.id
        show(event)
      }
      if (next !== undefined) continue
      await store?.close()
      await delay(retry)
      store = await openStore(options).catch(() => undefined)
    }
    return ExitCode.done
  } finally {
    await store?.close()
  }
}

const openStore = (options: CommonOptions): Promise<WatchStore | undefined> =>
  openEvents({
    environment: process.env,
    ...(options.instance !== undefined && { instance: options.instance }),
    starts: true,
  })
