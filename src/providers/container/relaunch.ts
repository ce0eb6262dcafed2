import { type CgroupMode, cgroupHost } from '../../host/cgroup.ts'
import { type Address, bodyOf } from '../../model/address.ts'
import { rootfsOf } from '../image/store.ts'
import { attach, linkDrift, readNamespaces } from '../network/attach.ts'
import { readLinks } from '../network/observe-links.ts'
import { readNetworkRecords } from '../network/records.ts'
import type { WriteContext } from '../provider.ts'
import { ociResources } from './bundle/limits.ts'
import { initPath } from './bundle/process.ts'
import { eraseIncarnations } from './end.ts'
import { attachmentOf, ownsNamespace } from './interfaces.ts'
import { launch } from './launch.ts'
import { cgroupOf, runtimeId } from './layout.ts'
import { mountOverlays } from './overlay.ts'
import { type ContainerRecord, readRunning, writeRecord } from './record.ts'
import { type BundleConfig, restartable } from './restartable.ts'

export interface RelaunchOptions {
  readonly self: readonly string[]
  readonly restarts: number
  /** Hold the container open instead of running its entrypoint. */
  readonly held: boolean
}

/** Where the entrypoint is kept while a container is only held open. */
export const argsAnnotation = 'org.heropods.args'

/**
 * Starts a container again as it is: same bundle, layer, address; a new incarnation. Needs no stack and no records. Raises what
 * `restartable` does, `container-exited`.
 */
export async function relaunch(write: WriteContext, container: Address, options: RelaunchOptions): Promise<void> {
  const { host, paths } = write
  const { record, config } = await restartable(write, container)
  const { stamps = [], imageMs } = (await readRunning(host, paths, container)) ?? {}
  await eraseIncarnations(write, container)
  const next = { ...record, incarnation: record.incarnation + 1, stopped: false }
  await writeRecord(write, next)
  const lower = rootfsOf(paths, record.spec.image_digest ?? '')
  const problem = (await mountOverlays(write, [{ container, lower }])).get(container)
  if (problem) throw problem
  if (ownsNamespace(record.spec)) {
    const attachment = attachmentOf(container, record.spec, await readNetworkRecords(host, paths))
    const stands =
      (await readNamespaces(write)).has(bodyOf(container)) &&
      linkDrift(paths, attachment, await readLinks(write)).length === 0
    const unattached = stands ? undefined : (await attach(write, [attachment])).get(container)
    if (unattached) throw unattached
  }
  const id = runtimeId(bodyOf(container), next.incarnation)
  const bundle = nextBundle(config, cgroupOf(paths, id), (await cgroupHost()).mode, next, options.held)
  let failure: unknown
  await launch(
    write,
    [{ record: next, bundle, filter: undefined, stamps, imageMs }],
    options,
    (_container, { error }) => {
      failure = error
    },
  )
  if (failure !== undefined) throw failure
}

/** The same bundle for the next incarnation; the entrypoint is kept beside while the container is only held open. */
function nextBundle(
  config: BundleConfig,
  cgroup: string,
  cgroups: CgroupMode,
  { spec, incarnation }: ContainerRecord,
  held: boolean,
): Readonly<Record<string, unknown>> {
  const kept = config.annotations[argsAnnotation]
  const entrypoint = kept === undefined ? config.process.args : (JSON.parse(kept) as string[])
  const { [argsAnnotation]: _, ...annotations } = config.annotations
  return {
    ...config,
    process: { ...config.process, args: held ? [initPath, '-P'] : entrypoint },
    // Limits may have been changed while it ran.
    linux: {
      ...config.linux,
      cgroupsPath: cgroup,
      resources: { ...ociResources(spec, cgroups), devices: config.linux.resources.devices },
    },
    annotations: {
      ...annotations,
      'org.heropods.incarnation': String(incarnation),
      ...(held && { [argsAnnotation]: JSON.stringify(entrypoint) }),
    },
  }
}
