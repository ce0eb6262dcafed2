import type { CgroupHost } from '../host/cgroup.ts'
import type { HostReader } from '../host/host.ts'
import type { MemoryKill } from '../host/kernel-log.ts'
import type { Observation } from '../model/observation.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { ContainerUsage, ContainerVerbs } from './container-verbs.ts'
import type { InstanceReader, InstanceWriter, ReadContext, WriteContext } from './provider.ts'

/** The result of an operation that ends a process. */
export interface Noted<R> {
  readonly result: R
  /** A remark about the stop, for users: ``ignored SIGTERM for 10 s; set `init: true`, which forwards signals``. */
  readonly note?: string
}

/** Operations on single containers: they need neither a plan nor records. */
export interface ContainerOperations extends ContainerVerbs {
  /** Starts a stopped or ended container again, with the same config, addresses and files. */
  start(write: WriteContext, container: ResourceAddress): Promise<'started' | 'already running'>
  /** Stops a container; it stays stopped until the next start or apply. */
  stop(write: WriteContext, container: ResourceAddress, options?: StopOptions): Promise<Noted<'stopped'>>
  /** Gives a container a new process; addresses, files and its writable layer stay. */
  restart(write: WriteContext, container: ResourceAddress, options?: StopOptions): Promise<Noted<'restarted'>>
  /** The same for a container that is still unhealthy. */
  restartUnhealthy(write: WriteContext, container: ResourceAddress): Promise<Noted<'restarted' | 'no longer unhealthy'>>
  /** Prepares a command inside a container. Raises `not-running`, `needs-apply` (refused). */
  exec(read: ReadContext, container: ResourceAddress, options: ExecOptions): Promise<PreparedExec>
  /** The lines of a container's log, oldest first, in the batches in which they are read. */
  logs(container: ResourceAddress, options: LogSource): AsyncGenerator<readonly LogLine[]>
  /** The last runs of a container, the oldest first: at most five that have ended, and the current one. */
  runs(read: InstanceReader, container: ResourceAddress): Promise<readonly ContainerRun[]>
  /**
   * Waits until every container is ready. Needs no lock, since it writes only records of health. Raises if `signal` is aborted.
   */
  awaitHealth(
    write: InstanceWriter,
    containers: readonly ResourceAddress[],
    options: AwaitHealthOptions,
  ): Promise<HealthOutcome>
  /**
   * Handles the exit of a run as the restart policy of its container requires. Ignores runs that are no longer the last one. Returns the
   * restart, or the exit after which it stays down; undefined: neither, e.g. because `keep_alive` holds it open.
   */
  answerExit(
    write: WriteContext,
    container: ResourceAddress,
    run: number,
  ): Promise<PolicyRestart | FinalExit | undefined>
  /** Where a container is on the host, and its last exits. `id`: the id of its last run for the runtime; undefined: it was never started. */
  details(read: InstanceReader, container: ResourceAddress, id: string | undefined): Promise<ContainerDetails>
  /** Bind mounts by which containers of the instance reach the host itself, with links followed. */
  hostReach(read: InstanceReader): Promise<readonly { readonly container: ResourceAddress; readonly bind: string }[]>
  /** CPU time and memory of runs, by their ids for the runtime. Runs whose cgroup is gone are left out. */
  usage(read: InstanceReader, ids: readonly string[]): Promise<ReadonlyMap<string, ContainerUsage>>
  /** The newest output of a container: at most `lines` lines of its log, and the output of its last health check. */
  recentOutput(read: InstanceReader, container: ResourceAddress, lines: number): Promise<RecentOutput>
  /** The processes of a run that the kernel has killed because of a lack of memory, as far as its log still names them, the newest last. */
  memoryKills(read: InstanceReader, id: string): Promise<readonly MemoryKill[]>
  /** True if limits of containers may exceed the hard limits of this process. */
  mayRaiseLimits(host: HostReader): Promise<boolean>
}

