import { join } from 'node:path'
import { type CgroupHost, cgroupHost, controllerDir } from '../../host/cgroup.ts'
import type { MountEntry } from '../../host/mounts.ts'
import { isAlive } from '../../host/process.ts'
import { rootfsOf } from '../image/store.ts'
import { linkDrift, readNamespaces } from '../network/attach.ts'
import { type Link, readLinks } from '../network/observe-links.ts'
import { readNetworkRecords } from '../network/records.ts'
import type { NetworkSpec } from '../network/spec.ts'
import { type Address, bodyOf, type Observation, type ReadContext } from '../provider.ts'
import { cgroupFiles, holds } from './bundle/limits.ts'
import { editedFiles } from './files.ts'
import { attachmentOf, ownsNamespace } from './interfaces.ts'
import { cgroupOf, containerLayout, runtimeRoot } from './layout.ts'
import { mountsByTarget, overlayDrift } from './overlay.ts'
import { type ContainerRecord, listContainers, type Running, readRecord, readRunning } from './record.ts'
import { mayComplete } from './restart-policy.ts'
import type { ContainerSpec } from './spec.ts'
import { exitCodeOf } from './start.ts'

export type RunState = 'running' | 'held' | 'completed' | 'exited' | 'stopped' | 'created' | 'absent'

/** One way in which a container is not what was applied, and whether mending it needs a new process. */
export interface Drift {
  readonly text: string
  readonly mend: 'live' | 'recreate'
}

export interface ContainerActual {
  readonly state: RunState
  readonly id?: string
  readonly pid?: number
  readonly exitCode?: number
  readonly startedAt?: string
  readonly incarnation: number
  readonly restarts: number
  /** Address in its record, where that is another replica name of the same container. */
  readonly renamedFrom?: Address
  /** It should have a network namespace of its own, and none stands. */
  readonly needsNamespace: boolean
  /** Bytes in use; read only where another memory limit is wanted. */
  readonly memoryUsage?: number
  readonly drift: readonly Drift[]
}

type Observed = Observation<ContainerSpec, ContainerActual>

interface Readings {
  readonly cgroups: CgroupHost
  readonly cpus: string
  readonly mounts: ReadonlyMap<string, MountEntry>
  readonly links: ReadonlyMap<string, Link>
  readonly namespaces: ReadonlySet<Address>
  readonly networks: ReadonlyMap<Address, NetworkSpec>
}

/** Every container of the instance: one command, shared with the networks; the rest is read from files. */
export async function observeContainers(
  read: ReadContext,
  wanted: ReadonlyMap<Address, ContainerSpec>,
): Promise<ReadonlyMap<Address, Observed>> {
  const namespaces = await readNamespaces(read)
  const bodies = [...new Set([...(await listContainers(read)), ...namespaces])].sort()
  if (bodies.length === 0) return new Map()
  const readings: Readings = {
    namespaces,
    cgroups: await cgroupHost(),
    cpus: ((await read.host.readFile('/sys/devices/system/cpu/online')) ?? '0').trim(),
    mounts: await mountsByTarget(read.host),
    links: await readLinks(read),
    networks: await read.once('network-records', () => readNetworkRecords(read.host, read.paths)),
  }
  const names = new Map([...wanted.keys()].map((address) => [bodyOf(address), address]))
  const found = new Map<Address, Observed>()
  for (const body of bodies) {
    const record = await readRecord(read.host, read.paths, body)
    const address = names.get(body) ?? record?.owner ?? body
    found.set(address, await observeOne(read, address, record, wanted.get(address), readings))
  }
  return found
}

async function observeOne(
  read: ReadContext,
  address: Address,
  record: ContainerRecord | undefined,
  wanted: ContainerSpec | undefined,
  readings: Readings,
): Promise<Observed> {
  const running = await readRunning(read.host, read.paths, address)
  const common = { incarnation: record?.incarnation ?? running?.incarnation ?? 0, restarts: running?.restarts ?? 0 }
  if (record === undefined) {
    const drift = [{ text: 'its record is lost', mend: 'recreate' as const }]
    return { presence: 'owned', spec: undefined, actual: { state: 'absent', needsNamespace: true, ...common, drift } }
  }
  const { state, exitCode } = await stateOf(read, record, running)
  const lives = state === 'running' || state === 'held'
  const drift = lives || state === 'completed' ? [] : [notRunning(state, exitCode)]
  if (lives && running) drift.push(...(await runningDrift(read, address, record.spec, running, readings)))
  const usage = lives && running && wanted !== undefined && wanted.mem_limit !== record.spec.mem_limit
  return {
    presence: 'owned',
    spec: record.spec,
    actual: {
      state,
      ...common,
      needsNamespace: ownsNamespace(record.spec) && !namespaceStands(read, address, record.spec, readings),
      ...(running && { id: running.id, startedAt: running.startedAt }),
      ...(lives && running?.process && { pid: running.process.pid }),
      ...(exitCode !== undefined && { exitCode }),
      ...(record.owner !== address && { renamedFrom: record.owner }),
      ...(usage && { memoryUsage: await memoryUsage(read, readings.cgroups, running.id) }),
      drift,
    },
  }
}

