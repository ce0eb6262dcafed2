import { join } from 'node:path'
import { HeroPodsError, toDiagnostic } from '../../../../model/errors.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { runnableConfig } from '../../../../model/kinds/runnable-config.ts'
import { type ResourceAddress, sharedContainer } from '../../../../model/resource-address.ts'
import { runOf } from '../../../../model/run.ts'
import type { WriteContext } from '../../../provider.ts'
import { readImageConfig, rootfsOf } from '../../image/store.ts'
import { attach, reattach } from '../../network/attach.ts'
import { netnsFolder } from '../../network/namespaces.ts'
import { readNetworkRecords } from '../../network/records/records.ts'
import { cgroupOf, netnsName, runtimeId } from '../../run-names.ts'
import { mountVolumesOf } from '../../volume/mount.ts'
import { volumePath } from '../../volume/paths.ts'
import { attachmentOf, ownsNamespace } from '../interfaces.ts'
import { containerLayout } from '../layout.ts'
import { capabilitiesOf, heldOpen, type OciConfig, type StartInput, startConfig } from '../oci/config.ts'
import { ociDevices } from '../oci/devices.ts'
import { readPrivileges } from '../oci/privileges.ts'
import { type SeccompFilter, seccompFilter } from '../oci/seccomp-cache.ts'
import { shieldedPaths } from '../oci/shielded-paths.ts'
import { resolveUser } from '../oci/users.ts'
import type { ContainerRecord, FileStamp } from '../record.ts'
import { fileBinds, writeFiles } from '../rootfs/files.ts'
import { makeLinkedFolders, removeStaleMountPoints, rootProblem } from '../rootfs/mount-points.ts'
import { deepSources, placesOf, reachesBelow } from '../rootfs/mount-sources.ts'
import { mountOverlays } from '../rootfs/overlay.ts'
import { rootUnusable } from '../rootfs/place-problems.ts'
import { anonymousFolders, fillVolumes } from '../rootfs/volumes.ts'
import { makeWorkingDir } from '../rootfs/working-dir.ts'

/** A container with root, network, files and config.json, but without a process. */
export interface Prepared {
  readonly record: ContainerRecord
  readonly config: OciConfig
  readonly filter: SeccompFilter | undefined
  readonly stamps: readonly FileStamp[]
  /** When the files of its image were written. */
  readonly imageMs: number | undefined
  /** A start with this spec was verified before. */
  readonly isVerified?: boolean
}

export interface Preparation {
  readonly record: ContainerRecord
  /** True if it gets a new network namespace. Else the existing one is used. */
  readonly attach: boolean
  /** Its process only waits for `attach`, which runs the entrypoint. */
  readonly awaitsAttach?: boolean
  /** A start with this spec was verified before. */
  readonly isVerified?: boolean
}

/** Prepares many containers: their links in one batch, their roots in one command, the rest for each. */
export async function prepare(
  write: WriteContext,
  items: readonly Preparation[],
  failed: (container: ResourceAddress, error: unknown) => void,
): Promise<readonly Prepared[]> {
  const networks = await readNetworkRecords(write.host, write.paths)
  const attachments = (attach: boolean) =>
    items
      .filter((one) => one.attach === attach && ownsNamespace(one.record.spec))
      .map(({ record }) => attachmentOf(record.owner, record.spec, networks))
  const overlays = items.map(({ record }) => ({
    container: record.owner,
    lower: rootfsOf(write.paths, digestOf(record)),
  }))
  const [links, roots] = await Promise.all([attach(write, attachments(true)), mountOverlays(write, overlays)])
  // An existing namespace may be incomplete after a kill.
  await reattach(write, attachments(false))
  const prepared: Prepared[] = []
  for (const { record, awaitsAttach = false, isVerified = false } of items) {
    const problem = links.get(record.owner) ?? roots.get(record.owner)
    try {
      if (problem) throw problem
      prepared.push({ ...(await prepareOne(write, record, awaitsAttach)), isVerified })
    } catch (error) {
      failed(record.owner, addressedError(error, record.owner))
    }
  }
  return prepared
}

