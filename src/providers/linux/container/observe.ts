import { join } from 'node:path'
import { type CgroupHost, controllerDir } from '../../../host/cgroup.ts'
import type { MountEntry } from '../../../host/files/mounts.ts'
import { type Address, sharedContainer } from '../../../model/address.ts'
import { type ContainerSpec, type Drift, isLiving, type RunState } from '../../../model/kinds/container.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import { replicaSlot } from '../../../model/run.ts'
import type { ReadContext } from '../../provider.ts'
import { rootfsOf } from '../image/store.ts'
import { linkDrift } from '../network/attach.ts'
import { type Link, readLinks } from '../network/links.ts'
import { namespaceInode, readNamespaces } from '../network/namespaces.ts'
import { readNetworkRecords } from '../network/records/records.ts'
import { cgroupOf, netnsName } from '../run-names.ts'
import { healthOf } from './health/record.ts'
import { attachmentOf, ownsNamespace } from './interfaces.ts'
import { containerLayout } from './layout.ts'
import { cgroupFiles, holds } from './oci/limits.ts'
import { runStateOf } from './process/inspect.ts'
import {
  type ContainerRecord,
  listContainers,
  type Running,
  readNotRestarted,
  readRecord,
  readRunning,
} from './record.ts'
import { editedFiles } from './rootfs/files.ts'
import { mountsByTarget, overlayDrift } from './rootfs/overlay.ts'
import { readSysctls, sysctlDrift } from './sysctls.ts'

type Observed = ObservationOf<'container'>

interface Readings {
  readonly cgroups: CgroupHost
  readonly cpus: string
  readonly mounts: ReadonlyMap<string, MountEntry>
  readonly links: ReadonlyMap<string, Link>
  readonly namespaces: ReadonlySet<Address>
  readonly networks: ReadonlyMap<Address, NetworkSpec>
  /** Current values of the net.* parameters that containers set, by container. */
  readonly sysctls: ReadonlyMap<Address, ReadonlyMap<string, string>>
}

/** Every container of the instance: one command, shared with the networks, and one if net.* parameters are set; the rest is
 * read from files. */
