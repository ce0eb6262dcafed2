import { join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { type Diagnostic, HeroPodsError, refuse } from '../errors.ts'
import { ensureKey } from '../host/key.ts'
import { LocalHost } from '../host/local.ts'
import { acquireLock, type Lock } from '../host/lock.ts'
import { instancePaths, type Paths, watchLockPath } from '../paths.ts'
import { HealthMonitor } from '../providers/container/health/monitor.ts'
import { healthTargets } from '../providers/container/health/target.ts'
import { stageImage } from '../providers/image/pull.ts'
import type { ImageSpec } from '../providers/image/spec.ts'
import type { Planned } from '../reconciler/reconcile.ts'
import { memoised, openSession, type Session } from '../reconciler/session.ts'
import { loadDirectory } from '../stack/load-directory.ts'
import { openParseCache } from '../stack/parse-cache.ts'
import type { EventType, HostEvent } from '../state/event.ts'
import { openWatchStore, type WatchStore } from '../state/watch-store.ts'
import { type Audience, openAudience } from './audience.ts'
import { EventFollower } from './event-follower.ts'
import { Loop } from './loop.ts'
import { Recorder } from './recorder.ts'
import { openService } from './service/notify.ts'
import { coalesce } from './signals/coalesce.ts'
import { openSignals } from './signals/signals.ts'
import type { SourceFailure } from './source/directory.ts'
import { hookAllowed } from './source/hook.ts'
import { openSource, type Source, type SourceWish } from './source/source.ts'
import type { StackStatus, WatchStatus } from './status.ts'
import { statusOf } from './status-of.ts'
import type { Survey } from './survey.ts'
import { targetOfGeneration } from './target.ts'
import { Turns } from './turns.ts'

export interface WatchOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly instance?: string
  /** As its user typed it. */
  readonly command: string
  readonly source: SourceWish
  /** How long files must have been still, milliseconds. */
  readonly settleMs: number
  readonly variables: Readonly<Record<string, string>>
  readonly variableFiles: readonly string[]
  readonly profiles: readonly string[]
  /** Where relative paths of variable files count from. */
  readonly cwd: string
  readonly listen: string | undefined
  /** Ends it: what is under way is finished, and everything runs on. */
  readonly signal: AbortSignal
  onStart(info: { readonly location: string; readonly address: string | undefined }): void
  onEvent(event: HostEvent): void
  warn(diagnostic: Diagnostic): void
}

/** A sign of life is written so often though nothing has changed. Milliseconds. */
const heartbeat = 10_000
/** A turn that takes longer is stuck: it waits for nobody, but for a container's grace. Milliseconds. */
const longestTurn = 15 * 60_000
/** The first answer of the source is waited for before the host is looked at. Milliseconds. */
const firstAnswer = 10_000
/** What other commands say that the loop has to know. */
const answered: ReadonlySet<EventType> = new Set(['stack.suspended', 'stack.resumed', 'apply.finished'])

/**
 * `heropods watch`: keeps the host equal to a folder or repository until `signal`. Raises (refused) `watch-running`, and what its parts
 * raise at the start; later trouble is told and waited out.
 */
export async function watch(options: WatchOptions): Promise<void> {
  const paths = instancePaths(options.environment, options.instance)
  // Checks the host and makes the key before anything else.
  await (await open(options, false)).close()
  const lock = await onlyWatch(paths, options)
  const running = new Watch(options, paths)
  try {
    await running.start()
    await new Promise<void>((resolve) => {
      if (options.signal.aborted) resolve()
      options.signal.addEventListener('abort', () => resolve(), { once: true })
    })
  } finally {
    await running.stop()
    await lock.release()
  }
}

const open = (options: WatchOptions, write: boolean): Promise<Session> =>
  openSession({
    environment: options.environment,
    ...(options.instance !== undefined && { instance: options.instance }),
    write,
    keepKey: true,
    brief: true,
    command: options.command,
    containers: { dependencies: 'defer', settleMs: 0 },
  })

async function onlyWatch(paths: Paths, { command, environment }: WatchOptions): Promise<Lock> {
  const holder = { pid: process.pid, user: environment.SUDO_USER ?? environment.USER ?? 'root', command }
  try {
    const since = new Date().toISOString()
    return await acquireLock(watchLockPath(paths), {
      holder: { ...holder, since, brief: true },
      timeoutMs: 0,
    })
  } catch (error) {
    if (!(error instanceof HeroPodsError)) throw error
    throw refuse({
      code: 'watch-running',
      message: `This instance is watched already. ${error.message}`,
      hint: 'One watch keeps one instance: give the other one `--instance`, or put its stacks into the same folder.',
    })
  }
}

