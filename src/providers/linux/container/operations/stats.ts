import { join } from 'node:path'
import { type CgroupHost, controllerDir, outOfMemoryKills } from '../../../../host/cgroup.ts'
import type { HostReader } from '../../../../host/host.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ContainerStats, ObservedRun } from '../../../container-verbs.ts'
import type { InstanceReader } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'
import { readRecord, readRunning } from '../record.ts'
import { blockBytes, limitOf, networkBytes } from './kernel-counters.ts'
import { fieldOf, usageOf } from './usage.ts'

/** The counters of the kernel for these containers, without a process of its own. Those that do not run are left out. */
export async function readStats(
  read: InstanceReader,
  containers: readonly ResourceAddress[],
): Promise<readonly ContainerStats[]> {
  const runs = await Promise.all(containers.map((container) => currentRun(read, container)))
  return readStatsOfRuns(
    read,
    runs.filter((run) => run !== undefined),
  )
}

/** The run of a container from its records; undefined: it does not run. */
async function currentRun(
  { host, paths }: InstanceReader,
  container: ResourceAddress,
): Promise<ObservedRun | undefined> {
  const record = await readRecord(host, paths, container)
  const running = await readRunning(host, paths, container)
  if (record === undefined || running?.process === undefined || !(await host.isAlive(running.process))) return undefined
  const { id, restarts } = running
  return { container, id, pid: running.process.pid, restarts, usesHostNetwork: record.spec.network_mode === 'host' }
}

/** The counters of the kernel for these runs: ten small files each. Those whose cgroup is gone are left out. */
export async function readStatsOfRuns(
  read: InstanceReader,
  runs: readonly ObservedRun[],
): Promise<readonly ContainerStats[]> {
  const cgroups = await read.host.cgroups()
  const hostMemory = fieldOf((await read.host.readFile('/proc/meminfo')) ?? '', 'MemTotal:') * 1024
  const found = await Promise.all(runs.map((run) => statsOf(read, cgroups, run, hostMemory)))
  return found.filter((stats) => stats !== undefined)
}

async function statsOf(
  { host, paths }: InstanceReader,
  cgroups: CgroupHost,
  { container, id, pid, restarts, usesHostNetwork }: ObservedRun,
  hostMemory: number,
): Promise<ContainerStats | undefined> {
  const cgroup = cgroupOf(paths, id)
  const usage = await usageOf(host, cgroups, cgroup)
  if (usage === undefined) return undefined
  return {
    container,
    id,
    atMs: performance.now(),
    ...usage,
    hostMemory,
    ...(await countersOf(host, cgroups, cgroup)),
    network: usesHostNetwork ? null : networkBytes((await textOf(host, `/proc/${pid}/net/dev`)) ?? ''),
    outOfMemoryKills: await outOfMemoryKills(host, cgroup),
    restarts,
  }
}

type Counters = Pick<ContainerStats, 'memoryLimit' | 'processes' | 'processLimit' | 'blockRead' | 'blockWritten'>

async function countersOf(host: HostReader, cgroups: CgroupHost, cgroup: string): Promise<Counters> {
  const text = (controller: string, file: string): Promise<string | undefined> =>
    textOf(host, join(controllerDir(cgroups, controller, cgroup), file))
  const isV2 = cgroups.mode === 'v2'
  const blocks = await (isV2 ? text('io', 'io.stat') : text('blkio', 'blkio.throttle.io_service_bytes'))
  return {
    memoryLimit: limitOf(await text('memory', isV2 ? 'memory.max' : 'memory.limit_in_bytes')),
    processes: Number((await text('pids', 'pids.current')) ?? 0),
    processLimit: limitOf(await text('pids', 'pids.max')),
    ...blockBytes(blocks ?? ''),
  }
}

/** A file of the kernel; undefined: it does not exist, or its process has just ended. */
const textOf = (host: HostReader, path: string): Promise<string | undefined> =>
  host.readFile(path).catch(() => undefined)
