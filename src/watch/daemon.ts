import { resolve } from 'node:path'
import { ensureKey } from '../host/files/key.ts'
import type { Paths } from '../host/files/paths.ts'
import { LocalHost } from '../host/local.ts'
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
import { steadyNow } from './clock.ts'
import { targetOfGeneration } from './controller/desired-revision.ts'
import { Loop } from './controller/loop.ts'
import type { Survey } from './controller/observe.ts'
import { massDeletionCommand } from './controller/prune-guard.ts'
import { Turns } from './controller/reconcile-queue.ts'
import { EventFollower } from './events/event-follower.ts'
import { Recorder } from './events/event-store.ts'
import { type Audience, openAudience } from './events/sinks.ts'
import type { HookHandler } from './http/view.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { openService } from './service/notify.ts'
import { coalesce } from './signals/coalesce.ts'
import { openSignals, type Signals } from './signals/signals.ts'
import { checkoutsFolder } from './source/checkouts.ts'
import { hookAllowed } from './source/hook.ts'
import { openSource, type Source } from './source/source.ts'
import { Intake } from './source/source-handler.ts'
import { containersSeen } from './status/container-events.ts'
import { Beacon } from './status/status-publisher.ts'
import type { WatchOptions } from './watch.ts'

/** What other commands say that the loop has to know. */
const answered: ReadonlySet<EventType> = new Set(['stack.suspended', 'stack.resumed', 'apply.finished'])

/** How often logs are looked after, milliseconds. */
const upkeepEvery = 60_000

const notRead: SourceStatus = { kind: 'directory', location: '', revision: null, ok: true, message: 'Not read yet.' }

/** All parts of a watch, put together: what says "look again" on one side, the loop, and who is told on the other. */
export class Daemon {
  private readonly host = new LocalHost()
  private keptUpAt = 0
  private started = false
  /** What the files in force come from. */
  private origin: string | undefined
  /** What stood when signals and checks were last brought to it, and whether anything was heard since. */
  private followed: string | undefined
  private heard = true
  private readonly recorder = new Recorder(() => this.openStore())
  private readonly events = new EventFollower(
    () => this.openStore(),
    (event) => this.happened(event),
  )
  private readonly loop: Loop
  private readonly turns: Turns
  private readonly looks: ReturnType<typeof coalesce>
  private readonly tasks: HostTasks
  private readonly service: ReturnType<typeof openService>
  private readonly beacon: Beacon
  private readonly intake: Intake
  private source: Source | undefined
  private audience: Audience | undefined
  private signals: Signals | undefined

  constructor(
    private readonly options: WatchOptions,
    private readonly paths: Paths,
    private readonly open: (write: boolean, origin?: string) => Promise<Engine>,
  ) {
    const { recorder } = this
    this.loop = new Loop({
      recorder,
      signal: options.signal,
      source: () => this.source?.location ?? '',
      openReader: () => open(false),
      openWriter: () => open(true, this.origin),
      recorded: targetOfGeneration,
      massDeletionCommand: () => massDeletionCommand(paths.instance, this.source?.location ?? ''),
      stage: (image) => this.tasks.pull(image, options.signal),
      onNews: () => void this.turns.request(),
      onLook: (found) => this.follow(found),
      onTurn: ({ snapshot }, stacks) => this.beacon.show(stacks, snapshot),
      onReconcile: (stack, result, seconds) => {
        this.audience?.reconcile(stack, result === 'failed' ? 'failed' : 'applied', seconds)
        if (result === 'healed') this.audience?.repair(seconds)
      },
      random: Math.random,
    })
    this.turns = new Turns(
      () => this.loop.turn(),
      (error) => options.warn(error),
    )
    this.looks = coalesce(() => this.turns.request())
    this.tasks = new HostTasks(this.host, paths, () =>
      this.looks.add({ kind: 'process', detail: 'health has changed' }),
    )
    this.service = openService(this.host, options.environment)
    this.beacon = new Beacon({
      instance: paths.instance,
      recorder,
      service: this.service,
      source: () => this.source?.status() ?? notRead,
      busyMs: () => this.turns.busyMs(),
      onStatus: (status) => this.audience?.status(status),
    })
    this.intake = new Intake(this.loop, recorder, () => void this.turns.request())
  }

  async start(): Promise<void> {
    const { options, paths, recorder } = this
    const key = await ensureKey(this.host, paths)
    this.audience = await openAudience({
      listen: options.listen,
      instance: paths.instance,
      environment: options.environment,
      status: () => this.beacon.status(),
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
            return this.intake.accept(snapshot, this.source?.status().revision ?? snapshot.revision)
          }),
        ),
      onFailure: (failure) => this.tried(begun.then(() => this.intake.failed(failure))),
    })
    const { location } = this.source
    await this.loop.start()
    begin()
    await this.events.start()
    this.started = true
    recorder.publish({ type: 'watch.started', level: 'info', reason: 'Started', message: `Watching ${location}.` })
    options.onStart({ location, address: this.audience.address })
    const signals = { paths, reader: this.host, ...(this.url !== undefined && { redisUrl: this.url }) }
    this.signals = await openSignals(signals, (signal) => {
      this.heard = true
      this.looks.add(signal)
    })
    // A first turn may pull images: it is alive all the while.
    this.beacon.start()
    await this.service.ready()
    await Promise.race([this.intake.first, ended(options.signal)])
    if (options.signal.aborted) return
    this.turns.open()
    await this.turns.request()
  }

  /** Ends every part; containers run on. */
  async stop(): Promise<void> {
    this.beacon.stop()
    await this.service.stopping()
    this.looks.close()
    await this.source?.close()
    await this.signals?.close()
    await this.turns.close()
    await this.tasks.stop()
    // Answers from now on say how the host is, not how it was; one that was refused has said nothing.
    if (this.started) {
      const message = 'Everything runs on.'
      this.recorder.publish({ type: 'watch.stopped', level: 'info', reason: 'Stopped', message })
      await this.recorder.forgetStatus().catch(() => undefined)
    }
    await this.recorder.close()
    await this.events.close()
    await this.audience?.close()
  }

  private get url(): string | undefined {
    return recordsUrl(this.options.environment)
  }

  private openStore(): Promise<WatchStore> {
    return openEventsToWrite(this.paths, this.url)
  }

  /** Something happened, here or through another command; some of that is to be answered at once. */
  private happened(event: HostEvent): void {
    this.options.onEvent(event)
    this.audience?.event(event)
    if (answered.has(event.type)) void this.turns.request()
  }

  private readonly onHook: HookHandler = async ({ headers, body }) => {
    if (this.options.source.kind !== 'git') return 404
    if (!hookAllowed(headers, body, this.options.environment.HEROPODS_HOOK_SECRET)) return 401
    void this.source?.poll()
    return 202
  }

  /** What stands now is what is to be followed: by signals, by health checks; and logs that have grown are moved aside. */
  private readonly follow = oneAtATime<Survey>(
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

  private async keepUp(snapshot: Survey['snapshot']): Promise<void> {
    if (steadyNow() - this.keptUpAt < upkeepEvery) return
    this.keptUpAt = steadyNow()
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
const starts = ({ resources }: Survey['snapshot']): string =>
  [...containersSeen(resources)].map(([address, { state, incarnation }]) => `${address} ${state} ${incarnation}`).join()
