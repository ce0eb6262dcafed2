import { join } from 'node:path'
import { type CgroupHost, controllerDir } from '../../../host/cgroup.ts'
import type { MountEntry } from '../../../host/files/mounts.ts'
import type { DriftedField } from '../../../model/change.ts'
import { firstLine } from '../../../model/errors.ts'
import { type ContainerSpec, type Drift, hasProcess, type RunState } from '../../../model/kinds/container.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { type ResourceAddress, sharedContainer } from '../../../model/resource-address.ts'
import { replicaSlot } from '../../../model/run.ts'
import type { ReadContext } from '../../provider.ts'
import { rootfsOf } from '../image/store.ts'
import { linkDrift } from '../network/attach.ts'
import type { Link } from '../network/links.ts'
import { namespaceInode } from '../network/namespaces.ts'
import { cgroupOf, netnsName } from '../run-names.ts'
import { volumePath } from '../volume/paths.ts'
import { blockIoDrift } from './block-io/read.ts'
import { attachmentOf, ownsNamespace } from './interfaces.ts'
import { containerLayout } from './layout.ts'
import { hasMountsToCheck, mountDrift } from './mount-drift.ts'
import { cgroupFiles, driftedLimit, holds } from './oci/limits.ts'
import type { Running } from './record.ts'
import { editedFiles } from './rootfs/files.ts'
import { overlayDrift } from './rootfs/overlay.ts'
import { routeDrift } from './route-drift.ts'
import { sysctlDrift } from './sysctls.ts'

export interface Readings {
  readonly cgroups: CgroupHost
  readonly cpus: string
  readonly mounts: ReadonlyMap<string, MountEntry>
  readonly links: ReadonlyMap<string, Link>
  readonly namespaces: ReadonlySet<ResourceAddress>
  readonly networks: ReadonlyMap<ResourceAddress, NetworkSpec>
  /** Current values of the net.* parameters that containers set, by container. */
  readonly sysctls: ReadonlyMap<ResourceAddress, ReadonlyMap<string, string>>
}

export interface Exit {
  readonly exitCode: number | undefined
  /** The reason why the restart policy could not start it again. */
  readonly failure: { readonly message: string; readonly code?: string } | undefined
  /** The kernel killed one of its processes because its memory limit was reached. */
  readonly outOfMemory: boolean
  /** The host was restarted since the last run, whose end is not recorded. */
  readonly isLost?: boolean
}

/** The exit code of a process that SIGKILL ended. */
const killedCode = 137

function exitReason({ exitCode, outOfMemory }: Exit): string {
  if (outOfMemory && (exitCode === undefined || exitCode === killedCode)) return 'killed: out of memory'
  if (exitCode === undefined) return 'it was killed or lost its supervisor'
  return `it exited with code ${exitCode}${outOfMemory ? ' after one of its processes was killed: out of memory' : ''}`
}

/** The drift of a container whose record is lost. */
export const lostRecordDrift: Drift = { text: 'its record is lost', part: 'process', class: 'recreate' }

/** States in which a container need not run: its process lives, its task is done, or its restart policy will start it. */
const isExpected = (state: RunState): boolean => hasProcess(state) || state === 'completed' || state === 'restarting'

/** The drift that the state of a container's process shows. `since`: when it exited (RFC 3339). A pause by its user is none. Pure. */
export function stateDrift(
  state: RunState,
  exit: Exit,
  { since, pausedByUser }: { readonly since: string | undefined; readonly pausedByUser: boolean },
): readonly Drift[] {
  if (state === 'paused' && !pausedByUser) return [{ text: 'it is paused', part: 'process', class: 'live' }]
  if (isExpected(state)) return []
  return [{ ...notRunningDrift(state, exit), ...(since !== undefined && { since }) }]
}

/** The drift of a container without a process. Pure. */
export function notRunningDrift(state: RunState, exit: Exit): Drift {
  const { failure } = exit
  const texts: Partial<Record<RunState, string>> = {
    stopped: 'it was stopped',
    created: 'its start was interrupted',
    exited: exitReason(exit),
    absent: exit.isLost ? 'it is not running, and its exit is not known: the host was restarted' : 'it is not running',
  }
  const text = texts[state] ?? 'it is not running'
  return { text: `${text}${restartText(failure)}`, part: 'process', class: 'recreate', isDown: true }
}

function restartText(failure: Exit['failure']): string {
  if (failure === undefined) return ''
  // The exit itself is in the text already.
  if (failure.code === 'container-exited') return ' right after its restart'
  // Earlier versions stored the output of the container after the first line. It may contain secrets.
  return `, and its restart policy could not start it again: ${firstLine(failure.message).replace(/\.$/, '')}`
}