export async function observeContainers(
  read: ReadContext,
  wanted: ReadonlyMap<Address, ContainerSpec>,
): Promise<ReadonlyMap<Address, Observed>> {
  const namespaces = await readNamespaces(read)
  const bodies = [...new Set([...(await listContainers(read)), ...namespaces])].sort()
  if (bodies.length === 0) return new Map()
  const records = new Map<Address, ContainerRecord>()
  for (const body of bodies) {
    const record = await readRecord(read.host, read.paths, body)
    if (record) records.set(body, record)
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
  const names = new Map([...wanted.keys()].map((address) => [replicaSlot(address), address]))
  const found = new Map<Address, Observed>()
  for (const body of bodies) {
    const record = records.get(body)
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
  const common = { run: record?.run ?? running?.run ?? 0, restarts: running?.restarts ?? 0 }
  if (record === undefined) {
    const drift: Drift[] = [{ text: 'its record is lost', part: 'process', class: 'recreate' }]
    return {
      kind: 'container',
      presence: 'owned',
      spec: undefined,
      actual: { state: 'absent', needsNamespace: true, ...common, drift },
    }
  }
  const { state, exitCode } = await runStateOf(read, record, running, readings.cgroups)
  const lives = isLiving(state)
  const failure = state === 'exited' ? await notRestarted(read, record) : undefined
  const drift = lives || state === 'completed' || state === 'restarting' ? [] : [notRunning(state, exitCode, failure)]
  if (state === 'paused') drift.push({ text: 'it is paused', part: 'process', class: 'live' })
  if (lives && running) drift.push(...(await runningDrift(read, address, record.spec, running, readings)))
  const health = state === 'running' && running ? await healthOf(read, record.spec, running.id) : undefined
  const usage = lives && running && wanted !== undefined && wanted.mem_limit !== record.spec.mem_limit
  return {
    kind: 'container',
    presence: 'owned',
    spec: record.spec,
    actual: {
      state,
      ...common,
      needsNamespace: ownsNamespace(record.spec) && !namespaceStands(read, address, record.spec, readings),
      ...(running && { id: running.id, startedAt: running.startedAt }),
      ...(lives && running?.process && { pid: running.process.pid }),
      ...(exitCode !== undefined && { exitCode }),
      ...(health && { health: health.status }),
      ...(record.owner !== address && { renamedFrom: record.owner }),
      ...(usage && { memoryUsage: await memoryUsage(read, readings.cgroups, running.id) }),
      drift,
    },
  }
}

/** Why its restart policy could not start it again; undefined: it did not try, or could. */
async function notRestarted({ host, paths }: ReadContext, record: ContainerRecord): Promise<string | undefined> {
  const told = await readNotRestarted(host, paths, record.owner)
  return told?.run === record.run ? told.message : undefined
}

function notRunning(state: RunState, exitCode: number | undefined, failure: string | undefined): Drift {
  const texts: Partial<Record<RunState, string>> = {
    stopped: 'it was stopped',
    created: 'its start was interrupted',
    exited: exitCode === undefined ? 'it was killed or lost its supervisor' : `it exited with code ${exitCode}`,
  }
  const text = texts[state] ?? 'it is not running'
  const more = failure === undefined ? '' : `, and its restart policy could not start it again: ${failure.trim()}`
  return { text: `${text}${more}`, part: 'process', class: 'recreate' }
}

/** Whether a container's namespace and all its links are there; a stopped one's may be used again only then. */
function namespaceStands(read: ReadContext, address: Address, spec: ContainerSpec, readings: Readings): boolean {
  const attachment = attachmentOf(address, spec, readings.networks)
  return readings.namespaces.has(replicaSlot(address)) && linkDrift(read.paths, attachment, readings.links).length === 0
}

/** How a running container differs from its applied spec. */
async function runningDrift(
  read: ReadContext,
  address: Address,
  spec: ContainerSpec,
  running: Running,
  readings: Readings,
): Promise<readonly Drift[]> {
  const drift: Drift[] = []
  const add = (part: Drift['part'], cost: Drift['class'], texts: readonly string[]): unknown =>
    drift.push(...texts.map((text) => ({ text, part, class: cost })))
  if (!(await read.host.isAlive(running.conmon))) add('process', 'recreate', ['its supervisor is gone'])
  add('root', 'recreate', await rootDrift(read, address, spec, running, readings))
  if (!ownsNamespace(spec)) add('network', 'recreate', await sharedNamespaceDrift(read, spec, running))
  else if (!readings.namespaces.has(replicaSlot(address))) add('network', 'recreate', ['its network namespace is gone'])
  else {
    add('network', 'live', await networkDrift(read, address, spec, running, readings))
    add('process', 'recreate', sysctlDrift(spec, readings.sysctls.get(replicaSlot(address))))
  }
  add('limits', 'live', await limitDrift(read, spec, running.id, readings))
  add(
    'files',
    'live',
    (await editedFiles(read, running.stamps)).map((path) => `${fileName(path)} was edited`),
  )
  return drift
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Parts of a running root that were removed: its mount, files of the image, folders of volumes. */
async function rootDrift(
  read: ReadContext,
  address: Address,
  spec: ContainerSpec,
  running: Running,
  { mounts }: Readings,
): Promise<readonly string[]> {
  const image = rootfsOf(read.paths, spec.image_digest ?? '')
  const drift = overlayDrift(containerLayout(read.paths, address).root, image, mounts)
  const files = await read.once(`stat ${image}`, () => read.host.stat(image))
  // Files that were unpacked since are not those that its root was mounted on.
  const imageStands = files !== undefined && files.mtimeMs === (running.imageMs ?? files.mtimeMs)
  const lost = spec.mounts.some((mount) => mount.type === 'volume')
    ? deletedMounts((await read.host.readFile(`/proc/${running.process?.pid}/mountinfo`)) ?? '')
    : []
  return [
    ...(drift === undefined ? [] : [drift]),
    ...(imageStands ? [] : ['the files of its image are gone']),
    ...spec.mounts
      .filter((mount) => mount.type === 'volume' && lost.includes(mount.target))
      .map((mount) => `the folder behind ${mount.target} was deleted`),
  ]
}

/** Targets whose source was deleted, as the kernel marks them (proc(5)). */
const deletedMounts = (mountinfo: string): readonly string[] =>
  mountinfo.split('\n').flatMap((line) => {
    const [, , , source = '', target = ''] = line.split(' ')
    return source.endsWith('//deleted') ? [target] : []
  })

/** A container that shares the network of another stays in the old namespace when that other container gets a new one. */
async function sharedNamespaceDrift(
  read: ReadContext,
  spec: ContainerSpec,
  running: Running,
): Promise<readonly string[]> {
  const shared = sharedContainer(spec.network_mode)
  if (shared === undefined) return []
  const own = await read.host.readLink(`/proc/${running.process?.pid}/ns/net`)
  const theirs = await namespaceInode(read.host, netnsName(read.paths, shared))
  return own === `net:[${theirs}]` ? [] : [`it is not in the network namespace of ${shared}`]
}

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
  const addresses = localAddresses((await read.host.readFile(`/proc/${running.process?.pid}/net/fib_trie`)) ?? '')
  const stray = addresses.filter((ip) => !attachment.interfaces.some((one) => one.ip === ip))
  return [
    ...attachment.interfaces.flatMap((one): string[] => {
      if (!addresses.includes(one.ip)) return [`${one.name} has lost its address ${one.ip}`]
      const leadsOut = routes
        .split('\n')
        .map((line) => line.split('\t'))
        .some(([name, to, gateway]) => name === one.name && to === '00000000' && gateway !== '00000000')
      return one.gateway !== undefined && !leadsOut ? [`its default route via ${one.gateway} is gone`] : []
    }),
    ...stray.map((ip) => `it has the address ${ip}, which is not its own`),
  ]
}

/** Addresses of a namespace without the loopback, from its fib_trie: each is in the line above the one that marks it as local. */
function localAddresses(text: string): readonly string[] {
  const found = [...text.matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g)].map(([, ip]) => ip as string)
  return [...new Set(found)].filter((ip) => !ip.startsWith('127.'))
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
