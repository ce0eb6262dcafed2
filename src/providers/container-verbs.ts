import type { Readable } from 'node:stream'
import type { FileStat, PackOptions, UnpackOptions } from '../host/contract/files.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { PreparedExec } from './operations.ts'
import type { InstanceReader, InstanceWriter, ReadContext, WriteContext } from './provider.ts'

/** The CPU time and memory of a run. */
export interface ContainerUsage {
  /** Microseconds on all CPUs since its start. */
  readonly cpuUs: number
  /** Bytes in use now, without page cache that the kernel can drop, as `docker stats` counts. */
  readonly memory: number
}

/** The counters of the kernel for a running container. Sums count from its start. */
export interface ContainerStats extends ContainerUsage {
  readonly container: ResourceAddress
  /** Id of its run for the runtime: the sums of another run begin again. */
  readonly id: string
  /** When it was read: milliseconds of a clock that never goes back. */
  readonly atMs: number
  /** Bytes; null: it has no limit. */
  readonly memoryLimit: number | null
  /** Bytes of memory of the host. */
  readonly hostMemory: number
  readonly processes: number
  /** null: it has no limit. */
  readonly processLimit: number | null
  /** Bytes from and to block devices. */
  readonly blockRead: number
  readonly blockWritten: number
  /** Bytes over all its interfaces except lo. null: it uses the network of the host. */
  readonly network: { readonly received: number; readonly sent: number } | null
  /** Processes that the kernel has killed because the memory limit was reached. */
  readonly outOfMemoryKills: number
  /** Restarts by its restart policy since it last stayed up. */
  readonly restarts: number
}

/** A run of a container as an observation has found it. */
export interface ObservedRun {
  readonly container: ResourceAddress
  /** Id of the run for the runtime. */
  readonly id: string
  readonly pid: number
  readonly restarts: number
  readonly usesHostNetwork: boolean
}

/** A process of a container. */
export interface ContainerProcess {
  /** Its pid inside the container. */
  readonly pid: number
  readonly hostPid: number
  /** Pid of its parent inside the container; 0: its parent is outside. */
  readonly parent: number
  /** Name in the container's /etc/passwd; else the uid. */
  readonly user: string
  readonly uid: number
  /** One letter, as in ps(1): R, S, D, T, Z ... */
  readonly state: string
  /** Milliseconds of CPU time. */
  readonly cpuMs: number
  /** Bytes of resident memory. */
  readonly memory: number
  /** RFC 3339. */
  readonly startedAt: string
  readonly command: string
}

/** An archive to unpack. */
export interface UnpackRequest extends UnpackOptions {
  readonly archive: Readable
}

/** config.json of a run (OCI runtime-spec 1.0). */
export interface OciBundle {
  readonly process: { readonly env: readonly string[] }
}

/** The end of a run that a caller waited for. */
export interface AwaitedExit {
  /** null: it was killed together with its supervisor, so its exit code is not known. */
  readonly exitCode: number | null
}

/** A file below the root of a container that differs from its image. */
export interface ChangedFile {
  /** `changed`: its content, its kind, its mode or its owner; of a folder also something in it. */
  readonly kind: 'added' | 'changed' | 'deleted'
  /** Inside the container. */
  readonly path: string
}

export interface AttachOptions {
  /** The command gets a terminal. */
  readonly terminal: boolean
}

/** Verbs on single containers that users of docker know. */
export interface ContainerVerbs {
  /**
   * Freezes all processes of a container until it is unpaused, restarted or stopped. Plans do not count it as drift. Raises `not-running`
   * (refused), `container-not-paused`.
   */
  pause(write: WriteContext, container: ResourceAddress): Promise<'paused' | 'already paused'>
  /** Lets the processes of a paused container continue. Raises `not-running` (refused). */
  unpause(write: WriteContext, container: ResourceAddress): Promise<'unpaused' | 'not paused'>
  /** Prepares the command of a container that waits for it (`awaitsAttach`). Raises `not-running`, `needs-apply` (refused). */
  attach(read: ReadContext, container: ResourceAddress, options: AttachOptions): Promise<PreparedExec>
  /** Ends a container whose attached command has ended with this exit code. */
  endAttached(write: WriteContext, container: ResourceAddress, exitCode: number): Promise<void>
  /** The counters of the kernel for these containers. Those that do not run are left out. */
  stats(read: InstanceReader, containers: readonly ResourceAddress[]): Promise<readonly ContainerStats[]>
  /** The same for runs that were observed: reads no records. Those whose cgroup is gone are left out. */
  statsOfRuns(read: InstanceReader, runs: readonly ObservedRun[]): Promise<readonly ContainerStats[]>
  /** The processes of a container, by their pids. Raises `not-running` (refused). */
  processes(read: InstanceReader, container: ResourceAddress): Promise<readonly ContainerProcess[]>
  /** The files below the root of a container that differ from its image, by path. Raises `needs-apply` (refused). */
  changedFiles(read: InstanceReader, container: ResourceAddress): Promise<readonly ChangedFile[]>
  /** config.json of the last run (OCI), without its secret values; undefined: there was no run since the host was booted. */
  bundle(read: InstanceReader, container: ResourceAddress): Promise<OciBundle | undefined>
  /** The file or folder at a path of a container, links followed; undefined if absent. */
  statFile(read: InstanceReader, container: ResourceAddress, path: string): Promise<FileStat | undefined>
  /**
   * A tar archive of a file or folder of a container. Of one that does not run, volumes and binds are not part of it. Raises
   * `not-copied`; later errors are those of the stream.
   */
  archive(read: InstanceReader, container: ResourceAddress, path: string, options: PackOptions): Promise<Readable>
  /** Unpacks a tar archive into a folder of a container. Raises `not-copied`. */
  unpack(write: InstanceWriter, container: ResourceAddress, folder: string, archive: UnpackRequest): Promise<void>
  /** Waits until the present run of a container has ended; at once if it does not run. Raises if `signal` is aborted. */
  awaitExit(read: () => ReadContext, container: ResourceAddress, signal: AbortSignal): Promise<AwaitedExit>
}