function digestOf({ owner, spec }: ContainerRecord): string {
  if (spec.image_digest?.startsWith('sha256:')) return spec.image_digest
  throw new HeroPodsError({
    code: 'image-unknown',
    message: `The image of ${owner} has no digest.`,
    hint: 'Run `heropods apply` on its stack.',
    address: owner,
  })
}

async function prepareOne(write: WriteContext, record: ContainerRecord, awaitsAttach: boolean): Promise<Prepared> {
  const { owner, spec, run } = record
  const { root } = containerLayout(write.paths, owner)
  const image = await readImageConfig(write.host, write.paths, digestOf(record))
  const config = runnableConfig(revealed(write, spec), image)
  await makeSources(write, record)
  const mounted = await mountVolumesOf(write, spec)
  const anonymous = anonymousFolders(write, owner, config.anonymousVolumes)
  const places = await placesOf(write, spec, Object.keys(anonymous))
  await removeStaleMountPoints(write.host, root, rootfsOf(write.paths, digestOf(record)), places)
  const problem = await rootProblem(write.host, root, places)
  if (problem !== undefined) throw new HeroPodsError(rootUnusable(owner, problem))
  await makeLinkedFolders(write.host, root, places)
  await fillVolumes(write, owner, spec, anonymous, mounted)
  const inside = async (path: string): Promise<string> => (await write.host.readInRoot(root, path)) ?? ''
  const user = resolveUser(config.user, spec.group_add, await inside('/etc/passwd'), await inside('/etc/group'))
  await makeWorkingDir(write.host, root, spec, config.cwd)
  const stamps = await writeFiles(write, owner, spec, user)
  const { bounding, rlimitBounds } = await readPrivileges(write.host)
  const filter = spec.privileged ? undefined : await seccompFilter(write, spec.seccomp, capabilitiesOf(spec, bounding))
  const input: StartInput = {
    spec,
    config,
    owner,
    run,
    root,
    cgroup: cgroupOf(write.paths, runtimeId(runOf(owner, run))),
    cgroups: (await write.host.cgroups()).mode,
    user,
    netns: netnsPath(write, record),
    binds: await fileBinds(write, owner, awaitsAttach ? { ...spec, init: true } : spec),
    volumePath: (mount) => volumePath(write.paths, mount.volume),
    anonymous,
    deep: await deepSources(write, spec),
    recursive: reachesBelow(write.host.system.kernel),
    devices: await ociDevices(write.host, owner, spec),
    bounding,
    rlimitBounds,
    seccomp: filter?.rules,
    shielded: await shieldedPaths(write, spec),
  }
  const imageMs = (await write.host.stat(rootfsOf(write.paths, digestOf(record))))?.mtimeMs
  const started = startConfig(input)
  return { record, config: awaitsAttach ? heldOpen(started) : started, filter, stamps, imageMs }
}

/** The spec with its sensitive values. They are written only to the bundle (0600, on a file system that a reboot empties). */
function revealed(write: WriteContext, spec: ContainerSpec): ContainerSpec {
  const list = (texts: readonly string[] | undefined) => texts?.map((text) => write.resolveSecrets(text))
  const [command, entrypoint] = [list(spec.command), list(spec.entrypoint)]
  return {
    ...spec,
    environment: Object.fromEntries(
      Object.entries(spec.environment).map(([name, value]) => [name, write.resolveSecrets(value)]),
    ),
    ...(command && { command }),
    ...(entrypoint && { entrypoint }),
  }
}

async function makeSources(write: WriteContext, { spec }: ContainerRecord): Promise<void> {
  for (const mount of spec.mounts) {
    if (mount.type === 'bind' && mount.create_host_path && (await write.host.stat(mount.source)) === undefined)
      await write.host.makeDir(mount.source, 0o755)
  }
}

function netnsPath(write: WriteContext, { owner, spec }: ContainerRecord): string | undefined {
  if (ownsNamespace(spec)) return join(netnsFolder, netnsName(write.paths, owner))
  const shared = sharedContainer(spec.network_mode)
  return shared && join(netnsFolder, netnsName(write.paths, shared))
}

const addressedError = (error: unknown, address: ResourceAddress): HeroPodsError =>
  new HeroPodsError({ ...toDiagnostic(error), address }, { cause: error })
