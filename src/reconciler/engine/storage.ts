import type { Address } from '../../model/address.ts'
import { refuse } from '../../model/errors.ts'
import { effectiveArgs } from '../../model/kinds/effective-config.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import { ownedSpecs } from '../../model/observation.ts'
import { dropAllPulled } from '../../providers/linux/image/pull.ts'
import { listImages, readClaims, readImageConfig, removeCached } from '../../providers/linux/image/store.ts'
import { eraseVolume } from '../../providers/linux/volume/apply.ts'
import { listVolumes } from '../../providers/linux/volume/observe.ts'
import { digestsForRollback } from '../kept-images.ts'
import { observeAll } from '../reconcile.ts'
import type { Session } from '../session.ts'

/** What listing and removing needs of a session. */
type Store = Pick<Session, 'host' | 'paths' | 'readContext'>

/** A volume of the instance. */
export interface Volume {
  readonly address: Address
  readonly state: 'in use' | 'released' | 'missing'
  readonly protect: boolean
  readonly path: string
}

/** All volumes of the instance, those that their stacks released as well. */
export const volumesOf = async (session: Store): Promise<readonly Volume[]> =>
  [...(await listVolumes(session.readContext()))].map(([address, { missing, released, spec, path }]) => ({
    address,
    state: missing ? 'missing' : released ? 'released' : 'in use',
    protect: spec.protect,
    path,
  }))

/** Erases the data of released volumes, one after the other, and tells each. Raises `volume-in-use`, `volume-protected` (refused). */
export async function eraseVolumes(
  session: Store,
  wanted: readonly Address[],
  onErased: (volume: Address) => void,
): Promise<void> {
  const volumes = await listVolumes(session.readContext())
  for (const at of wanted) {
    if (!volumes.get(at)?.released)
      throw refuse({
        code: 'volume-in-use',
        message: `${at} is stated by its stack.`,
        hint: 'Take it out of the stack and apply, or destroy the stack; then it can be erased.',
      })
  }
  for (const at of wanted) {
    await eraseVolume({ host: session.host(), paths: session.paths }, at)
    onErased(at)
  }
}

/** An unpacked image. */
export interface CachedImage {
  readonly digest: string
  /** Where it comes from; undefined: no stack uses it any more. */
  readonly source: ImageSpec['source'] | undefined
  /** The images of stacks that are this one. */
  readonly usedBy: readonly Address[]
  /** What it runs. */
  readonly command: readonly string[]
}

export async function imagesOf(session: Store): Promise<readonly CachedImage[]> {
  const read = session.readContext()
  const claims = [...(await readClaims(read))]
  return Promise.all(
    (await listImages(read)).map(async (digest) => {
      const own = claims.filter(([, claim]) => claim.digest === digest)
      return {
        digest,
        source: own[0]?.[1].spec.source,
        usedBy: own.map(([at]) => at),
        command: effectiveArgs({}, await readImageConfig(read.host, read.paths, digest)),
      }
    }),
  )
}

/** Images to remove: these digests; all that nothing uses; or those of them that no rollback needs either. */
export type RemovableImages = readonly string[] | 'unused' | 'unneeded'

/** Takes unpacked images out of the cache, and answers their digests. Raises `image-in-use` (refused). */
export async function removeImages(session: Session, which: RemovableImages): Promise<readonly string[]> {
  const used = await usedDigests(session)
  const wanted = typeof which === 'string' ? await unusedDigests(session, used, which) : which
  const busy = wanted.find((digest) => used.has(digest))
  if (busy)
    throw refuse({
      code: 'image-in-use',
      message: `${busy.slice(0, 19)} is in use.`,
      hint: '`heropods image ls` tells by whom.',
    })
  await removeCached({ host: session.host(), paths: session.paths }, wanted)
  await dropAllPulled(session.host(), session.paths)
  return wanted
}

async function usedDigests(session: Session): Promise<ReadonlySet<string | undefined>> {
  const { resources } = await observeAll(session)
  return new Set([
    ...[...(await readClaims(session.readContext())).values()].map((claim) => claim.digest),
    ...[...ownedSpecs(resources, 'container').values()].map((spec) => spec.image_digest),
  ])
}

async function unusedDigests(
  session: Session,
  used: ReadonlySet<string | undefined>,
  which: 'unused' | 'unneeded',
): Promise<readonly string[]> {
  const kept = which === 'unneeded' ? await digestsForRollback(session.state) : new Set<string>()
  return (await listImages(session.readContext())).filter((digest) => !used.has(digest) && !kept.has(digest))
}
