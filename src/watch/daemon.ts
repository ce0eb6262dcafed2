import { resolve } from 'node:path'
import { ensureKey } from '../host/files/key.ts'
import type { Paths } from '../host/files/paths.ts'
import type { Host } from '../host/host.ts'
import { toDiagnostic } from '../model/errors.ts'
import type { EventType, HostEvent } from '../model/event.ts'
import type { SourceStatus } from '../model/status.ts'
import { openEventsToWrite } from '../reconciler/engine/events.ts'
import { HostTasks } from '../reconciler/engine/host-tasks.ts'
import type { Engine } from '../reconciler/engine.ts'
import { loadDirectory } from '../stack/load-directory.ts'
import { openParseCache } from '../stack/read/parse-cache.ts'
import { recordsUrl } from '../state/redis/redis-url.ts'
import type { WatchStore } from '../state/watch-store.ts'
import { monotonicNow } from './clock.ts'
import { Controller } from './controller/controller.ts'
import { revisionOfGeneration } from './controller/desired-revision.ts'
import type { HostObservation } from './controller/observe.ts'
import { massDeletionCommand } from './controller/prune-guard.ts'
import { ReconcileQueue } from './controller/reconcile-queue.ts'
import { EventFollower } from './events/event-follower.ts'
import { openSinks, type Sinks } from './events/sinks.ts'
import { WatchRecords } from './events/watch-records.ts'
import type { HookHandler } from './http/view.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { openService } from './service/notify.ts'
import { coalesce } from './signals/coalesce.ts'
import { openSignals, type Signals } from './signals/signals.ts'
import { checkoutsFolder } from './source/checkouts.ts'
import { hookAllowed } from './source/hook.ts'
import { openSource, type Source } from './source/source.ts'
import { SourceHandler } from './source/source-handler.ts'
import { observedContainers } from './status/container-events.ts'
import { StatusPublisher } from './status/status-publisher.ts'
import type { WatchOptions } from './watch.ts'

/** What other commands say that the loop has to know. */
const answered: ReadonlySet<EventType> = new Set(['stack.suspended', 'stack.resumed', 'apply.finished'])

/** How often logs are looked after, milliseconds. */
const upkeepEvery = 60_000

const notRead: SourceStatus = { kind: 'directory', location: '', revision: null, ok: true, message: 'Not read yet.' }

/** All parts of a watch, put together: what says "look again" on one side, the loop, and who is told on the other. */
export class Daemon {
  private readonly host: Host
  private keptUpAt = 0
  private started = false
  /** What the files in force come from. */
  private origin: string | undefined
  /** What stood when signals and checks were last brought to it, and whether anything was heard since. */
  private followed: string | undefined
  private heard = true
  private readonly records = new WatchRecords(() => this.openStore())
  private readonly events = new EventFollower(
    () => this.openStore(),
    (event) => this.happened(event),
  )
  private readonly controller: Controller
  private readonly queue: ReconcileQueue
  private readonly signalled: ReturnType<typeof coalesce>
  private readonly tasks: HostTasks
  private readonly service: ReturnType<typeof openService>
  private readonly publisher: StatusPublisher
  private readonly handler: SourceHandler
  private source: Source | undefined
  private sinks: Sinks | undefined
  private signals: Signals | undefined

  constructor(
    private readonly options: WatchOptions,
    private readonly paths: Paths,
    private readonly open: (write: boolean, origin?: string) => Promise<Engine>,
  ) {
    const { records: recorder } = this
    this.host = options.host
    this.controller = new Controller({
      records: recorder,
      signal: options.signal,
      source: () => this.source?.location ?? '',
      openReader: () => open(false),
      openWriter: () => open(true, this.origin),
      revisionOf: revisionOfGeneration,
      massDeletionCommand: () => massDeletionCommand(paths.instance, this.source?.location ?? ''),
      pull: (image) => this.tasks.pull(image, options.signal),
      onProgress: () => void this.queue.request(),
      onObserved: (found) => this.follow(found),
      onReconciled: ({ snapshot }, stacks) => this.publisher.show(stacks, snapshot),
      onOutcome: (stack, result, seconds) => {
        this.sinks?.reconcile(stack, result === 'failed' ? 'failed' : 'applied', seconds)
        if (result === 'healed') this.sinks?.repair(seconds)
      },
      random: Math.random,
    })
    this.queue = new ReconcileQueue(
      () => this.controller.reconcile(),
      (error) => options.warn(error),
    )
    this.signalled = coalesce(() => this.queue.request())
    this.tasks = new HostTasks(this.host, paths, () =>
      this.signalled.add({ kind: 'process', detail: 'health has changed' }),
    )
    this.service = openService(this.host, options.environment)
    this.publisher = new StatusPublisher({
      instance: paths.instance,
      pid: this.host.system.pid,
      recorder,
      service: this.service,
      source: () => this.source?.status() ?? notRead,
      busyMs: () => this.queue.busyMs(),
      onStatus: (status) => this.sinks?.status(status),
    })
    this.handler = new SourceHandler(this.controller, recorder, () => void this.queue.request())
  }

