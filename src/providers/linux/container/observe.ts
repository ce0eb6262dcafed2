import { join } from 'node:path'
import { type CgroupHost, controllerDir, outOfMemoryKills } from '../../../host/cgroup.ts'
import { type ContainerActual, type ContainerSpec, hasProcess, type RunState } from '../../../model/kinds/container.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { replicaSlot } from '../../../model/run.ts'
import type { ReadContext } from '../../provider.ts'
import { readLinks } from '../network/links.ts'
import { readNamespaces } from '../network/namespaces.ts'
import { readNetworkRecords } from '../network/records/records.ts'
import { cgroupOf } from '../run-names.ts'
import { type Exit, lostRecordDrift, namespaceIsIntact, type Readings, runningDrift, stateDrift } from './drift.ts'
import { lastCheckOf } from './health/last-check.ts'
import { readHealthCheck } from './health/record.ts'
import { healthOf } from './health/state.ts'
import { ownsNamespace } from './interfaces.ts'
import { runStateOf } from './process/container-state.ts'
import { exitTimeOf } from './process/read-exit-code.ts'
import {
  type ContainerRecord,
  listContainers,
  type Running,
  readNotRestarted,
  readRecord,
  readRunning,
} from './record.ts'
import { mountsByTarget } from './rootfs/overlay.ts'
import { readSysctls } from './sysctls.ts'

type Observed = ObservationOf<'container'>

/**
 * Observes every container of the instance. Runs one command, shared with the networks, and another if net.* parameters are set. The rest
 * is read from files.
 */
export async function observeContainers(
  read: ReadContext,
  desired: ReadonlyMap<ResourceAddress, ContainerSpec>,
): Promise<ReadonlyMap<ResourceAddress, Observed>> {
  const namespaces = await readNamespaces(read)
  const slots = [...new Set([...(await listContainers(read)), ...namespaces])].sort()
  if (slots.length === 0) return new Map()
  const records = new Map<ResourceAddress, ContainerRecord>()
  for (const slot of slots) {
    const record = await readRecord(read.host, read.paths, slot)
    if (record) records.set(slot, record)
  }
  const readings: Readings = {
    namespaces,
    cgroups: await read.host.cgroups(),
    cpus: ((await read.host.readFile('/sys/devices/system/cpu/online')) ?? '0').trim(),
    mounts: await mountsByTarget(read.host),
    links: await readLinks(read),
    networks: await read.once('network-records', () => readNetworkRecords(read.host, read.paths)),
    sysctls: await readSysctls(read, records),
  }
  const names = new Map([...desired.keys()].map((address) => [replicaSlot(address), address]))
  const found = new Map<ResourceAddress, Observed>()
  for (const slot of slots) {
    const record = records.get(slot)
    const address = names.get(slot) ?? record?.owner ?? slot
    found.set(address, await observeOne(read, address, record, desired.get(address), readings))
  }
  return found
}

async function observeOne(
  read: ReadContext,
  address: ResourceAddress,
  record: ContainerRecord | undefined,
  desired: ContainerSpec | undefined,
  readings: Readings,
): Promise<Observed> {
  const running = await readRunning(read.host, read.paths, address)
  const common = { run: record?.run ?? running?.run ?? 0, restarts: running?.restarts ?? 0 }
  if (record === undefined) {
    return {
      kind: 'container',
      presence: 'owned',
      spec: undefined,
      actual: { state: 'absent', needsNamespace: true, ...common, drift: [lostRecordDrift] },
    }
  }
  const { state, exitCode, exitLost, outOfMemory, nextStart } = await runStateOf(
    read,
    record,
    running,
    readings.cgroups,
  )
  const isUp = hasProcess(state)
  const failure = state === 'exited' ? await restartFailure(read, record) : undefined
  const exit = { exitCode, failure, outOfMemory: outOfMemory ?? false, isLost: exitLost ?? false }
  const drift = [
    ...stateDrift(state, exit, {
      since: await exitedSince(read, state, running),
      pausedByUser: running?.paused ?? false,
    }),
  ]
  if (isUp && running) drift.push(...(await runningDrift(read, address, record.spec, running, readings)))
  const memoryKills = isUp && running ? await outOfMemoryKills(read.host, cgroupOf(read.paths, running.id)) : 0
  const needsMemoryUsage = isUp && running && desired !== undefined && desired.mem_limit !== record.spec.mem_limit
  return {
    kind: 'container',
    presence: 'owned',
    spec: record.spec,
    actual: {
      state,
      ...common,
      needsNamespace: ownsNamespace(record.spec) && !namespaceIsIntact(read, address, record.spec, readings),
      ...(running && { id: running.id, startedAt: running.startedAt }),
      ...(isUp && running?.process && { pid: running.process.pid }),
      ...(exitCode !== undefined && { exitCode }),
      ...(exitLost && { exitLost }),
      ...(outOfMemory && { outOfMemory }),
      ...(memoryKills > 0 && { memoryKills }),
      ...(record.ignoresStop !== undefined && { ignoresStop: record.ignoresStop }),
      ...(nextStart && { nextStart }),
      ...(state === 'running' && running && (await observedHealth(read, record, running))),
      ...(record.owner !== address && { renamedFrom: record.owner }),
      ...(needsMemoryUsage && { memoryUsage: await memoryUsage(read, readings.cgroups, running.id) }),
      drift,
    },
  }
}

/** The health of a running container and its last check. */
async function observedHealth(
  read: ReadContext,
  record: ContainerRecord,
  running: Running,
): Promise<Pick<ContainerActual, 'health' | 'lastCheck'>> {
  const check = await readHealthCheck(read, record.spec)
  if (check === undefined) return {}
  const lastCheck = await lastCheckOf(read, record, running, check)
  return { health: healthOf(lastCheck), ...(lastCheck && { lastCheck }) }
}

/** The time since which a container that exited by itself does not run. */
const exitedSince = async ({ host, paths }: ReadContext, state: RunState, running: Running | undefined) =>
  state === 'exited' && running ? exitTimeOf(host, paths, running.id) : undefined

/** The reason why its restart policy could not start it again; undefined: it did not try, or succeeded. */
async function restartFailure({ host, paths }: ReadContext, record: ContainerRecord): Promise<Exit['failure']> {
  const reported = await readNotRestarted(host, paths, record.owner)
  return reported?.run === record.run ? reported : undefined
}

async function memoryUsage(read: ReadContext, cgroups: CgroupHost, id: string): Promise<number> {
  const file = cgroups.mode === 'v2' ? 'memory.current' : 'memory.usage_in_bytes'
  const folder = controllerDir(cgroups, 'memory', cgroupOf(read.paths, id))
  return Number((await read.host.readFile(join(folder, file))) ?? 0)
}