async function stateOf(
  read: ReadContext,
  record: ContainerRecord,
  running: Running | undefined,
): Promise<{ state: RunState; exitCode?: number }> {
  if (running === undefined || running.incarnation !== record.incarnation) return { state: 'absent' }
  if (isAlive(running.process)) {
    const created = (await read.host.stat(join(runtimeRoot(read.paths), running.id, 'exec.fifo'))) !== undefined
    return { state: created ? 'created' : running.held ? 'held' : 'running' }
  }
  const code = await exitCodeOf(read.host, read.paths, running.id)
  const exitCode = code === undefined ? {} : { exitCode: code }
  if (record.stopped) return { state: 'stopped', ...exitCode }
  return { state: code === 0 && mayComplete(record.spec) ? 'completed' : 'exited', ...exitCode }
}

function notRunning(state: RunState, exitCode: number | undefined): Drift {
  const texts: Partial<Record<RunState, string>> = {
    stopped: 'it was stopped',
    created: 'its start was interrupted',
    exited: exitCode === undefined ? 'it was killed or lost its supervisor' : `it exited with code ${exitCode}`,
  }
  return { text: texts[state] ?? 'it is not running', mend: 'recreate' }
}

/** Whether a container's namespace and all its links are there; a stopped one's may be used again only then. */
function namespaceStands(read: ReadContext, address: Address, spec: ContainerSpec, readings: Readings): boolean {
  const attachment = attachmentOf(address, spec, readings.networks)
  return readings.namespaces.has(bodyOf(address)) && linkDrift(read.paths, attachment, readings.links).length === 0
}

/** How a living container differs from what was applied. */
async function runningDrift(
  read: ReadContext,
  address: Address,
  spec: ContainerSpec,
  running: Running,
  readings: Readings,
): Promise<readonly Drift[]> {
  const recreate = (text: string): Drift => ({ text, mend: 'recreate' })
  const live = (text: string): Drift => ({ text, mend: 'live' })
  const drift: Drift[] = []
  if (!isAlive(running.conmon)) drift.push(recreate('its supervisor is gone'))
  const root = overlayDrift(
    containerLayout(read.paths, address).root,
    rootfsOf(read.paths, spec.image_digest ?? ''),
    readings.mounts,
  )
  if (root) drift.push(recreate(root))
  if (ownsNamespace(spec)) {
    if (!readings.namespaces.has(bodyOf(address))) drift.push(recreate('its network namespace is gone'))
    else drift.push(...(await networkDrift(read, address, spec, running, readings)).map(live))
  }
  drift.push(...(await limitDrift(read, spec, running.id, readings)).map(live))
  drift.push(...(await editedFiles(read, running.stamps)).map((path) => live(`${fileName(path)} was edited`)))
  return drift
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

async function networkDrift(
  read: ReadContext,
  address: Address,
  spec: ContainerSpec,
  running: Running,
  { links, networks }: Readings,
): Promise<readonly string[]> {
  const attachment = attachmentOf(address, spec, networks)
  const outside = linkDrift(read.paths, attachment, links)
  if (outside.length > 0 || attachment.interfaces.length === 0) return outside
  const routes = (await read.host.readFile(`/proc/${running.process?.pid}/net/route`)) ?? ''
  return attachment.interfaces.flatMap((one): string[] => {
    const own = routes
      .split('\n')
      .map((line) => line.split('\t'))
      .filter(([name]) => name === one.name)
    if (own.length === 0) return [`${one.name} has lost its address ${one.ip}`]
    const leadsOut = own.some(([, destination, gateway]) => destination === '00000000' && gateway !== '00000000')
    return one.gateway !== undefined && !leadsOut ? [`its default route via ${one.gateway} is gone`] : []
  })
}

async function limitDrift(
  read: ReadContext,
  spec: ContainerSpec,
  id: string,
  { cgroups, cpus }: Readings,
): Promise<readonly string[]> {
  const cgroup = cgroupOf(read.paths, id)
  const drift: string[] = []
  for (const file of cgroupFiles(cgroups.mode, spec, cpus)) {
    const found = await read.host.readFile(join(controllerDir(cgroups, file.controller, cgroup), file.file))
    if (found !== undefined && !holds(file, found))
      drift.push(`${file.file} is ${found.trim()} instead of ${file.value}`)
  }
  return drift
}

async function memoryUsage(read: ReadContext, cgroups: CgroupHost, id: string): Promise<number> {
  const file = cgroups.mode === 'v2' ? 'memory.current' : 'memory.usage_in_bytes'
  const folder = controllerDir(cgroups, 'memory', cgroupOf(read.paths, id))
  return Number((await read.host.readFile(join(folder, file))) ?? 0)
}
