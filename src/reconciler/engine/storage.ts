import { refusedError } from '../../model/errors.ts'
import { imageDigestsOf } from '../../model/kinds/rules/rules.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { CachedImage } from '../../providers/image-operations.ts'
import type { Volume } from '../../providers/operations.ts'
import { observeAll } from '../reconcile.ts'
import { digestsForRollback } from '../rollback-images.ts'
import type { Session } from '../session.ts'

type Store = Pick<Session, 'writeHost' | 'paths' | 'readContext' | 'runtime'>

/** All volumes of the instance, released ones included. */
export const volumesOf = ({ runtime, readContext }: Store): Promise<readonly Volume[]> =>
  runtime.volumes.list(readContext())

/** All unpacked images. */
export const imagesOf = ({ runtime, readContext }: Store): Promise<readonly CachedImage[]> =>
  runtime.images.list(readContext())

/** Erases the data of released volumes, one after the other, and calls `onErased` for each. Raises `volume-in-use`, `volume-protected` (refused). */
export async function eraseVolumes(
  session: Store,
  requested: readonly ResourceAddress[],
  onErased: (volume: ResourceAddress) => void,
): Promise<void> {
  const volumes = new Map((await volumesOf(session)).map((one) => [one.address, one]))
  for (const address of requested) {
    if (!volumes.get(address)?.released)
      throw refusedError({
        code: 'volume-in-use',
        message: `${address} is declared by its stack.`,
        hint: 'Remove it from the stack and apply, or destroy the stack. Then it can be erased.',
      })
  }
  for (const address of requested) {
    await session.runtime.volumes.erase({ host: session.writeHost(), paths: session.paths }, address)
    onErased(address)
  }
}

/** Images to remove: these digests; all unused images; or the unused images without a name of their own that no rollback needs. */
export type RemovableImages = readonly string[] | 'unused' | 'unneeded'

/** Removes unpacked images from the cache. Returns their digests. Raises `image-in-use` (refused). */
export async function removeImages(session: Session, which: RemovableImages): Promise<readonly string[]> {
  const cached = await imagesOf(session)
  const used = await usedDigests(session, cached)
  const requested = typeof which === 'string' ? await unusedDigests(session, cached, used, which) : which
  const busy = requested.find((digest) => used.has(digest))
  if (busy)
    throw refusedError({
      code: 'image-in-use',
      message: `${busy.slice(0, 19)} is in use.`,
      hint: '`heropods image ls` shows its users.',
    })
  await session.runtime.images.remove({ host: session.writeHost(), paths: session.paths }, requested)
  return requested
}

async function usedDigests(session: Session, cached: readonly CachedImage[]): Promise<ReadonlySet<string | undefined>> {
  const { observations } = await observeAll(session)
  return new Set([
    ...cached.filter((image) => image.usedBy.length > 0).map((image) => image.digest),
    ...[...observations.values()].flatMap((one) => (one.presence === 'owned' ? imageDigestsOf(one) : [])),
  ])
}

async function unusedDigests(
  { state }: Session,
  cached: readonly CachedImage[],
  used: ReadonlySet<string | undefined>,
  which: 'unused' | 'unneeded',
): Promise<readonly string[]> {
  const needed = which === 'unneeded' ? await digestsForRollback(state) : new Set<string>()
  const removable = which === 'unused' ? cached : cached.filter(({ named }) => !named)
  return removable.map((image) => image.digest).filter((digest) => !used.has(digest) && !needed.has(digest))
}
