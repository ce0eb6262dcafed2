import type { Observation } from '../model/observation.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { HostTasks } from '../reconciler/engine/host-tasks.ts'
import type { Snapshot } from '../reconciler/engine.ts'
import type { Clock } from './clock.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { observedContainers } from './status/container-events.ts'

/** Interval of maintenance, milliseconds. */
const maintenanceIntervalMs = 60_000

export interface FollowUpTools {
  readonly clock: Clock
  readonly tasks: Pick<HostTasks, 'maintain' | 'recordJobs' | 'checkHealth'>
  /** Watches the objects that exist now. Resolves to false while there are no signals yet. */
  syncSignals(): Promise<boolean>
  onError(error: unknown): void
}

/** Follows up on observations: points signals and health checks at the objects that exist now, records jobs that are done, and keeps logs small. */
export class FollowUp {
  /** Runs of the containers at the last follow-up; undefined: it was not complete. */
  private followed: string | undefined
  private signalled = true
  private maintainedAt = 0
  /** Follows up on the newest observation, one at a time. */
  readonly observed: (observation: { readonly snapshot: Snapshot }) => void

  constructor(private readonly tools: FollowUpTools) {
    this.observed = oneAtATime(({ snapshot }) => this.follow(snapshot), tools.onError)
  }

  /** After a signal the next observation is followed up, even if all containers run as before. */
  signal(): void {
    this.signalled = true
  }

  private async follow(snapshot: Snapshot): Promise<void> {
    await this.maintain(snapshot)
    const runs = runsOf(snapshot.observations)
    if (runs === this.followed && !this.signalled) return
    this.signalled = false
    await this.tools.tasks.recordJobs(snapshot)
    await this.tools.tasks.checkHealth(snapshot)
    this.followed = (await this.tools.syncSignals()) ? runs : undefined
  }

  private async maintain(snapshot: Snapshot): Promise<void> {
    const now = this.tools.clock.monotonic()
    if (now - this.maintainedAt < maintenanceIntervalMs) return
    this.maintainedAt = now
    await this.tools.tasks.maintain(snapshot)
  }
}

/** Names the present run of each container. */
const runsOf = (resources: ReadonlyMap<ResourceAddress, Observation>): string =>
  [...observedContainers(resources)].map(([address, { state, run }]) => `${address} ${state} ${run}`).join()
