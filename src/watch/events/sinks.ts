import type { HostEvent } from '../../model/event.ts'
import type { WatchStatus } from '../../model/status.ts'
import type { State } from '../../state/state.ts'
import type { Metrics, ReconcileResult } from '../http/metrics.ts'
import type { RunningServer } from '../http/server.ts'
import type { HistoryEntry, HookHandler, StatusUpdate } from '../http/view.ts'
import type { Notifier } from './notify.ts'

export interface SinksOptions {
  /** `ADDR:PORT` of the page, the metrics and the API; undefined: none. */
  readonly listen: string | undefined
  readonly instance: string
  /** Name of this host, for messages and as a name of the server. */
  readonly hostname: string
  readonly environment: NodeJS.ProcessEnv
  readonly status: () => WatchStatus
  readonly events: (options: { readonly after?: string; readonly limit: number }) => Promise<readonly HostEvent[]>
  readonly history: () => ReturnType<State['generations']>
  readonly onHook: HookHandler
  readonly warn: (message: string) => void
}

/** Everyone who follows a watch from outside: page and metrics over HTTP, and webhooks. */
export interface Sinks {
  /** `ADDR:PORT` that is listened on. */
  readonly address: string | undefined
  event(event: HostEvent): void
  status(status: WatchStatus): void
  reconcile(stack: string, result: ReconcileResult, seconds: number): void
  repair(seconds: number): void
  close(): Promise<void>
}

/** Opens what is asked for, and loads no more than that. Raises `bad-listen-address`, `cannot-listen`, `bad-notify-url` (refused). */
export async function openSinks(options: SinksOptions): Promise<Sinks> {
  const listeners = new Set<(update: StatusUpdate) => void>()
  const notifier = await openNotifier(options)
  const { metrics, server } = await openServer(options, listeners)
  const isHealed = (event: HostEvent): boolean =>
    event.type === 'stack.drifted' && options.status().stacks.find((one) => one.stack === event.stack)?.mode === 'heal'
  return {
    address: server?.address,
    event(event) {
      metrics?.count(event)
      if (!isHealed(event)) notifier?.notify(event)
      for (const listener of listeners) listener({ kind: 'event', event })
    },
    status(status) {
      metrics?.observe(status)
      for (const listener of listeners) listener({ kind: 'status' })
    },
    reconcile: (stack, result, seconds) => metrics?.reconcile(stack, result, seconds),
    repair: (seconds) => metrics?.repair(seconds),
    async close() {
      await server?.close()
      await notifier?.close(5000)
    },
  }
}

async function openNotifier({ environment, instance, hostname, warn }: SinksOptions): Promise<Notifier | undefined> {
  const { HEROPODS_NOTIFY_URL: urls, HEROPODS_NOTIFY_SECRET: secret } = environment
  if (!urls) return undefined
  const { Notifier, parseNotifyUrls } = await import('./notify.ts')
  return new Notifier({
    urls: parseNotifyUrls(urls),
    instance,
    host: hostname,
    warn,
    ...(secret && { secret }),
  })
}

async function openServer(
  options: SinksOptions,
  listeners: Set<(update: StatusUpdate) => void>,
): Promise<{ metrics?: Metrics; server?: RunningServer }> {
  if (options.listen === undefined) return {}
  const [{ Metrics }, { startServer }] = await Promise.all([import('../http/metrics.ts'), import('../http/server.ts')])
  const metrics = new Metrics()
  const server = await startServer({
    listen: options.listen,
    hostname: options.hostname,
    onHook: options.onHook,
    view: {
      status: options.status,
      events: options.events,
      history: shared(async () => (await options.history()).map(historyEntry).reverse()),
      metrics: () => metrics.text(),
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  })
  return { metrics, server }
}

/** One call at a time: those that come while one is under way share the next one. */
function shared<T>(act: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | undefined
  return () => {
    next ??= running.then(() => {
      next = undefined
      const result = act()
      running = result.catch(() => undefined)
      return result
    })
    return next
  }
}

const historyEntry = ({
  generation,
  time,
  user,
  pid,
  result,
  stacks,
  summary,
}: Awaited<ReturnType<State['generations']>>[number]): HistoryEntry => ({
  generation,
  time,
  user,
  pid,
  result,
  stacks: Object.keys(stacks).sort(),
  summary,
})
