import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ContainerRun } from '../../../operations.ts'
import type { InstanceReader } from '../../../provider.ts'
import { lastExits } from '../process/exit-record.ts'
import { readRunning } from '../record.ts'

/** The runs of a container that are recorded, the oldest first. */
export async function recordedRuns(read: InstanceReader, container: ResourceAddress): Promise<readonly ContainerRun[]> {
  const [exits, running] = await Promise.all([
    lastExits(read, container),
    readRunning(read.host, read.paths, container),
  ])
  const ended = exits.map((exit): ContainerRun => ({ run: exit.run, startedAt: exit.startedAt, exit }))
  if (running === undefined || exits.some(({ run }) => run === running.run)) return ended
  return [...ended, { run: running.run, startedAt: running.startedAt }]
}
