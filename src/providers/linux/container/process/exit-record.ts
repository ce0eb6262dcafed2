import { join } from 'node:path'
import { outOfMemoryKills } from '../../../../host/cgroup.ts'
import { readJson } from '../../../../host/files/json.ts'
import { ignoredStopText } from '../../../../model/kinds/text/stop-text.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ContainerExit } from '../../../operations.ts'
import type { InstanceReader, WriteContext } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'
import { containerLayout, exitFolder } from '../layout.ts'
import { type Running, readRecord, readRunning } from '../record.ts'
import { exitRecords } from '../record-shape.ts'
import { exitCodeOf } from './read-exit-code.ts'
import { isEndOf, readStop } from './stop-record.ts'

/** The number of exits that are stored for each container. */
const maxRecordedExits = 5

/** The last exits of a container, the newest last. The one of the current run is read from the host. */
export async function lastExits(read: InstanceReader, container: ResourceAddress): Promise<readonly ContainerExit[]> {
  const [stored, current] = await Promise.all([storedExitsOf(read, container), currentExit(read, container)])
  if (current === undefined || stored.some(({ run }) => run === current.run)) return stored
  return [...stored, current].slice(-maxRecordedExits)
}

/** True if the kernel killed a process of this run because of a lack of memory. */
export const wasOutOfMemory = async ({ host, paths }: InstanceReader, { id }: Running): Promise<boolean> =>
  (await outOfMemoryKills(host, cgroupOf(paths, id))) > 0

/**
 * Stores the exit of the current run, before its exit code and its cgroup are removed by the next run or by a reboot. Does nothing if it
 * has not exited.
 */
export async function recordExit(
  write: Pick<WriteContext, 'host' | 'paths'>,
  container: ResourceAddress,
): Promise<void> {
  // Without its record the container is being removed.
  if ((await readRecord(write.host, write.paths, container)) === undefined) return
  const current = await currentExit(write, container)
  const stored = current ? await storedExitsOf(write, container) : []
  if (current === undefined || stored.some(({ run }) => run === current.run)) return
  const exits = [...stored, current].slice(-maxRecordedExits)
  await write.host.writeFile(containerLayout(write.paths, container).exits, JSON.stringify(exits))
}

/** The stored exit of a run; undefined: it has none, because it did not end while the host was up. A reboot leaves stored exits. */
export const storedExit = async (
  read: Pick<InstanceReader, 'host' | 'paths'>,
  container: ResourceAddress,
  run: number,
): Promise<ContainerExit | undefined> => (await storedExitsOf(read, container)).find((exit) => exit.run === run)

const storedExitsOf = async (
  { host, paths }: Pick<InstanceReader, 'host' | 'paths'>,
  container: ResourceAddress,
): Promise<readonly ContainerExit[]> =>
  (await readJson<readonly ContainerExit[]>(host, containerLayout(paths, container).exits, exitRecords)) ?? []

const hasInit = async ({ host, paths }: InstanceReader, container: ResourceAddress): Promise<boolean> =>
  (await readRecord(host, paths, container))?.spec.init ?? false

async function currentExit(
  { host, paths }: InstanceReader,
  container: ResourceAddress,
): Promise<ContainerExit | undefined> {
  const running = await readRunning(host, paths, container)
  if (running === undefined) return undefined
  const exitCode = await exitCodeOf(host, paths, running.id)
  const file = await host.stat(join(exitFolder(paths), running.id))
  if (exitCode === undefined || file === undefined) return undefined
  const kills = exitCode === 0 ? 0 : await outOfMemoryKills(host, cgroupOf(paths, running.id))
  const endedAt = new Date(file.mtimeMs).toISOString()
  const stop = await readStop({ host, paths }, container, running.run)
  const note = stop?.isIgnored && ignoredStopText(stop.signal, stop.graceMs, await hasInit({ host, paths }, container))
  const author =
    stop && isEndOf(stop, endedAt)
      ? { stoppedBy: stop.by, ...(note && { stopNote: note }) }
      : ({ isUnplanned: true } as const)
  return { run: running.run, startedAt: running.startedAt, endedAt, exitCode, outOfMemory: kills > 0, ...author }
}