/** A restart by a restart policy, with the exit before it. */
export interface PolicyRestart {
  readonly exitCode: number
  readonly outOfMemory: boolean
  /** The number of this restart. */
  readonly number: number
  /** Why the new run did not start, or did not last. `message` is the first line. */
  readonly failure?: { readonly code: string; readonly message: string }
}

/** An exit after which the container stays down. */
export interface FinalExit {
  readonly exitCode: number
  readonly outOfMemory: boolean
  readonly number?: undefined
}

export interface StopOptions {
  /** Time between the stop signal and SIGKILL, milliseconds; default: the container's own. */
  readonly grace?: number
}

export interface ExecOptions {
  readonly argv: readonly string[]
  /** NAME=VALUE; replaces variables of the container with the same name. */
  readonly env?: readonly string[]
  /** The command gets a terminal. */
  readonly terminal?: boolean
  readonly workdir?: string
  /** `user[:group]`, names or numbers; default: the container's own. */
  readonly user?: string
  /** Name of a file in `PreparedExec.folder`, which gets the pid of the command. */
  readonly pidFile?: string
}

/** A command for a container that can run now. It needs neither a session nor a lock. */
export interface PreparedExec {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Text that the program reads from descriptor 3. */
  readonly data: string
  /** Folder for files that are unlinked before the program runs. */
  readonly folder: string
  /** See `InteractiveProgram`. */
  readonly hasInnerTerminal: boolean
  /** File into which the program writes the pid of the command. */
  readonly pidFile?: string
  /** The exit code of the command, from the exit code of the program. 126: it cannot be run. 127: it does not exist. Else its own. */
  exitCode(code: number): Promise<number>
}

/** One line of a container's log. */
export interface LogLine {
  /** RFC 3339 with nanoseconds. */
  readonly time: string
  readonly stream: 'stdout' | 'stderr'
  /** As the container wrote it, in any encoding. */
  readonly bytes: Buffer
}

export interface LogOptions {
  /** Number of existing lines to return, the last ones; default: all. */
  readonly tail?: number
  /** Continues with new lines until the container has ended and no other command changes the instance. */
  readonly follow?: boolean
  /** Ends following. The lines that were read until then are returned. */
  readonly signal?: AbortSignal
}

export interface LogSource extends LogOptions {
  /** A context for one observation. */
  readonly read: () => ReadContext
  /** True while another command changes the instance. */
  readonly isLocked: () => Promise<boolean>
}

export interface AwaitHealthOptions {
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly timeout: number
}

/** A container that is not ready, and why. */
export interface NotReadyContainer {
  readonly container: ResourceAddress
  /** In words, as the end of a sentence: `is unhealthy`. */
  readonly why: string
  /** The last lines of its check or of its own log, indented, after a colon; they may hold secret values. */
  readonly output: string
  /** Only of a container that was killed because of a lack of memory: its limit in bytes, 0: it has none. */
  readonly exceededMemory?: number
  /** The command that runs its failed check by hand. */
  readonly byHand?: string
}

export interface HealthOutcome {
  /** Containers that were not ready when the time was over. */
  readonly pending: readonly NotReadyContainer[]
  /** Containers that cannot become ready by themselves. */
  readonly failed: readonly NotReadyContainer[]
}

/** Where a container is on the host. */
export interface ContainerPlaces {
  readonly netns: string
  /** null: it was never started. */
  readonly cgroup: string | null
  readonly root: string
  readonly bundle: string
  readonly log: string
}

/** The newest output of a container. It may hold secret values. */
export interface RecentOutput {
  /** Oldest first. */
  readonly log: readonly LogLine[]
  /** undefined: its present run has not been checked. */
  readonly check: CheckOutput | undefined
  /** Why the init program of the last run could not start the program, as the end of a sentence whose subject is the container. */
  readonly notStarted?: string
}

/** The last health check of a run. */
export interface CheckOutput {
  /** The last 4 kB. */
  readonly output: string
  /** Milliseconds since 1970; undefined: an earlier version has not recorded it. */
  readonly endedAt: number | undefined
  readonly durationMs: number
}

