import { readJson } from '../../../host/files/json.ts'
import type { Paths } from '../../../host/files/paths.ts'
import type { HostReader, ProcessIdentity } from '../../../host/host.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { type ResourceAddress, resourceAddress } from '../../../model/resource-address.ts'
import type { Shape } from '../../../model/values/shape.ts'
import type { ReadContext, WriteContext } from '../../provider.ts'
import { containerLayout } from './layout.ts'
import { containerRecord, notRestartedRecord, runningRecord } from './record-shape.ts'

/** The last applied spec. The runtime does not store it, so this record is its source on the host. */
export interface ContainerRecord {
  readonly owner: ResourceAddress
  readonly spec: ContainerSpec
  /** Counts the starts of this container. */
  readonly run: number
  /** Its user stopped it; the next apply starts it again. */
  readonly stopped: boolean
  /** The stop signal that a process of this spec has ignored, so that SIGKILL ended it; absent: none, or an older version stopped it. */
  readonly ignoresStop?: string
  /** Boot id of the host when the last run started; absent: an older version started it. */
  readonly boot?: string
}

/** Stamp of a written file. If the stamp differs later, the file was edited. */
export interface FileStamp {
  readonly path: string
  readonly mtimeMs: number
  readonly size: number
}

/** The last run. A reboot removes it together with the run. */
export interface Running {
  readonly id: string
  readonly run: number
  readonly process: ProcessIdentity | undefined
  readonly conmon: ProcessIdentity | undefined
  /** RFC 3339. */
  readonly startedAt: string
  /** Restarts by the restart policy since the last run that stayed up. */
  readonly restarts: number
  /** The entrypoint has ended and `keep_alive` holds the container open. */
  readonly held: boolean
  /** Its user paused it; it stays paused until it is unpaused, restarted or stopped. */
  readonly paused?: boolean
  readonly stamps: readonly FileStamp[]
  /** Modification time of the image's files when the root was mounted; undefined: an older version started it. */
  readonly imageMs?: number
}

/** The last stop of a run by HeroPods. */
export interface StopRecord {
  readonly run: number
  /** The run or command of HeroPods: `generation 4`, `heropods stop`. */
  readonly by: string
  /** RFC 3339: when the signal was sent. */
  readonly at: string
  readonly signal: string
  /** Time until SIGKILL, milliseconds. */
  readonly graceMs: number
  /** The process did not end within that time. */
  readonly isIgnored: boolean
}

/** Why a restart policy could not start the successor of a run. */
export interface NotRestarted {
  readonly run: number
  readonly message: string
  /** The code of the error; undefined: an older version recorded it. */
  readonly code?: string
}

/** A record as it is on disk: the number of the run is called `incarnation` there, as older versions wrote it. */
export type OnDisk<T extends { readonly run: number }> = Omit<T, 'run'> & { readonly incarnation: number }

/** Identifies the time since the kernel was booted; undefined: it cannot be read. */
export const bootIdOf = async (host: HostReader): Promise<string | undefined> =>
  (await host.readFile('/proc/sys/kernel/random/boot_id'))?.trim()

/** The boot id for the record of a run that starts now. */
export async function startedIn(host: HostReader): Promise<{ readonly boot?: string }> {
  const boot = await bootIdOf(host)
  return boot === undefined ? {} : { boot }
}

/** A record in its format on disk, with the fields in their order. Pure. */
export const recordOnDisk = ({ owner, spec, run, stopped, ...rest }: ContainerRecord): OnDisk<ContainerRecord> => ({
  owner,
  spec,
  incarnation: run,
  stopped,
  ...rest,
})

/** A record with its run, whose number is called `incarnation` on disk. */
async function readNumbered<T extends { readonly run: number }>(
  host: HostReader,
  path: string,
  shape: Shape<OnDisk<T>>,
): Promise<(Omit<OnDisk<T>, 'incarnation'> & { readonly run: number }) | undefined> {
  const stored = await readJson<OnDisk<T>>(host, path, shape)
  if (stored === undefined) return undefined
  const { incarnation: run, ...rest } = stored
  return { ...rest, run }
}

export const readRecord = (
  host: HostReader,
  paths: Paths,
  container: ResourceAddress,
): Promise<ContainerRecord | undefined> =>
  readNumbered<ContainerRecord>(host, containerLayout(paths, container).record, containerRecord)

export const readRunning = (host: HostReader, paths: Paths, container: ResourceAddress): Promise<Running | undefined> =>
  readNumbered<Running>(host, containerLayout(paths, container).running, runningRecord)

export const readNotRestarted = (
  host: HostReader,
  paths: Paths,
  container: ResourceAddress,
): Promise<NotRestarted | undefined> =>
  readNumbered<NotRestarted>(host, containerLayout(paths, container).notRestarted, notRestartedRecord)

export const writeRecord = (
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  record: ContainerRecord,
): Promise<void> => host.writeFile(containerLayout(paths, record.owner).record, JSON.stringify(recordOnDisk(record)))

export const writeRunning = (
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  container: ResourceAddress,
  running: Running,
): Promise<void> => host.writeFile(containerLayout(paths, container).running, JSON.stringify(runningOnDisk(running)))

const runningOnDisk = ({ id, run, ...rest }: Running): OnDisk<Running> => ({ id, incarnation: run, ...rest })

export const writeNotRestarted = (
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  container: ResourceAddress,
  { run, ...rest }: NotRestarted,
): Promise<void> => {
  const onDisk: OnDisk<NotRestarted> = { incarnation: run, ...rest }
  return host.writeFile(containerLayout(paths, container).notRestarted, JSON.stringify(onDisk))
}

/** Containers with files in the folders of the instance, including incomplete ones, by the address of their slot (`replicaSlot`). */
export async function listContainers({
  host,
  paths,
}: Pick<ReadContext, 'host' | 'paths'>): Promise<readonly ResourceAddress[]> {
  const found = new Set<ResourceAddress>()
  for (const base of [paths.data, paths.run]) {
    for (const stack of await host.readDir(`${base}/containers`))
      for (const name of await host.readDir(`${base}/containers/${stack}`))
        found.add(resourceAddress(stack, 'container', name))
  }
  return [...found].sort()
}