/** True if a container's namespace and all its links exist. Only then a stopped container can use them again. */
export function namespaceIsIntact(
  read: ReadContext,
  address: ResourceAddress,
  spec: ContainerSpec,
  readings: Readings,
): boolean {
  const attachment = attachmentOf(address, spec, readings.networks)
  return readings.namespaces.has(replicaSlot(address)) && linkDrift(read.paths, attachment, readings.links).length === 0
}

/** How a running container differs from its applied spec. */
export async function runningDrift(
  read: ReadContext,
  address: ResourceAddress,
  spec: ContainerSpec,
  running: Running,
  readings: Readings,
): Promise<readonly Drift[]> {
  const drift: Drift[] = []
  const add = (part: Drift['part'], changeClass: Drift['class'], texts: readonly string[]): unknown =>
    drift.push(...texts.map((text) => ({ text, part, class: changeClass })))
  if (!(await read.host.isAlive(running.conmon))) add('process', 'recreate', ['its supervisor is gone'])
  add('root', 'recreate', await rootDrift(read, address, spec, running, readings))
  if (!ownsNamespace(spec)) add('network', 'recreate', await sharedNamespaceDrift(read, spec, running))
  else if (!readings.namespaces.has(replicaSlot(address))) add('network', 'recreate', ['its network namespace is gone'])
  else {
    add('network', 'live', await networkDrift(read, address, spec, running, readings))
    const sysctls = sysctlDrift(spec, readings.sysctls.get(replicaSlot(address)))
    drift.push(...sysctls.map((field) => ofField('process', 'recreate', field)))
  }
  drift.push(...(await limitDrift(read, spec, running.id, readings)).map((field) => ofField('limits', 'live', field)))
  add(
    'files',
    'live',
    (await editedFiles(read, running.stamps)).map((path) => `${fileName(path)} was edited`),
  )
  return drift
}

const ofField = (part: Drift['part'], changeClass: Drift['class'], field: DriftedField): Drift => ({
  text: `${field.name} is ${field.live} instead of ${field.applied}`,
  part,
  class: changeClass,
  field,
})

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Parts of a running root that were removed: its mount, files of the image, folders of volumes. */
async function rootDrift(
  read: ReadContext,
  address: ResourceAddress,
  spec: ContainerSpec,
  running: Running,
  { mounts }: Readings,
): Promise<readonly string[]> {
  const image = rootfsOf(read.paths, spec.image_digest ?? '')
  const drift = overlayDrift(containerLayout(read.paths, address).root, image, mounts)
  const files = await read.once(`stat ${image}`, () => read.host.stat(image))
  // An image that was unpacked again later is not the one that the root is mounted on.
  const sameImage = files !== undefined && files.mtimeMs === (running.imageMs ?? files.mtimeMs)
  const mountinfo = hasMountsToCheck(spec.mounts)
    ? ((await read.host.readFile(`/proc/${running.process?.pid}/mountinfo`)) ?? '')
    : ''
  return [
    ...(drift === undefined ? [] : [drift]),
    ...(sameImage ? [] : ['the files of its image are gone']),
    ...mountDrift(spec.mounts, mountinfo, (volume) => mounts.get(volumePath(read.paths, volume))),
  ]
}

/** A container that shares another's network keeps the old namespace when the other container gets a new one. */
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
  address: ResourceAddress,
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
    ...attachment.interfaces.flatMap((one) =>
      addresses.includes(one.ip) ? routeDrift(one, networks, routes) : [`${one.name} has lost its address ${one.ip}`],
    ),
    ...stray.map((ip) => `it has the address ${ip}, which is not its own`),
  ]
}

/** Addresses of a namespace except loopback, from its fib_trie: each address is one line above its `host LOCAL` mark. */
function localAddresses(text: string): readonly string[] {
  const found = [...text.matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g)].map(([, ip]) => ip as string)
  return [...new Set(found)].filter((ip) => !ip.startsWith('127.'))
}

async function limitDrift(
  read: ReadContext,
  spec: ContainerSpec,
  id: string,
  { cgroups, cpus }: Readings,
): Promise<readonly DriftedField[]> {
  const cgroup = cgroupOf(read.paths, id)
  const drift: DriftedField[] = []
  for (const file of cgroupFiles(cgroups.mode, spec, cpus)) {
    const found = await read.host.readFile(join(controllerDir(cgroups, file.controller, cgroup), file.file))
    if (found !== undefined && !holds(file, found)) drift.push(driftedLimit(file, found))
  }
  return [...drift, ...(await blockIoDrift(read.host, cgroups, cgroup, spec.blkio_config))]
}
