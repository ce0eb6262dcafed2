import type { PackOptions } from '../../host/contract/files.ts'
import type { LockHolder } from '../../host/lock.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { AttachOptions, ContainerVerbs, UnpackRequest } from '../../providers/container-verbs.ts'
import type {
  ContainerDetails,
  ContainerOperations,
  ExecOptions,
  LogLine,
  LogOptions,
  Noted,
  PreparedExec,
} from '../../providers/operations.ts'
import type { WriteContext } from '../../providers/provider.ts'
import type { Session } from '../session.ts'
import type { ContainerOutcomes, ContainerResult, OperationOptions, StopOptions } from './containers.ts'

/** The part of the engine that works on single containers, without a plan. */
export class ContainerEngine {
  protected constructor(protected readonly session: Session) {}

  /** The other holder of the instance's lock now; undefined: there is none. */
  lockHolder(): Promise<LockHolder | undefined> {
    return this.session.lockHolder()
  }

  /** Starts containers again that were stopped or have ended, with the same configuration, addresses and files. */
  async start(containers: readonly ResourceAddress[], options?: OperationOptions): Promise<ContainerOutcomes> {
    return this.onEach(containers, options, (write, container) => this.operations.start(write, container))
  }

  /** Stops containers; they stay stopped until the next start or apply. */
  async stop(containers: readonly ResourceAddress[], options?: StopOptions): Promise<ContainerOutcomes> {
    return this.onEach(containers, options, (write, container) => this.operations.stop(write, container, options))
  }

  /** Gives containers a new process; addresses, files and the writable layer stay. */
  async restart(containers: readonly ResourceAddress[], options?: StopOptions): Promise<ContainerOutcomes> {
    return this.onEach(containers, options, (write, container) => this.operations.restart(write, container, options))
  }

  /** Gives containers that are still unhealthy a new process. */
  async restartUnhealthy(containers: readonly ResourceAddress[]): Promise<ContainerOutcomes> {
    return this.onEach(containers, {}, (write, container) => this.operations.restartUnhealthy(write, container))
  }

  /** Freezes all processes of containers until they are unpaused, restarted or stopped. Plans do not count it as drift. */
  async pause(containers: readonly ResourceAddress[], options?: OperationOptions): Promise<ContainerOutcomes> {
    return this.onEach(containers, options, (write, container) => this.operations.pause(write, container))
  }

  /** Lets the processes of paused containers continue. */
  async unpause(containers: readonly ResourceAddress[], options?: OperationOptions): Promise<ContainerOutcomes> {
    return this.onEach(containers, options, (write, container) => this.operations.unpause(write, container))
  }

  /** Prepares a command inside a container. Raises `not-running`, `needs-apply` (refused). */
  exec(container: ResourceAddress, options: ExecOptions): Promise<PreparedExec> {
    return this.operations.exec(this.session.readContext(), container, options)
  }

  /** Prepares the command of a container that waits for it (`awaitsAttach`). Raises `not-running`, `needs-apply` (refused). */
  attach(container: ResourceAddress, options: AttachOptions): Promise<PreparedExec> {
    return this.operations.attach(this.session.readContext(), container, options)
  }

  /** Ends a container whose attached command has ended with this exit code. */
  endAttached(container: ResourceAddress, exitCode: number): Promise<void> {
    return this.operations.endAttached(this.session.writeContext(), container, exitCode)
  }

  /** The lines of a container's log, oldest first, in the portions in which they are read. */
  logs(container: ResourceAddress, options: LogOptions = {}): AsyncGenerator<readonly LogLine[]> {
    const read = () => this.session.readContext()
    const isLocked = async () => (await this.lockHolder()) !== undefined
    return this.operations.logs(container, { ...options, read, isLocked })
  }

  /** Where a container is on the host, and its last exits. `id`: name of its last run. */
  details(container: ResourceAddress, id: string | undefined): Promise<ContainerDetails> {
    return this.operations.details(this.session.readContext(), container, id)
  }

  /** The processes of a run that the kernel has killed because of a lack of memory, as far as its log still names them. */
  memoryKills(id: string): ReturnType<ContainerOperations['memoryKills']> {
    return this.operations.memoryKills(this.session.readContext(), id)
  }

  /** CPU time, memory, processes and traffic of running containers. Those that do not run are left out. */
  stats(containers: readonly ResourceAddress[]): ReturnType<ContainerVerbs['stats']> {
    return this.operations.stats(this.session.readContext(), containers)
  }

  /** The processes of a container. Raises `not-running` (refused). */
  processes(container: ResourceAddress): ReturnType<ContainerVerbs['processes']> {
    return this.operations.processes(this.session.readContext(), container)
  }

  /** The files below the root of a container that differ from its image, by path. Raises `needs-apply` (refused). */
  changedFiles(container: ResourceAddress): ReturnType<ContainerVerbs['changedFiles']> {
    return this.operations.changedFiles(this.session.readContext(), container)
  }

  /** config.json of the last run (OCI), without its secret values; undefined: there was no run since the host was booted. */
  bundle(container: ResourceAddress): ReturnType<ContainerVerbs['bundle']> {
    return this.operations.bundle(this.session.readContext(), container)
  }

  /** The file or folder at a path of a container, links followed; undefined if absent. */
  statFile(container: ResourceAddress, path: string): ReturnType<ContainerVerbs['statFile']> {
    return this.operations.statFile(this.session.readContext(), container, path)
  }

  /** A tar archive of a file or folder of a container. Raises `not-copied`; later errors are those of the stream. */
  archive(container: ResourceAddress, path: string, options: PackOptions): ReturnType<ContainerVerbs['archive']> {
    return this.operations.archive(this.session.readContext(), container, path, options)
  }

  /** Unpacks a tar archive into a folder of a container. It needs no lock. Raises `not-copied`. */
  unpack(container: ResourceAddress, folder: string, request: UnpackRequest): Promise<void> {
    const { host, paths } = this.session
    return this.operations.unpack({ host, paths }, container, folder, request)
  }

  /** Waits until a container does not run and returns its exit code. Raises if `signal` is aborted. */
  awaitExit(container: ResourceAddress, signal: AbortSignal): ReturnType<ContainerVerbs['awaitExit']> {
    return this.operations.awaitExit(() => this.session.readContext(), container, signal)
  }

  private get operations(): Session['runtime']['containers'] {
    return this.session.runtime.containers
  }

  private async onEach(
    containers: readonly ResourceAddress[],
    options: OperationOptions = {},
    operate: (write: WriteContext, container: ResourceAddress) => Promise<ContainerResult | Noted<ContainerResult>>,
  ): Promise<ContainerOutcomes> {
    return (await import('./containers.ts')).onEach(this.session, containers, options, operate)
  }
}
