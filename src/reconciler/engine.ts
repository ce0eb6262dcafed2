import type { InstanceSettings } from '../host/files/instance-settings.ts'
import type { Paths } from '../host/files/paths.ts'
import type { HostReader } from '../host/host.ts'
import type { Desired, Resource } from '../model/desired.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { Conclusion, Generation, History, StackRecord } from '../model/generation.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { CachedImage } from '../providers/image-operations.ts'
import type { Volume } from '../providers/operations.ts'
import type { WatchStore } from '../state/watch-store.ts'
import type { ApplyResult } from './apply.ts'
import type { PlannedBoot } from './boot.ts'
import type { ApplyOptions } from './engine/announce.ts'
import { ContainerEngine } from './engine/container-engine.ts'
import type { ContainerOutcomes, OperationOptions } from './engine/containers.ts'
import type { ImageStore } from './engine/image-store.ts'
import type { BackupContent } from './engine/instance/backup/backup-content.ts'
import type { InstanceExport } from './engine/instance/backup/export-instance.ts'
import type { RegistryCache } from './engine/registry-cache.ts'
import type { View } from './engine/view.ts'
import type { RecordedRun } from './history/last-run.ts'
import type { PlannedRollback, RollbackOptions, recordedStack } from './history/rollback.ts'
import { observe, type Snapshot } from './observe.ts'
import type { Planned, PlanOptions, PlanRequest } from './planned.ts'
import { applyPlan, makePlan, observeAll, planScope, type SharedObservation } from './reconcile.ts'
import type { RefreshResult } from './refresh.ts'
import { openSession, type SessionOptions } from './session.ts'

export type {
  AwaitedExit,
  ChangedFile,
  ContainerProcess,
  ContainerStats,
  ObservedRun,
} from '../providers/container-verbs.ts'
export type { ContainerExit, HealthLogEntry, LogLine, PreparedExec, RecentOutput } from '../providers/operations.ts'
export type { Snapshot } from './observe.ts'
export type { Planned, PlanOptions, PlanRequest } from './planned.ts'
export type { SharedObservation } from './reconcile.ts'
export type { SessionOptions } from './session.ts'

/**
 * One instance, opened for reading or as its only writer. It returns values and reports events, prints nothing, ends no process and
 * takes all inputs from its options. Modules that callers rarely need are loaded when they are called.
 */
export class Engine extends ContainerEngine {
  /** Raises as `openSession`. */
  static async open(options: SessionOptions): Promise<Engine> {
    return new Engine(await openSession(options))
  }

  /** Ends the session and its lock. A writer that has changed nothing leaves nothing. */
  close(): Promise<void> {
    return this.session.close()
  }

  get paths(): Paths {
    return this.session.paths
  }

  get hostReader(): HostReader {
    return this.session.hostReader
  }

  /** Key under which sensitive values are named in plans. */
  get key(): Buffer {
    return this.session.key
  }

  /** URL of the server of the records; undefined: the instance's own. */
  get redisUrl(): string | undefined {
    return this.session.redisUrl
  }

  /** Warnings about the records, complete once the engine is closed. */
  get warnings(): readonly Diagnostic[] {
    return this.session.warnings
  }

  /** Stores the key of a fresh host: a stored plan names sensitive values under it. */
  storeKey(): Promise<void> {
    return this.session.storeKey()
  }

  /** Leaves the Redis server of this session running, even if the session changes nothing. */
  leaveServerRunning(): void {
    this.session.keepRedisRunning()
  }

  /** The settings of the instance that no stack declares. */
  async settings(): Promise<InstanceSettings> {
    return (await import('./engine/instance/configure.ts')).settingsOf(this.session)
  }

  /** Stores the settings of the instance. Raises as `configureInstance`. */
  async configure(settings: InstanceSettings): Promise<void> {
    await (await import('./engine/instance/configure.ts')).configureInstance(this.session, settings)
  }

  /** Exports records, settings and definitions of the instance. Raises as `exportInstance`. */
  async exportInstance(options: { readonly passphrase: string; readonly heropods: string }): Promise<InstanceExport> {
    return (await import('./engine/instance/backup/export-instance.ts')).exportInstance(this.session, options)
  }

  /** Imports the content of an export into this instance. Raises as `importInstance`. */
  async importInstance(content: BackupContent): Promise<void> {
    await (await import('./engine/instance/backup/import-instance.ts')).importInstance(this.session, content)
  }

  /** Every object of the instance on this host, and its records. */
  observe(): Promise<Snapshot> {
    return observeAll(this.session)
  }

  /** An observation that stays valid after `close`. */
  async view(): Promise<View> {
    return (await import('./engine/view.ts')).viewOf(this.session)
  }

  /**
   * An observation for several plans of these objects. `registries` has the earlier answers of registries; answers older than
   * `freshMs` are asked for again.
   */
  async observeFor(
    desired: ReadonlyMap<ResourceAddress, Resource>,
    registries: RegistryCache,
    freshMs: number,
  ): Promise<SharedObservation> {
    const read = registries.over(this.session.readContext(), freshMs)
    return { read, snapshot: await observe(read, this.session.runtime.providers, this.session.state, desired) }
  }

  /** Plans stacks of files. Raises `unknown-target`, and as `planScope`. */
  plan(desired: Desired, options?: PlanOptions): Promise<Planned> {
    return makePlan(this.session, desired, options)
  }

  /** Plans a request. `observed`: an observation that several plans share. Raises as `planScope`. */
  planRequest(request: PlanRequest, observed?: SharedObservation): Promise<Planned> {
    return planScope(this.session, request, observed)
  }

  /** Plans the removal of stacks. */
  planDestroy(stacks: readonly string[], options?: Omit<PlanOptions, 'destroy'>): Promise<Planned> {
    return this.plan({ stacks: [], secretValues: new Map() }, { ...options, destroy: stacks })
  }