/** The end of one run. Times are RFC 3339. */
export interface ContainerExit {
  readonly run: number
  readonly startedAt: string
  readonly endedAt: string
  readonly exitCode: number
  /** True if the kernel killed one of its processes because of a lack of memory. */
  readonly outOfMemory: boolean
  /** The run or command of HeroPods that stopped it: `generation 4`, `heropods stop`. */
  readonly stoppedBy?: string
  /** A remark about that stop, for users. */
  readonly stopNote?: string
  /** True if HeroPods did not stop it. Neither: an older version recorded it. */
  readonly isUnplanned?: true
}

/** The time between the start and the end of a container's process. `startedAt` is RFC 3339. */
export interface ContainerRun {
  readonly run: number
  readonly startedAt: string
  /** undefined: it has not ended. */
  readonly exit?: ContainerExit
}

export interface ContainerDetails extends ContainerPlaces {
  /** The last five exits, the newest last. */
  readonly exits: readonly ContainerExit[]
  /** The last five lines of its log since the start of the run that has exited last, without its secret values. */
  readonly logEnd: readonly string[]
  /** The last five health checks of its last run, the newest last. undefined: there was none. */
  readonly healthLog?: readonly HealthLogEntry[]
  /** The command of its health check, without sensitive values. undefined: it was not checked, or the check is not a command. */
  readonly checkCommand?: string
}

/** A health check that has ended, as users see it. */
export interface HealthLogEntry {
  /** When it ended, RFC 3339. */
  readonly checkedAt: string
  readonly durationMs: number
  readonly ok: boolean
  /** null: the check is not a command, or did not end in time. */
  readonly exitCode: number | null
  /** Its last 4 kB, without known secret values. */
  readonly output: string
}

/** Checks the health of containers until it is stopped. */
export interface HealthMonitorHandle {
  /** Checks the containers of this observation from now on, and no others. */
  sync(read: ReadContext, resources: ReadonlyMap<ResourceAddress, Observation>): Promise<void>
  stop(): Promise<void>
}

export interface VolumeOperations {
  /** All volumes of the instance, released ones included. */
  list(read: InstanceReader): Promise<readonly Volume[]>
  /** Erases the data of a volume. Raises `volume-protected` (refused). */
  erase(write: InstanceWriter, volume: ResourceAddress): Promise<void>
}

/** A volume of the instance. */
export interface Volume {
  readonly address: ResourceAddress
  readonly state: 'in use' | 'released' | 'missing'
  readonly released: boolean
  readonly protect: boolean
  readonly path: string
}

/** The state of a container, read from its files. */
export interface ContainerOnHost {
  readonly address: ResourceAddress
  /** Id of its last run for the runtime; undefined: no run since the host was booted. */
  readonly id: string | undefined
  /** Pid of the supervisor. */
  readonly conmon: number | undefined
}

/** A program that prints changes of firewall rules, and a test of which lines concern rules of HeroPods. */
export interface RuleMonitor {
  readonly program: string
  readonly args: readonly string[]
  readonly concerns: (line: string) => boolean
}

/** The files, folders and names of an instance on its host. If one of them changes, an object may have changed. */
export interface HostPlaces {
  containers(): Promise<readonly ContainerOnHost[]>
  /** Folders of a container's records, run and files. */
  containerFolders(container: ResourceAddress): readonly string[]
  /** Folder in which conmon writes exit codes. */
  readonly exitCodes: string
  /** Start of the paths of the instance's network namespaces. */
  readonly namespaces: string
  /** Bridges of the instance's networks. */
  bridges(): Promise<readonly string[]>
  /** The folder of a controller with the limits of a run. */
  limitsFolder(cgroups: CgroupHost, controller: string, id: string): string
  /** Follows changes of firewall rules; a text: the reason why this host does not report them. */
  ruleMonitor(): Promise<RuleMonitor | string>
  /** Names of the files that hold limits, with their controllers. */
  limitFiles(mode: CgroupHost['mode']): readonly { readonly controller: string; readonly file: string }[]
}
