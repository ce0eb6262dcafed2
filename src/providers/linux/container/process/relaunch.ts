import { join } from 'node:path'
import { type HeroPodsError, refusedError } from '../../../../model/errors.ts'
import { type ResourceAddress, sharedContainer } from '../../../../model/resource-address.ts'
import { replicaSlot, runOf } from '../../../../model/run.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { rootfsOf } from '../../image/store.ts'
import { attach, linkDrift } from '../../network/attach.ts'
import { readLinks } from '../../network/links.ts'
import { netnsFolder, readNamespaces } from '../../network/namespaces.ts'
import { readNetworkRecords } from '../../network/records/records.ts'
import { cgroupOf, netnsName, runtimeId } from '../../run-names.ts'
import { mountVolumesOf } from '../../volume/mount.ts'
import { attachmentOf, ownsNamespace } from '../interfaces.ts'
import { containerLayout } from '../layout.ts'
import { type OciConfig, restartConfig } from '../oci/config.ts'
import { readPrivileges } from '../oci/privileges.ts'
import { readConfig } from '../oci/read-config.ts'
import { type ContainerRecord, readRecord, readRunning, startedIn, writeRecord } from '../record.ts'
import { changedBind, rootProblem } from '../rootfs/mount-points.ts'
import { placesOf } from '../rootfs/mount-sources.ts'
import { mountOverlays } from '../rootfs/overlay.ts'
import { placeFault } from '../rootfs/place.ts'
import { rootUnusable, sourceChanged, sourceProblem } from '../rootfs/place-problems.ts'
import { eraseRuns } from './erase.ts'
import { launch } from './launch.ts'
import { ignoredSignal } from './stop-record.ts'

export interface RelaunchOptions {
  readonly heropodsCommand: readonly string[]
  readonly restarts: number
  /** Hold the container open instead of running its entrypoint. */
  readonly held: boolean
}

/**
 * Starts the next run of a container with the same config.json, layer and addresses: for `start`, `restart` and restart policies. Needs
 * neither a stack nor Redis. Raises `container-exited` and the errors of `requireRestartable`.
 */
export async function relaunch(
  write: WriteContext,
  container: ResourceAddress,
  options: RelaunchOptions,
): Promise<void> {
  const { record, config: lastConfig } = await requireRestartable(write, container)
  const { stamps = [], imageMs } = (await readRunning(write.host, write.paths, container)) ?? {}
  await eraseRuns(write, [container], (_, error) => {
    throw error
  })
  const { ignoresStop: _, ...last } = record
  const reaction = await ignoredSignal(write, record, record.spec)
  const next = { ...last, ...reaction, ...(await startedIn(write.host)), run: record.run + 1, stopped: false }
  await writeRecord(write, next)
  await mountVolumesOf(write, next.spec)
  await restoreRoot(write, next)
  await restoreNetwork(write, next)
  const config = await nextConfig(write, next, lastConfig, options.held)
  let failure: unknown
  await launch(write, [{ record: next, config, filter: undefined, stamps, imageMs }], options, {
    finished: (_, { error }) => {
      failure = error
    },
  })
  if (failure !== undefined) throw failure
}

async function restoreRoot(write: WriteContext, { owner, spec }: ContainerRecord): Promise<void> {
  const lower = rootfsOf(write.paths, spec.image_digest ?? '')
  const problem = (await mountOverlays(write, [{ container: owner, lower }])).get(owner)
  if (problem) throw problem
}

async function restoreNetwork(write: WriteContext, { owner, spec }: ContainerRecord): Promise<void> {
  if (!ownsNamespace(spec)) return
  const attachment = attachmentOf(owner, spec, await readNetworkRecords(write.host, write.paths))
  const isAttached =
    (await readNamespaces(write)).has(replicaSlot(owner)) &&
    linkDrift(write.paths, attachment, await readLinks(write)).length === 0
  const problem = isAttached ? undefined : (await attach(write, [attachment])).get(owner)
  if (problem) throw problem
}

async function nextConfig(
  { host, paths }: WriteContext,
  { owner, spec, run }: ContainerRecord,
  lastConfig: OciConfig,
  held: boolean,
): Promise<OciConfig> {
  return restartConfig(lastConfig, {
    spec,
    run,
    cgroup: cgroupOf(paths, runtimeId(runOf(owner, run))),
    cgroups: (await host.cgroups()).mode,
    rlimitBounds: (await readPrivileges(host)).rlimitBounds,
    held,
  })
}

/**
 * The record and config.json of a container, from which its next run starts. Checks that all files they name exist; called before
 * the old run ends. Raises `needs-apply`, `mount-source-missing`, `mount-source-changed`, `image-unusable` (all refused).
 */
export async function requireRestartable(
  read: ReadContext,
  container: ResourceAddress,
): Promise<{ readonly record: ContainerRecord; readonly config: OciConfig }> {
  const { host, paths } = read
  const { root } = containerLayout(paths, container)
  const record = await readRecord(host, paths, container)
  const config = await readConfig(read, container)
  if (record === undefined || config === undefined)
    throw needsApplyError(container, 'its bundle is gone, as after a reboot')
  const { spec } = record
  if ((await host.statTarget(rootfsOf(paths, spec.image_digest ?? ''))) === undefined)
    throw needsApplyError(container, 'the files of its image are gone')
  const shared = sharedContainer(spec.network_mode)
  if (shared && (await host.statTarget(join(netnsFolder, netnsName(paths, shared)))) === undefined)
    throw needsApplyError(container, `the network of ${shared}, which it shares, is gone`)
  for (const { source, destination, options = [] } of config.mounts) {
    if (source === undefined || !options.some((option) => option === 'bind' || option === 'rbind')) continue
    const fault = await placeFault(host, source, 'any')
    if (fault === undefined) continue
    const isDeclared = spec.mounts.some((mount) => mount.type === 'bind' && mount.source === source)
    const problem = isDeclared ? sourceProblem(container, source, fault, { before: true }) : undefined
    throw problem
      ? refusedError(problem)
      : needsApplyError(container, `${source}, which is mounted at ${destination}, is gone`)
  }
  const places = await placesOf(read, spec, [])
  const changed = await changedBind(host, root, places)
  if (changed !== undefined) throw refusedError(sourceChanged(container, changed))
  const problem = await rootProblem(host, root, places)
  if (problem !== undefined) throw refusedError(rootUnusable(container, problem))
  return { record, config }
}

const needsApplyError = (container: ResourceAddress, why: string): HeroPodsError =>
  refusedError({
    code: 'needs-apply',
    message: `${container} cannot be started as it was: ${why}.`,
    hint: 'Run `heropods apply` on its stack.',
    address: container,
  })
