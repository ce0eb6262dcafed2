import type { InstanceEvent } from '../../model/event.ts'
import type { WatchStatus } from '../../model/status.ts'
import type { ReadStats } from '../http/container-metrics.ts'
import type { Metrics } from '../http/metrics.ts'
import type { RunningServer } from '../http/server.ts'
import type { HookHandler, StatusUpdate } from '../http/view.ts'
import type { PageData } from '../page-data/page-data.ts'
import type { Outcome } from './event-recorder.ts'
import type { Notifier } from './notify.ts'

export interface SinksOptions {
  /** `ADDR:PORT` of the page, the metrics and the API; undefined: none. */
  readonly listen: string | undefined
  /** Token of the HTTP server; undefined: it needs none. */
  readonly token: string | undefined
  readonly instance: string
  /** Name of this host, for messages and as a name of the server. */
  readonly hostname: string
  readonly environment: NodeJS.ProcessEnv
  readonly status: () => WatchStatus
  readonly events: (options: { readonly after?: string; readonly limit: number }) => Promise<readonly InstanceEvent[]>
  readonly page: PageData
  readonly containerStats: ReadStats
  readonly onHook: HookHandler
  readonly warn: (message: string) => void
}

/** Outputs to other programs: page, API and metrics over HTTP, and webhooks. They get nothing before `open`. */
export class Sinks {
  private readonly listeners = new Set<(update: StatusUpdate) => void>()
  private notifier: Notifier | undefined
  private metrics: Metrics | undefined
  private server: RunningServer | undefined

  constructor(private readonly options: SinksOptions) {}

  /** Loads and opens only configured sinks. Raises `bad-listen-address`, `cannot-listen`, `bad-notify-url` (refused). */
  async open(): Promise<void> {
    this.notifier = await openNotifier(this.options)
    const { metrics, server } = await openServer(this.options, this.listeners)
    this.metrics = metrics
    this.server = server
    if (server) this.options.page.usage.start()
  }

  /** `ADDR:PORT` of the HTTP server. */
  get address(): string | undefined {
    return this.server?.address
  }

  event(event: InstanceEvent): void {
    this.metrics?.count(event)
    if (!this.isHealedAtOnce(event)) this.notifier?.notify(event)
    for (const listener of this.listeners) listener({ kind: 'event', event })
  }

  status(status: WatchStatus): void {
    this.metrics?.observe(status)
    for (const listener of this.listeners) listener({ kind: 'status' })
  }

  measure(stack: string, outcome: Outcome, seconds: number): void {
    this.metrics?.reconcile(stack, outcome === 'failed' ? 'failed' : 'applied', seconds)
    if (outcome === 'healed') this.metrics?.repair(seconds)
  }

  async close(): Promise<void> {
    this.options.page.usage.stop()
    await this.server?.close()
    await this.notifier?.close(5000)
  }

  /** Drift in a stack whose mode is heal is repaired, so no notification is sent. */
  private isHealedAtOnce({ type, stack }: InstanceEvent): boolean {
    return type === 'stack.drifted' && this.options.status().stacks.find((one) => one.stack === stack)?.mode === 'heal'
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
  const metrics = new Metrics(options.containerStats)
  const server = await startServer({
    listen: options.listen,
    hostname: options.hostname,
    ...(options.token !== undefined && { token: options.token }),
    onHook: options.onHook,
    view: {
      status: options.status,
      events: options.events,
      history: shared(() => options.page.history()),
      page: options.page,
      metrics: () => metrics.text(),
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  })
  return { metrics, server }
}

/** Runs one call at a time. Calls during a run share the next run. */
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
