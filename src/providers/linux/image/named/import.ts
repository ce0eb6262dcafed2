import { type HeroPodsError, refusedError } from '../../../../model/errors.ts'
import type { ArchiveToImport, NamedImage } from '../../../image-operations.ts'
import type { WriteContext } from '../../../provider.ts'
import { archiveDigest, inspectArchive, unpackArchive } from '../archive.ts'
import { localImage } from '../pull/pull.ts'
import { unpack } from '../store.ts'
import { readTaggedImages, writeName } from './names.ts'

/**
 * Unpacks an archive and gives the image a name that stacks can use. Raises `image-exists`, `archive-missing`, `archive-unreadable`,
 * `archive-unsafe`, `archive-too-large`, `archive-of-images`, `archive-damaged`.
 */
export async function importImage(write: WriteContext, { path, ref, replaces }: ArchiveToImport): Promise<NamedImage> {
  const digest = await archiveDigest(write, path)
  const earlier = (await readTaggedImages(write)).get(ref)
  if (earlier !== undefined && earlier.digest !== digest && !replaces) throw nameTakenError(ref, earlier.digest)
  if ((await localImage(write.host, ref, undefined)) !== undefined) throw inPodmanError(ref)
  await inspectArchive(write, path)
  await unpack(write, digest, (rootfs) => unpackArchive(write, path, rootfs))
  const named: NamedImage = { ref, digest, origin: 'import', file: path, namedAt: new Date().toISOString() }
  await writeName(write, named)
  return named
}

const nameTakenError = (ref: string, digest: string): HeroPodsError =>
  refusedError({
    code: 'image-exists',
    message: `The name ${ref} belongs to another image: ${digest.slice(0, 19)}.`,
    hint: 'Add `--replace`, or choose another name with `--name NAME`.',
  })

/** Stacks would use the image of podman in place of the imported one. */
const inPodmanError = (ref: string): HeroPodsError =>
  refusedError({
    code: 'image-exists',
    message: `The name ${ref} belongs to an image in the storage of podman.`,
    hint: `Choose another name with \`--name NAME\`, or remove it: \`podman image rm ${ref}\`.`,
  })