  /** Plans the state of an earlier generation. Raises as `makeRollback`. */
  async planRollback(options: RollbackOptions): Promise<PlannedRollback> {
    return (await import('./history/rollback.ts')).makeRollback(this.session, options)
  }

  /** As `ContainerEngine` does. Containers that have not run since the host was booted start from the records of their stacks. */
  override async start(containers: readonly ResourceAddress[], options?: OperationOptions): Promise<ContainerOutcomes> {
    const outcomes = await super.start(containers, options)
    if (outcomes.every(({ error }) => error === undefined)) return outcomes
    return (await import('./start-from-records.ts')).startFromRecords(this.session, outcomes, options)
  }

  /** Plans the start of all stacks after a boot, from their records. Raises as `planScope` if nothing can be planned. */
  async planBoot(): Promise<PlannedBoot> {
    return (await import('./boot.ts')).planBoot(this.session)
  }

  /** Applies a plan just made, and reports its events. Raises as `applyPlan`. */
  async apply(planned: Planned, { announces = false, ...tools }: ApplyOptions): Promise<ApplyResult> {
    if (!announces) return applyPlan(this.session, planned, tools)
    const announcement = (await import('./engine/announce.ts')).announce(this.session, planned)
    try {
      return await applyPlan(this.session, planned, { ...tools, reporter: announcement.around(tools.reporter) })
    } finally {
      await announcement.end()
    }
  }

  /** Releases the host's network lock, so that other instances can plan. The apply checks again that addresses and ports are free. */
  async releaseNetworkLock(): Promise<void> {
    await this.session.networkLock?.release()
  }

  /** Work that is due from time to time, whatever the plan: moves large logs aside. */
  maintain({ observations }: Snapshot): Promise<void> {
    return this.session.runtime.maintain({ host: this.session.writeHost(), paths: this.paths }, observations)
  }

  /** Makes the records equal to the state of the host's objects. */
  async refresh(): Promise<RefreshResult> {
    return (await import('./refresh.ts')).refresh(this.session)
  }

  /** Plans the removal of single containers, so that names and rules of their networks follow. */
  async planRemove(containers: readonly ResourceAddress[], observed: Snapshot): Promise<Planned> {
    const { removalTargets, stacksConcerned } = await import('./engine/remove.ts')
    return this.planDestroy(stacksConcerned(observed, containers), { targets: removalTargets(observed, containers) })
  }

  /** Number, time and result of every generation, the oldest first. */
  async generations(): Promise<readonly Generation[]> {
    return (await import('./history/last-run.ts')).runsOf(this.session)
  }

  /** A generation with its plan and the result of each step; undefined: it is not stored. */
  async recordedRun(generation: number): Promise<RecordedRun | undefined> {
    return (await import('./history/last-run.ts')).recordedRun(this.session, generation)
  }

  /** The recorded desired state of each stored generation. */
  history(): Promise<History> {
    return this.session.state.history()
  }

  /** These stacks as the newest generation has them. */
  stackRecords(stacks: readonly string[]): Promise<ReadonlyMap<string, StackRecord>> {
    return this.session.state.records(stacks)
  }

  /** One stack as a stored generation had it; undefined: it did not exist, or is not stored. Raises `sensitive-unreadable` (refused). */
  async recordedStack(generation: number, stack: string): ReturnType<typeof recordedStack> {
    return (await import('./history/rollback.ts')).recordedStack(this.session, generation, stack)
  }

  /** Number of the newest generation. */
  async generation(): Promise<number> {
    return (await this.session.state.read()).generation
  }

  /** Records how a generation ended after all. Returns the failure of its verification with the last output of its container. */
  async conclude(conclusion: Conclusion): Promise<Diagnostic | undefined> {
    return (await import('./history/conclude.ts')).conclude(this.session, conclusion)
  }

  /** Gives the events of the instance, with the status and the memory of watch, for as long as `act` takes. */
  async withEvents<T>(act: (events: WatchStore) => Promise<T>): Promise<T> {
    const { openEventsToWrite } = await import('./engine/events.ts')
    const events = await openEventsToWrite(this.session.host, this.paths, this.redisUrl)
    try {
      return await act(events)
    } finally {
      await events.close()
    }
  }

  /** Marks failed generations as done if the host now matches their files. */
  async concludeFailed(desired: Desired): Promise<void> {
    await (await import('./history/last-run.ts')).concludeFailed(this.session, desired)
  }

  async volumes(): Promise<readonly Volume[]> {
    return (await import('./engine/storage.ts')).volumesOf(this.session)
  }

  /** Erases the data of released volumes. Raises `volume-in-use`, `volume-protected` (refused). */
  async eraseVolumes(volumes: readonly ResourceAddress[], onErased: (volume: ResourceAddress) => void): Promise<void> {
    await (await import('./engine/storage.ts')).eraseVolumes(this.session, volumes, onErased)
  }

  async images(): Promise<readonly CachedImage[]> {
    return (await import('./engine/storage.ts')).imagesOf(this.session)
  }

  /** The images that were tagged on this host by an import or a pull. */
  async imageStore(): Promise<ImageStore> {
    return new (await import('./engine/image-store.ts')).ImageStore(this.session)
  }

  /** If no object is left, removes the files and processes of the instance itself. Returns true if none was left. */
  async tearDownIfEmpty(): Promise<boolean> {
    return (await import('./tear-down.ts')).tearDownIfEmpty(this.session)
  }

  /** Erases the data of an instance without objects: released volumes, images, records, keys. */
  async erase(): Promise<void> {
    await (await import('./tear-down.ts')).eraseInstance(this.session)
  }
}
