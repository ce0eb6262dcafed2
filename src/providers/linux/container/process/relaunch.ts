import { type Address, replicaSlot } from '../../../../model/address.ts'
import type { WriteContext } from '../../../provider.ts'
import { rootfsOf } from '../../image/store.ts'
import { attach, linkDrift } from '../../network/attach.ts'
import { readLinks } from '../../network/links.ts'
import { readNamespaces } from '../../network/namespaces.ts'
import { readNetworkRecords } from '../../network/records/records.ts'
import { attachmentOf, ownsNamespace } from '../interfaces.ts'
import { cgroupOf, runtimeId } from '../layout.ts'
import { restartConfig } from '../oci/config.ts'
import { readPrivileges } from '../oci/privileges.ts'
import { readRunning, writeRecord } from '../record.ts'
import { mountOverlays } from '../rootfs/overlay.ts'
import { eraseRuns } from './end.ts'
import { launch } from './launch.ts'
import { restartable } from './restartable.ts'

export interface RelaunchOptions {
  readonly self: readonly string[]
  readonly restarts: number
  /** Hold the container open instead of running its entrypoint. */
  readonly held: boolean
}

/**
 * Starts a container again as it is: same bundle, layer, address; a new run. Needs no stack and no records. Raises what
 * `restartable` does, `container-exited`.
 */
export async function relaunch(write: WriteContext, container: Address, options: RelaunchOptions): Promise<void> {
  const { host, paths } = write
  const { record, config } = await restartable(write, container)
  const { stamps = [], imageMs } = (await readRunning(host, paths, container)) ?? {}
  await eraseRuns(write, container)
  const next = { ...record, run: record.run + 1, stopped: false }
  await writeRecord(write, next)
  const lower = rootfsOf(paths, record.spec.image_digest ?? '')
  const problem = (await mountOverlays(write, [{ container, lower }])).get(container)
  if (problem) throw problem
  if (ownsNamespace(record.spec)) {
    const attachment = attachmentOf(container, record.spec, await readNetworkRecords(host, paths))
    const stands =
      (await readNamespaces(write)).has(replicaSlot(container)) &&
      linkDrift(paths, attachment, await readLinks(write)).length === 0
    const unattached = stands ? undefined : (await attach(write, [attachment])).get(container)
    if (unattached) throw unattached
  }
  const id = runtimeId(replicaSlot(container), next.run)
  const nextConfig = restartConfig(config, {
    spec: record.spec,
    run: next.run,
    cgroup: cgroupOf(paths, id),
    cgroups: (await host.cgroups()).mode,
    rlimitBounds: (await readPrivileges(host)).rlimitBounds,
    held: options.held,
  })
  let failure: unknown
  await launch(
    write,
    [{ record: next, config: nextConfig, filter: undefined, stamps, imageMs }],
    options,
    (_container, { error }) => {
      failure = error
    },
  )
  if (failure !== undefined) throw failure
}
