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
import { changedBind, type Place, rootProblem, rootUnusable } from '../rootfs/root-places.ts'

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
    if ((await host.statTarget(source).catch(() => undefined)) !== undefined) continue
    throw spec.mounts.some((mount) => mount.type === 'bind' && mount.source === source)
      ? sourceGone(container, source)
      : needsApply(container, `${source}, which is mounted at ${destination}, is gone`)
  }
  const places = await placesOf(read, spec, [])
  const changed = await changedBind(host, root, places)
  if (changed !== undefined) throw sourceChanged(container, changed)
  const problem = await rootProblem(host, root, places)
  if (problem !== undefined) throw refuse(rootUnusable(container, problem))
  return { record, config }
}

const sourceGone = (container: Address, source: string): HeroPodsError =>
  refuse({
    code: 'mount-source-missing',
    message: `${container} mounts ${source}, which is no longer there.`,
    hint: 'Put it back, or take it out of the stack and apply.',
    address: container,
  })

const sourceChanged = (container: Address, { source, target, kind }: Required<Place>): HeroPodsError => {
  const before = kind === 'file' ? 'folder' : 'file'
  return refuse({
    code: 'mount-source-changed',
    message: `${container} mounts ${source} at ${target}, which was a ${before} and is now a ${kind}.`,
    hint: `Put the ${before} back. If it is to be a ${kind}, run \`heropods stop\` on the container and \`heropods apply\` on its stack.`,
    address: container,
  })
}

const needsApply = (container: Address, why: string): HeroPodsError =>
  refuse({
    code: 'needs-apply',
    message: `${container} cannot be started as it was: ${why}.`,
    hint: 'Run `heropods apply` on its stack.',
    address: container,
  })