class Watch {
  private readonly host = new LocalHost()
  private readonly recorder: Recorder
  private readonly events: EventFollower
  private readonly loop: Loop
  private readonly turns: Turns
  private readonly health: HealthMonitor
  private readonly service: ReturnType<typeof openService>
  private readonly looks: ReturnType<typeof coalesce>
  private source: Source | undefined
  private audience: Audience | undefined
  private signals: Awaited<ReturnType<typeof openSignals>> | undefined
  private stacks: readonly StackStatus[] = []
  private readonly startedAt = new Date().toISOString()
  private beat = this.startedAt
  private saved = ''
  private sourceOk = true
  private pulse: NodeJS.Timeout | undefined
  private answered: () => void = () => undefined

  constructor(
    private readonly options: WatchOptions,
    private readonly paths: Paths,
  ) {
    this.recorder = new Recorder(() => this.openStore())
    this.events = new EventFollower(
      () => this.openStore(),
      (event) => this.happened(event),
    )
    this.service = openService(this.host, options.environment)
    this.health = new HealthMonitor({
      host: this.host,
      paths,
      onChange: () => this.looks.add({ kind: 'process', detail: 'health has changed' }),
    })
    const watched = this
    this.loop = new Loop({
      recorder: this.recorder,
      signal: options.signal,
      get source() {
        return watched.source?.location ?? ''
      },
      openReader: () => open(options, false),
      openWriter: () => open(options, true),
      recorded: targetOfGeneration,
      stage: (planned) => this.stage(planned),
      onLook: (found) => this.follow(found),
      onTurn: (found) => this.tell(found),
      onReconcile: (stack, result, seconds) => {
        const outcome = result === 'failed' ? 'failed' : 'applied'
        this.audience?.reconcile(stack, outcome, seconds)
        if (result === 'healed') this.audience?.repair(seconds)
      },
      random: Math.random,
    })
    this.turns = new Turns(
      () => this.loop.turn(),
      (error) => options.warn(error),
    )
    this.looks = coalesce(() => this.turns.request())
  }

  private async openStore(): Promise<WatchStore> {
    const store = await openWatchStore({ paths: this.paths, mode: 'write', ...this.url })
    if (store === undefined) throw new Error('a writer always has a store')
    return store
  }

  /** Something happened, here or through another command; some of that is to be answered at once. */
  private happened(event: HostEvent): void {
    this.options.onEvent(event)
    this.audience?.event(event)
    if (answered.has(event.type)) void this.turns.request()
  }

  private get url(): { url?: string } {
    const { HEROPODS_REDIS_URL: url } = this.options.environment
    return url === undefined ? {} : { url }
  }

  async start(): Promise<void> {
    const { options, paths } = this
    const key = await ensureKey(this.host, paths)
    this.audience = await openAudience({
      listen: options.listen,
      instance: paths.instance,
      environment: options.environment,
      status: () => this.status(),
      events: (wish) => this.recorder.events(wish),
      history: () => this.generations(),
      onHook: async ({ headers, body }) => {
        if (options.source.kind !== 'git') return 404
        if (!hookAllowed(headers, body, options.environment.HEROPODS_HOOK_SECRET)) return 401
        void this.source?.poll()
        return 202
      },
      warn: (message) => options.warn({ code: 'not-notified', message }),
    })
    const answer = new Promise<void>((resolve) => {
      this.answered = resolve
      setTimeout(resolve, firstAnswer).unref()
    })
    this.source = await openSource({
      wish: options.source,
      checkouts: join(paths.data, 'git'),
      settleMs: options.settleMs,
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
      onSnapshot: (snapshot) => void this.accept(snapshot),
      onFailure: (failure) => this.sourceFailed(failure),
    })
    await this.loop.start()
    await this.events.start()
    this.recorder.publish({
      type: 'watch.started',
      level: 'info',
      reason: 'Started',
      message: `Watching ${this.source.location}.`,
    })
    options.onStart({ location: this.source.location, address: this.audience.address })
    this.signals = await openSignals({ paths, reader: this.host, ...this.redis }, (signal) => this.looks.add(signal))
    await this.service.ready()
    await answer
    await this.turns.request()
    this.pulse = setInterval(() => void this.live(), heartbeat)
  }

