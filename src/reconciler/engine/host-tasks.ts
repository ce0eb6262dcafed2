import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { ContainerStats, ContainerUsage, ObservedRun } from '../../providers/container-verbs.ts'
import { readContext } from '../../providers/contexts.ts'
import type { HealthMonitorHandle, RecentOutput } from '../../providers/operations.ts'
import type { Snapshot } from '../observe.ts'
import { localRuntime } from '../runtime-registry.ts'

/** Work on the host between runs: needs neither session nor lock. */
export class HostTasks {
  private readonly runtime = localRuntime()
  private monitor: Promise<HealthMonitorHandle> | undefined

  /** `onHealth`: called when the health of a container has changed and is recorded. */
  constructor(
    private readonly host: Host,
    private readonly paths: Paths,
    private readonly onHealth: () => void,
  ) {}

  /** From now on the health of the containers of this observation is checked, and of no others. */
  async checkHealth({ observations }: Snapshot): Promise<void> {
    const { host, paths } = this
    this.monitor ??= this.runtime.healthMonitor({ host, paths, onChange: this.onHealth })
    await (await this.monitor).sync(readContext(host, paths), observations)
  }

  /** Moves large logs aside. */
  maintain({ observations }: Snapshot): Promise<void> {
    return this.runtime.maintain({ host: this.host, paths: this.paths }, observations)
  }

  /** Stores the exits of jobs that are done, so that they do not run again after a reboot. */
  recordJobs({ observations }: Snapshot): Promise<void> {
    return this.runtime.recordJobs({ host: this.host, paths: this.paths }, observations)
  }

  /** Pulls an image ahead of the run that needs it. Raises why it cannot be pulled. */
  pull(image: ImageSpec, signal: AbortSignal): Promise<void> {
    return this.runtime.images.pull({ host: this.host, paths: this.paths }, image, signal)
  }

  /** CPU time and memory of runs, by their ids for the runtime. */
  usage(ids: readonly string[]): Promise<ReadonlyMap<string, ContainerUsage>> {
    return this.runtime.containers.usage({ host: this.host, paths: this.paths }, ids)
  }

  /** The counters of the kernel for runs that were observed. */
  stats(runs: readonly ObservedRun[]): Promise<readonly ContainerStats[]> {
    return this.runtime.containers.statsOfRuns({ host: this.host, paths: this.paths }, runs)
  }

  /** The newest output of a container. It may hold secret values. */
  recentOutput(container: ResourceAddress, lines: number): Promise<RecentOutput> {
    return this.runtime.containers.recentOutput({ host: this.host, paths: this.paths }, container, lines)
  }

  async stop(): Promise<void> {
    await (await this.monitor)?.stop()
  }
}
