import { join } from 'node:path'
import { type Address, sharedContainer } from '../../../../model/address.ts'
import { type HeroPodsError, refuse } from '../../../../model/errors.ts'
import type { ReadContext } from '../../../provider.ts'
import { rootfsOf } from '../../image/store.ts'
import { netnsFolder, netnsName } from '../../network/namespaces.ts'
import { containerLayout } from '../layout.ts'
import type { OciConfig } from '../oci/config.ts'
import { readConfig } from '../oci/read-config.ts'
import { type ContainerRecord, readRecord } from '../record.ts'
import { placesOf } from '../rootfs/mount-sources.ts'
import { placeFault } from '../rootfs/place.ts'
import { rootUnusable, sourceChanged, sourceProblem } from '../rootfs/place-problems.ts'
import { changedBind, rootProblem } from '../rootfs/root-places.ts'

/**
 * What a container is started from again as it was: its record and its bundle, everything they name being there. Asked before the old
 * process is ended. Raises `needs-apply`, `mount-source-missing`, `mount-source-changed`, `image-unusable` (all
 * refused).
 */
export async function restartable(
  read: ReadContext,
  container: Address,
): Promise<{ readonly record: ContainerRecord; readonly config: OciConfig }> {
  const { host, paths } = read
  const { root } = containerLayout(paths, container)
  const record = await readRecord(host, paths, container)
  const config = await readConfig(read, container)
  if (record === undefined || config === undefined) throw needsApply(container, 'its bundle is gone, as after a reboot')
  const { spec } = record
  if ((await host.statTarget(rootfsOf(paths, spec.image_digest ?? ''))) === undefined)
    throw needsApply(container, 'the files of its image are gone')
  const shared = sharedContainer(spec.network_mode)
  if (shared && (await host.statTarget(join(netnsFolder, netnsName(paths, shared)))) === undefined)
    throw needsApply(container, `the network of ${shared}, which it shares, is gone`)
  for (const { source, destination, options = [] } of config.mounts) {
    if (source === undefined || !options.some((option) => option === 'bind' || option === 'rbind')) continue
    const fault = await placeFault(host, source, 'any')
    if (fault === undefined) continue
    const isStacks = spec.mounts.some((mount) => mount.type === 'bind' && mount.source === source)
    const problem = isStacks ? sourceProblem(container, source, fault, { before: true }) : undefined
    throw problem ? refuse(problem) : needsApply(container, `${source}, which is mounted at ${destination}, is gone`)
  }
  const places = await placesOf(read, spec, [])
  const changed = await changedBind(host, root, places)
  if (changed !== undefined) throw refuse(sourceChanged(container, changed))
  const problem = await rootProblem(host, root, places)
  if (problem !== undefined) throw refuse(rootUnusable(container, problem))
  return { record, config }
}

const needsApply = (container: Address, why: string): HeroPodsError =>
  refuse({
    code: 'needs-apply',
    message: `${container} cannot be started as it was: ${why}.`,
    hint: 'Run `heropods apply` on its stack.',
    address: container,
  })
