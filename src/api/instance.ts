import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { instancePaths, type Paths, workingFolder } from '../host/files/paths.ts'
import type { Host } from '../host/host.ts'
import { ChangeQueue } from '../reconciler/engine/change-queue.ts'
import { Engine, type SessionOptions, type Snapshot } from '../reconciler/engine.ts'
import { switchedName } from './instances/default-name.ts'
import { inLibraryWords } from './library-words.ts'
import { localHost } from './local-host.ts'
import { SharedObservation } from './shared-observation.ts'
import { StopQueue } from './stop-queue.ts'

/** The places of an instance. Each default is that of the command line. */
export interface InstanceOptions {
  /** Name of the instance. Default: that of `HeroPods.switch`, else HEROPODS_INSTANCE, else that of `heropods instance use`, else `default`. */
  readonly name?: string
  /** Folder of the data of all instances. Default: HEROPODS_DIR or CONTAINERS_DIR, else `/var/lib/heropods`. */
  readonly dir?: string
  /** Folder of files that a reboot removes. Default: HEROPODS_RUN_DIR, else `/run/heropods`. */
  readonly runDir?: string
  /** URL of the Redis server of the records. Default: HEROPODS_REDIS_URL, else a server of the instance itself. */
  readonly redisUrl?: string
  /** Longest wait for other runs of the instance, milliseconds. Default: 600,000. */
  readonly lockTimeoutMs?: number
}

/** The installed command line. conmon calls it when a container exits. */
export const heropodsCommand = [process.execPath, join(dirname(fileURLToPath(import.meta.url)), '..', 'heropods.js')]

type OpenOptions = Pick<SessionOptions, 'createsKey' | 'signal' | 'runtimeOptions' | 'brief'>

/** How the methods of the library reach one instance. Opening it reads and changes nothing. */
export class Instance {
  readonly host: Host
  readonly paths: Paths
  /** Folder that relative paths of stacks are relative to. */
  readonly cwd = workingFolder() ?? '/'
  readonly changes: ChangeQueue
  readonly stops = new StopQueue((act) => this.write(act))
  private readonly lockTimeoutMs: number

  /** Raises `bad-instance`, `bad-folder` (refused). */
  constructor({ name, dir, runDir, redisUrl, lockTimeoutMs = 600_000 }: InstanceOptions = {}) {
    const environment = {
      ...localHost.environment,
      ...(dir !== undefined && { HEROPODS_DIR: dir }),
      ...(runDir !== undefined && { HEROPODS_RUN_DIR: runDir }),
      ...(redisUrl !== undefined && { HEROPODS_REDIS_URL: redisUrl }),
    }
    this.paths = instancePaths(environment, name ?? switchedName())
    this.host = localHost.withEnvironment({ ...environment, HEROPODS_INSTANCE: this.paths.instance })
    this.lockTimeoutMs = lockTimeoutMs
    this.changes = new ChangeQueue(({ write, createsKey = false }, act) => this.withEngine(write, { createsKey }, act))
  }

  /** Calls `act` with the engine opened for reading. Raises the errors of `Engine.open`. */
  read<T>(act: (engine: Engine) => Promise<T>): Promise<T> {
    return this.withEngine(false, {}, act)
  }

  /** The engine opened for reading, for as long as the caller needs it. Raises the errors of `Engine.open`. */
  openReader(): Promise<Engine> {
    return this.open(false, {})
  }

  /** Calls `act` with the engine as the only writer of the instance. Raises the errors of `Engine.open`. */
  write<T>(
    act: (engine: Engine) => Promise<T>,
    signal?: AbortSignal,
    options: Pick<OpenOptions, 'runtimeOptions' | 'brief'> = {},
  ): Promise<T> {
    return this.withEngine(true, { ...(signal && { signal }), ...options }, act)
  }

  /** The objects of the instance now. Calls at the same time share one observation, but none that began before the last change. */
  observe(): Promise<Snapshot> {
    return this.observation.get(() => this.read(async (engine) => (await engine.view()).snapshot))
  }

  /** All objects of one instance in this process share it. */
  private get observation(): SharedObservation<Snapshot> {
    const known = observations.get(this.paths.data) ?? new SharedObservation<Snapshot>()
    observations.set(this.paths.data, known)
    return known
  }

  private async withEngine<T>(write: boolean, options: OpenOptions, act: (engine: Engine) => Promise<T>): Promise<T> {
    const work = async (): Promise<T> => {
      try {
        const engine = await this.open(write, options)
        try {
          return await act(engine)
        } finally {
          await engine.close()
          if (write) this.observation.invalidate()
        }
      } catch (error) {
        throw inLibraryWords(error)
      }
    }
    return write ? inTurn(this.paths.data, work) : work()
  }

  private open(write: boolean, options: OpenOptions) {
    const { host, lockTimeoutMs } = this
    return Engine.open({
      ...options,
      host,
      write,
      lockTimeoutMs,
      command: 'library',
      heropodsCommand,
      ...(!write && { optionalRecords: true }),
    })
  }
}

/** The observation of each instance. */
const observations = new Map<string, SharedObservation<Snapshot>>()

/** The last writer of each instance. The lock of an instance is between processes: within one, writers wait for each other here. */
const lastWriters = new Map<string, Promise<unknown>>()

function inTurn<T>(data: string, work: () => Promise<T>): Promise<T> {
  const turn = (lastWriters.get(data) ?? Promise.resolve()).then(work, work)
  const ended = turn.catch(() => undefined)
  lastWriters.set(data, ended)
  void ended.then(() => {
    if (lastWriters.get(data) === ended) lastWriters.delete(data)
  })
  return turn
}