  /** A sign of life, unless a turn has been at it for far too long. */
  private async live(): Promise<void> {
    if (this.turns.busyMs() > longestTurn) return
    this.beat = new Date().toISOString()
    await this.service.alive()
    await this.save(true)
  }

  private get redis(): { redisUrl?: string } {
    const { url } = this.url
    return url === undefined ? {} : { redisUrl: url }
  }

  async stop(): Promise<void> {
    clearInterval(this.pulse)
    await this.service.stopping()
    this.looks.close()
    await this.source?.close()
    await this.signals?.close()
    await this.turns.close()
    await this.health.stop()
    this.recorder.publish({ type: 'watch.stopped', level: 'info', reason: 'Stopped', message: 'Everything runs on.' })
    // Whoever asks from now on is told how the host is, not how it was.
    await this.recorder.forgetStatus().catch(() => undefined)
    await this.recorder.close()
    await this.events.close()
    await this.audience?.close()
  }

  private async accept(snapshot: Parameters<Loop['accept']>[0]): Promise<void> {
    const { failures } = snapshot.loaded
    const ok = failures.length === 0
    if (ok && !this.sourceOk)
      this.recorder.publish({
        type: 'source.recovered',
        level: 'info',
        reason: 'Read',
        message: 'Its files are right again.',
      })
    else if (!ok) {
      const [first] = failures
      const message = `${first?.file}: ${first?.diagnostics[0]?.message}`
      this.recorder.publish({ type: 'source.failed', level: 'error', reason: 'Invalid', message })
    } else
      this.recorder.publish({
        type: 'source.changed',
        level: 'info',
        reason: 'Settled',
        message: `Stacks: ${snapshot.loaded.stacks.size}, at ${this.source?.status().revision ?? snapshot.revision}.`,
      })
    this.sourceOk = ok
    await this.loop.accept(snapshot)
    this.answered()
    if (this.signals) void this.turns.request()
  }

  private sourceFailed(failure: SourceFailure): void {
    this.sourceOk = false
    this.loop.sourceFailed(failure)
    this.answered()
    if (this.signals) void this.turns.request()
  }

  /** Pulls are not held up by anyone, and hold up nobody. */
  private async stage({ plan }: Planned): Promise<void> {
    const images = plan.steps.filter((step) => step.kind === 'image' && step.action !== 'delete')
    await Promise.all(
      images.map(({ spec }) => stageImage(this.host, this.paths, spec as ImageSpec, this.options.signal)),
    )
  }

  /** What stands now is what is to be followed. */
  private follow({ snapshot }: Survey): void {
    void healthTargets(memoised(this.host, this.paths), snapshot.resources).then((targets) => this.health.sync(targets))
    void this.signals?.sync()
  }

  private async tell({ snapshot }: Survey): Promise<void> {
    const now = new Date()
    this.beat = now.toISOString()
    this.stacks = statusOf([...this.loop.stacks.values()], snapshot, now)
    const isReady = ({ conditions }: StackStatus): boolean =>
      conditions.some((one) => one.type === 'Ready' && one.status)
    this.service.status(`${this.stacks.filter(isReady).length} of ${this.stacks.length} stacks ready`)
    await this.save(false)
  }

  private async save(anyway: boolean): Promise<void> {
    const status = this.status()
    const text = JSON.stringify([status.source, status.stacks])
    if (!anyway && text === this.saved) return
    this.saved = text
    this.audience?.status(status)
    await this.recorder.saveStatus(status).catch(() => undefined)
  }

  private status(): WatchStatus {
    return {
      instance: this.paths.instance,
      version: packageJson.version,
      pid: process.pid,
      startedAt: this.startedAt,
      heartbeat: this.beat,
      source: this.source?.status() ?? {
        kind: 'directory',
        location: '',
        revision: null,
        ok: true,
        message: 'Not read yet.',
      },
      stacks: this.stacks,
    }
  }

  private async generations(): ReturnType<Session['state']['generations']> {
    const session = await open(this.options, false)
    try {
      return await session.state.generations()
    } finally {
      await session.close()
    }
  }
}
