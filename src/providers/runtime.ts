import type { Paths } from '../host/files/paths.ts'
import type { Host } from '../host/host.ts'
import type { Resource } from '../model/desired.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { PublishedPort } from '../model/kinds/network.ts'
import type { Lease } from '../model/lease.ts'
import type { Observation } from '../model/observation.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { Providers } from './by-kind.ts'
import type { ImageOperations } from './image-operations.ts'
import type { ContainerOperations, HealthMonitorHandle, HostPlaces, VolumeOperations } from './operations.ts'
import type { InstanceReader, InstanceWriter, ReadContext, WriteContext } from './provider.ts'

/**
 * `wait`: a step waits until the containers that its container depends on are ready. `defer`: it fails at once with `dependency-pending`,
 * and the caller tries again.
 */
export type DependencyMode = 'wait' | 'defer'

export interface RuntimeOptions {
  /** Program and arguments that run HeroPods again: the supervisor of a container calls it when the container exits. */
  readonly heropodsCommand: readonly string[]
  /** How long a process must have run before its start counts as done, milliseconds, default `verify` of the container. */
  readonly stableMs?: number
  /** Default `wait`. */
  readonly dependencies?: DependencyMode
  /** Containers start without their command: `attach` runs it. Default: false. */
  readonly awaitsAttach?: boolean
}

type Observations = ReadonlyMap<ResourceAddress, Observation>

/**
 * A place where stacks run. The engine knows this contract and no implementation. Modules that only some commands need are loaded when
 * they are called, so that HeroPods starts fast.
 */
export interface Runtime {
  /** The providers of all kinds. */
  readonly providers: Providers
  /** Fills in addresses, digests and members, which only the host and the records know. Reads only. */
  resolve(read: ReadContext, input: ResolveInput): Promise<Resolved>
  /** Ports of a container that another stack or a process of the host has. Other containers of its stack do not count. Reads only. */
  portProblems(
    read: ReadContext,
    container: ResourceAddress,
    ports: readonly PublishedPort[],
    observed: Observations,
  ): Promise<readonly Diagnostic[]>
  /** Periodic maintenance, independent of the plan: removes files of ended runs, rotates large logs, stores the exits of jobs. */
  maintain(write: InstanceWriter, observed: Observations): Promise<void>
  /** Stores the exits of jobs that are done, so that they do not run again after a reboot. */
  recordJobs(write: InstanceWriter, observed: Observations): Promise<void>
  /** Writes the records of existing objects that have lost theirs; the objects are not changed. */
  rebuildRecords(write: WriteContext, lost: LostRecords): Promise<RebuiltRecords>
  /** Removes half-written files of killed runs. The caller must hold the lock of the instance. */
  removeHalfWritten(write: InstanceWriter): Promise<void>
  /** Frees the instance's part of storage that it shares with others. */
  releaseSharedStorage(write: InstanceWriter): Promise<void>
  /** Checks the health of containers until it is stopped. */
  healthMonitor(options: HealthMonitorOptions): Promise<HealthMonitorHandle>
  /** The places on the host to watch for changes. */
  hostPlaces(read: InstanceReader): Promise<HostPlaces>
  readonly containers: ContainerOperations
  readonly images: ImageOperations
  readonly volumes: VolumeOperations
}

export interface HealthMonitorOptions {
  readonly host: Host
  readonly paths: Paths
  /** Called when the health of a container has changed and is recorded. */
  readonly onChange: () => void
}

export interface ResolveInput {
  readonly desired: ReadonlyMap<ResourceAddress, Resource>
  readonly snapshot: {
    readonly observations: Observations
    readonly state: { readonly leases: readonly Lease[] }
  }
  /** True if this run removes an owned object that is not desired. */
  readonly removes: (address: ResourceAddress) => boolean
  /** True if the data of removed volumes is erased. */
  readonly erases?: boolean
}

export interface Resolved {
  /** Desired resources with addresses, digests and members filled in, and the networks of others that gain or lose a member. */
  readonly desired: ReadonlyMap<ResourceAddress, Resource>
  readonly leases: readonly Lease[]
  /** Containers whose stored leases are replaced by `leases`. */
  readonly replacedLeases: readonly ResourceAddress[]
  /** `removes`, and the default network once its last member is removed. */
  readonly removes: (address: ResourceAddress) => boolean
  readonly errors: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  /** Digests from registries that a writer records, so that they count until the period of the pull policy has passed. */
  readonly answers?: readonly RegistryDigest[]
}

/** The digest that a registry gave for a reference. */
export interface RegistryDigest {
  readonly ref: string
  readonly digest: string
  /** RFC 3339. */
  readonly askedAt: string
}

export interface LostRecords {
  /** All objects, before damaged records were set aside. */
  readonly observed: Observations
  /** The applied specs from the history. */
  readonly applied: ReadonlyMap<ResourceAddress, Resource>
  /** Observes all objects again. */
  observe(): Promise<Observations>
}

export interface RebuiltRecords {
  readonly rebuilt: readonly ResourceAddress[]
  readonly failures: readonly Diagnostic[]
}
