import { resolve } from 'node:path'
import { ensureKey } from '../host/files/key.ts'
import type { Paths } from '../host/files/paths.ts'
import type { Host } from '../host/host.ts'
import { toDiagnostic } from '../model/errors.ts'
import type { GenerationOrigin } from '../model/generation.ts'
import type { SourceStatus } from '../model/status.ts'
import { openEventsToWrite } from '../reconciler/engine/events.ts'
import { HostTasks } from '../reconciler/engine/host-tasks.ts'
import type { Engine } from '../reconciler/engine.ts'
import { loadDirectory } from '../stack/load-directory.ts'
import { openParseCache } from '../stack/read/parse-cache.ts'
import { recordsUrl } from '../state/redis/redis-url.ts'
import { systemClock } from './clock.ts'
import { Controller } from './controller/controller.ts'
import { Executor } from './controller/executor.ts'
import { planCheck } from './controller/plan-check.ts'
import { destroyCommand, massDeletionCommand } from './controller/prune-guard.ts'
import { ReconcileQueue } from './controller/reconcile-queue.ts'
import { Wakeups } from './controller/wakeups.ts'
import { EventFollower } from './events/event-follower.ts'
import { EventRecorder } from './events/event-recorder.ts'
import { Sinks } from './events/sinks.ts'
import { handleEvent } from './events/triggers.ts'
import { WatchRecords } from './events/watch-records.ts'
import { FollowUp } from './follow-up.ts'
import type { CommitReporter } from './forge/commit-reporter.ts'
import type { WatchOptions } from './options.ts'
import { PageData } from './page-data/page-data.ts'
import { openService } from './service/notify.ts'
import { coalesce } from './signals/coalesce.ts'
import { openSignals, type Signals } from './signals/signals.ts'
import { checkoutsFolder } from './source/checkouts.ts'
import type { SourceRevision } from './source/directory.ts'
import { hookHandler } from './source/hook-handler.ts'
import { openSource, type Source } from './source/source.ts'
import { SourceHandler } from './source/source-handler.ts'
import type { StackState } from './stacks/stack-state.ts'
import { Stacks } from './stacks/stacks.ts'
import { StatusPublisher } from './status/status-publisher.ts'

const notRead: SourceStatus = { kind: 'directory', location: '', revision: null, ok: true, message: 'Not read yet.' }

/** The parts of a watch, connected: source and signals request reconciles, the controller reconciles, publisher and sinks pass on. */
export class Daemon {
  private started = false
  private source: Source | undefined
  private reporter: CommitReporter | undefined
  /** The revision with which the last reconcile began. */
  private reconciling: SourceRevision | undefined
  private signals: Signals | undefined
  private readonly host: Host
  private readonly records: WatchRecords
  private readonly events: EventFollower
  private readonly page: PageData
  private readonly sinks: Sinks
  private readonly stacks: Stacks
  private readonly controller: Controller
  private readonly queue: ReconcileQueue
  private readonly signalled: ReturnType<typeof coalesce>
  private readonly tasks: HostTasks
  private readonly followUp: FollowUp
  private readonly service: ReturnType<typeof openService>
  private readonly publisher: StatusPublisher
  private readonly handler: SourceHandler

  constructor(
    private readonly options: WatchOptions,
    private readonly paths: Paths,
    private readonly open: (write: boolean, origin?: GenerationOrigin) => Promise<Engine>,
  ) {
    const { environment, host } = options
    this.host = host
    const openStore = () => openEventsToWrite(host, paths, recordsUrl(environment))
    this.records = new WatchRecords(openStore)
    this.service = openService(host, environment)
    this.page = this.newPage()
    this.sinks = this.newSinks()
    this.events = new EventFollower(openStore, (event) => {
      options.onEvent(event)
      this.sinks.event(event)
      handleEvent(event, this.stacks, this.requestReconcile)
    })
    this.stacks = new Stacks(this.records, new EventRecorder(this.records, this.sinks))
    this.queue = new ReconcileQueue({
      clock: systemClock,
      reconcile: () => {
        this.reconciling = this.handler.current
        return this.controller.reconcile()
      },
      onError: (error) => options.warn(error),
    })
    this.signalled = coalesce(() => this.queue.request())
    this.tasks = new HostTasks(host, paths, () => this.signalled.add({ kind: 'process', detail: 'health has changed' }))
    this.followUp = this.newFollowUp()
    this.controller = this.newController()
    this.publisher = this.newPublisher()
    this.handler = new SourceHandler({
      consumer: this.controller,
      publisher: this.records,
      onHandled: () => {
        if (this.handler.current) void this.reporter?.begin(this.handler.current, this.stacks.all())
        this.requestReconcile()
      },
    })
  }

  async start(): Promise<void> {
    const { options, records } = this
    const key = await ensureKey(this.host, this.paths)
    await this.sinks.open()
    this.source = await this.openSource(key)
    const { location } = this.source
    this.reporter = await this.openReporter()
    await this.controller.start()
    this.handler.start()
    await this.events.start()
    this.started = true
    records.publish({ type: 'watch.started', level: 'info', reason: 'Started', message: `Watching ${location}.` })
    options.onStart({ location, address: this.sinks.address })
    this.signals = await this.openSignals()
    // Before the first reconcile, which may take long.
    this.publisher.start()
    await this.service.ready()
    await Promise.race([this.handler.firstHandled, ended(options.signal)])
    if (options.signal.aborted) return
    this.queue.open()
    await this.queue.request()
  }

