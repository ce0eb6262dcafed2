import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import { HealthMonitor } from '../../providers/linux/container/health/monitor.ts'
import { healthTargets } from '../../providers/linux/container/health/target.ts'
import { stageImage } from '../../providers/linux/image/pull.ts'
import { maintain } from '../../providers/linux/registry.ts'
import { readContext } from '../contexts.ts'
import type { Snapshot } from '../observe.ts'

/** What is done on the host between runs: needs neither session nor lock. */
export class HostTasks {
  private readonly monitor: HealthMonitor

  /** `onHealth`: called when the health of a container has changed and is on record. */
  constructor(
    private readonly host: Host,
    private readonly paths: Paths,
    onHealth: () => void,
  ) {
    this.monitor = new HealthMonitor({ host, paths, onChange: onHealth })
  }

  /** From now on the containers of this observation are checked for their health, and no others. */
  async checkHealth({ resources }: Snapshot): Promise<void> {
    await this.monitor.sync(await healthTargets(readContext(this.host, this.paths), resources))
  }

  /** Moves logs that have grown aside. */
  async maintain({ resources }: Snapshot): Promise<void> {
    await maintain({ host: this.host, paths: this.paths }, resources)
  }

  /** Pulls an image ahead of the run that needs it. Raises why it cannot be had. */
  pull(image: ImageSpec, signal: AbortSignal): Promise<void> {
    return stageImage(this.host, this.paths, image, signal)
  }

  stop(): Promise<void> {
    return this.monitor.stop()
  }
}
