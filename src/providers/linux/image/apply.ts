import type { ImageSpec } from '../../../model/kinds/image.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ApplyItem, OnItemFinished, RemoveItem, WriteContext } from '../../provider.ts'
import { each } from '../each.ts'
import { obtainImage } from './obtain.ts'
import * as podman from './podman.ts'
import { isUnpacked, readClaims, removeClaim, writeClaim } from './store.ts'

/** Images pulled and unpacked at the same time. The network and the disk are the limits: more would not be faster. */
const maxParallelImages = 3

/** Unpacks images and marks them as used. Outputs: the digest. */
export const ensureImages = (
  write: WriteContext,
  items: readonly ApplyItem<'image'>[],
  done: OnItemFinished,
): Promise<void> =>
  each(
    items,
    done,
    ({ address, spec, actual }) => ensure(write, address, spec, actual?.pulledByUs ?? false),
    maxParallelImages,
  )

async function ensure(
  write: WriteContext,
  address: ResourceAddress,
  spec: ImageSpec,
  pulledByUs: boolean,
): Promise<{ readonly digest: string }> {
  const { digest, imageId } = await obtainImage(write, address, spec)
  const mark = { owner: address, spec: { ...spec, digest }, digest, pulledByUs }
  await writeClaim(write, address, { ...mark, ...(imageId !== undefined && { imageId }) })
  return { digest }
}

/** Unpacks an image again if its files or its mark are lost. Returns true if the new image has the same digest. */
export async function rebuildImage(
  write: WriteContext,
  address: ResourceAddress,
  spec: ImageSpec | undefined,
): Promise<boolean> {
  const claim = (await readClaims(write)).get(address)
  if (claim !== undefined && (await isUnpacked(write.host, write.paths, claim.digest))) return false
  const known = claim?.spec ?? spec
  if (known?.digest === undefined) return false
  const { digest } = await ensure(write, address, known, false)
  return digest === known.digest
}

/** Removes the marks. Unpacked files stay in the cache. */
export const removeImages = (
  write: WriteContext,
  items: readonly RemoveItem<'image'>[],
  _options: unknown,
  done: OnItemFinished,
): Promise<void> => each(items, done, (item) => removeImage(write, item), 1)

async function removeImage(write: WriteContext, { address, spec, actual }: RemoveItem<'image'>): Promise<void> {
  await removeClaim(write, address)
  const source = spec?.source
  if (source?.type !== 'ref' || !actual?.pulledByUs) return
  const stillClaimed = [...(await readClaims(write)).values()].some(
    (claim) => claim.spec.source.type === 'ref' && claim.spec.source.ref === source.ref,
  )
  // Podman refuses while one of its containers uses the image. Then the image stays.
  if (!stillClaimed) await write.host.attempt(podman.remove(write.host.environment, source.ref))
}