  async start(): Promise<void> {
    const { options, paths, records: recorder } = this
    const key = await ensureKey(this.host, paths)
    this.sinks = await openSinks({
      listen: options.listen,
      instance: paths.instance,
      hostname: this.host.system.hostname,
      environment: options.environment,
      status: () => this.publisher.status(),
      events: (wish) => recorder.events(wish),
      history: () => this.generations(),
      onHook: this.onHook,
      warn: (message) => options.warn({ code: 'not-notified', message }),
    })
    let begin = (): void => undefined
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    this.source = await openSource({
      host: this.host,
      wish: options.source,
      checkouts: checkoutsFolder(paths),
      settleMs: options.settleMs,
      inputs: options.variableFiles.map((path) => resolve(options.cwd, path)),
      load: (folder) =>
        loadDirectory(folder, {
          cwd: options.cwd,
          variables: options.variables,
          variableFiles: options.variableFiles,
          profiles: options.profiles,
          environment: options.environment,
          key,
          instanceId: paths.id,
          cache: openParseCache(paths, true),
        }),
      // What is remembered is taken up first: what was read is held against it.
      onSnapshot: (snapshot) =>
        this.tried(
          begun.then(() => {
            this.origin = this.source?.origin()
            return this.handler.accept(snapshot, this.source?.status().revision ?? snapshot.revision)
          }),
        ),
      onFailure: (failure) => this.tried(begun.then(() => this.handler.failed(failure))),
    })
    const { location } = this.source
    await this.controller.start()
    begin()
    await this.events.start()
    this.started = true
    recorder.publish({ type: 'watch.started', level: 'info', reason: 'Started', message: `Watching ${location}.` })
    options.onStart({ location, address: this.sinks.address })
    const signals = { paths, reader: this.host, ...(this.url !== undefined && { redisUrl: this.url }) }
    this.signals = await openSignals(signals, (signal) => {
      this.heard = true
      this.signalled.add(signal)
    })
    // A first turn may pull images: it is alive all the while.
    this.publisher.start()
    await this.service.ready()
    await Promise.race([this.handler.first, ended(options.signal)])
    if (options.signal.aborted) return
    this.queue.open()
    await this.queue.request()
  }

  /** Ends every part; containers run on. */
  async stop(): Promise<void> {
    this.publisher.stop()
    await this.service.stopping()
    this.signalled.close()
    await this.source?.close()
    await this.signals?.close()
    await this.queue.close()
    await this.tasks.stop()
    // Answers from now on say how the host is, not how it was; one that was refused has said nothing.
    if (this.started) {
      const message = 'Everything runs on.'
      this.records.publish({ type: 'watch.stopped', level: 'info', reason: 'Stopped', message })
      await this.records.forgetStatus().catch(() => undefined)
    }
    await this.records.close()
    await this.events.close()
    await this.sinks?.close()
  }

  private get url(): string | undefined {
    return recordsUrl(this.options.environment)
  }

  private openStore(): Promise<WatchStore> {
    return openEventsToWrite(this.host, this.paths, this.url)
  }

  /** Something happened, here or through another command; some of that is to be answered at once. */
  private happened(event: HostEvent): void {
    this.options.onEvent(event)
    this.sinks?.event(event)
    if (answered.has(event.type)) void this.queue.request()
  }

  private readonly onHook: HookHandler = async ({ headers, body }) => {
    if (this.options.source.kind !== 'git') return 404
    if (!hookAllowed(headers, body, this.options.environment.HEROPODS_HOOK_SECRET)) return 401
    void this.source?.poll()
    return 202
  }

  /** What stands now is what is to be followed: by signals, by health checks; and logs that have grown are moved aside. */
  private readonly follow = oneAtATime<HostObservation>(
    async ({ snapshot }) => {
      await this.keepUp(snapshot)
      const standing = starts(snapshot)
      if (standing === this.followed && !this.heard) return
      this.heard = false
      await this.tasks.checkHealth(snapshot)
      await this.signals?.sync()
      this.followed = this.signals && standing
    },
    (error) => this.options.warn(toDiagnostic(error)),
  )

  private async keepUp(snapshot: HostObservation['snapshot']): Promise<void> {
    if (monotonicNow() - this.keptUpAt < upkeepEvery) return
    this.keptUpAt = monotonicNow()
    await this.tasks.maintain(snapshot)
  }

  /** What is done by the way: the next look does it again. */
  private tried(work: Promise<void> | undefined): void {
    work?.catch((error: unknown) => this.options.warn(toDiagnostic(error)))
  }

  private async generations(): ReturnType<Engine['generations']> {
    const engine = await this.open(false)
    try {
      return await engine.generations()
    } finally {
      await engine.close()
    }
  }
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Which starts of which containers stand. */
const starts = ({ resources }: HostObservation['snapshot']): string =>
  [...observedContainers(resources)].map(([address, { state, run }]) => `${address} ${state} ${run}`).join()