  /** Ends every part; containers keep running. */
  async stop(): Promise<void> {
    this.publisher.stop()
    await this.service.stopping()
    this.signalled.close()
    await this.source?.close()
    await this.signals?.close()
    await this.queue.close()
    await this.reporter?.close(5000)
    await this.tasks.stop()
    // A stored status would show a watch that runs. A watch that was refused has stored none.
    if (this.started) {
      const message = 'Watch has stopped. Containers keep running.'
      this.records.publish({ type: 'watch.stopped', level: 'info', reason: 'Stopped', message })
      await this.records.forgetStatus().catch(() => undefined)
    }
    await this.records.close()
    await this.events.close()
    await this.sinks.close()
  }

  private newFollowUp(): FollowUp {
    return new FollowUp({
      clock: systemClock,
      tasks: this.tasks,
      syncSignals: async () => {
        await this.signals?.sync()
        return this.signals !== undefined
      },
      onError: this.warn,
    })
  }

  private newController(): Controller {
    const { paths, open, records, stacks } = this
    const { signal } = this.options
    const wakeups = new Wakeups(systemClock)
    return new Controller({
      clock: systemClock,
      random: Math.random,
      records,
      stacks,
      wakeups,
      executor: new Executor((origin = this.handler.origin) => open(true, origin), signal, wakeups),
      isCurrent: planCheck(records, stacks),
      source: () => this.source?.location ?? '',
      openReader: () => open(false),
      holdFacts: () => ({
        massDeletion: massDeletionCommand(paths.instance, this.source?.location ?? ''),
        destroy: (stack) => destroyCommand(paths.instance, stack),
        commit: this.handler.origin.commit,
      }),
      pull: (image) => this.tasks.pull(image, signal),
      onPulled: this.requestReconcile,
      onObserved: this.followUp.observed,
      onReconciled: async (observation, states, { others, waiting }) => {
        this.page.update(observation, states, waiting)
        await this.publisher.publish(states, observation.snapshot, others)
        this.report(states)
      },
    })
  }

  private newPublisher(): StatusPublisher {
    return new StatusPublisher({
      instance: this.paths.instance,
      pid: this.host.system.pid,
      clock: systemClock,
      records: this.records,
      service: this.service,
      source: () => this.source?.status() ?? notRead,
      reconcileMs: () => this.queue.reconcileMs(),
      onStatus: (status) => this.sinks.status(status),
    })
  }

  private newPage(): PageData {
    return new PageData({
      status: () => this.publisher.status(),
      openReader: () => this.open(false),
      renderPlan: this.options.renderPlan,
      usage: (ids) => this.tasks.usage(ids),
      recentOutput: (container, lines) => this.tasks.recentOutput(container, lines),
    })
  }

  private newSinks(): Sinks {
    const { options, records } = this
    return new Sinks({
      listen: options.listen,
      token: options.token,
      instance: this.paths.instance,
      hostname: this.host.system.hostname,
      environment: options.environment,
      status: () => this.publisher.status(),
      events: (request) => records.events(request),
      page: this.page,
      containerStats: (containers) => this.tasks.stats(this.page.runs(containers)),
      onHook: hookHandler({
        isGit: options.source.kind === 'git',
        secret: options.environment.HEROPODS_HOOK_SECRET,
        poll: () => void this.source?.poll(),
      }),
      warn: (message) => options.warn({ code: 'not-notified', message }),
    })
  }

  private openSource(key: Parameters<typeof loadDirectory>[1]['encryptionKey']): Promise<Source> {
    const { options, paths, handler } = this
    const { cwd, variables, variableFiles, profiles, environment } = options
    const cache = openParseCache(paths, true)
    return openSource({
      host: this.host,
      request: options.source,
      checkouts: checkoutsFolder(paths),
      settleMs: options.settleMs,
      inputs: variableFiles.map((path) => resolve(cwd, path)),
      load: (folder) =>
        loadDirectory(folder, {
          cwd,
          variables,
          variableFiles,
          profiles,
          environment,
          encryptionKey: key,
          instanceId: paths.id,
          cache,
        }),
      onRevision: (revision) => void handler.accept(revision).catch(this.warn),
      onFailure: (failure) => void handler.failed(failure).catch(this.warn),
      onRecovery: () => void handler.recovered().catch(this.warn),
    })
  }

  private async openReporter(): Promise<CommitReporter | undefined> {
    const { forge, environment, warn } = this.options
    if (forge === undefined) return undefined
    const { openReporter } = await import('./forge/open-reporter.ts')
    const given = { host: this.host, paths: this.paths, environment }
    return openReporter(forge, given, (message) => warn({ code: 'not-notified', message }))
  }

  /** Reports the result of a commit. A newer one that came during the reconcile gets its own. */
  private report(states: readonly StackState[]): void {
    const { current } = this.handler
    if (current === undefined || current !== this.reconciling) return
    const statusOf = ({ name }: StackState) => this.publisher.status().stacks.filter(({ stack }) => stack === name)
    const stacks = states.flatMap((state) => statusOf(state).map((status) => ({ state, status })))
    void this.reporter?.observe(current, stacks)
  }

  private openSignals(): Promise<Signals> {
    const url = recordsUrl(this.options.environment)
    const options = { paths: this.paths, reader: this.host, ...(url !== undefined && { redisUrl: url }) }
    return openSignals(options, (signal) => {
      this.followUp.signal()
      this.signalled.add(signal)
    })
  }

  private readonly requestReconcile = (): void => void this.queue.request()

  private readonly warn = (error: unknown): void => this.options.warn(toDiagnostic(error))
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
