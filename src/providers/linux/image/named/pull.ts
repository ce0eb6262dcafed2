import { type HeroPodsError, refusedError } from '../../../../model/errors.ts'
import type { ImageSpec } from '../../../../model/kinds/image.ts'
import { platformReference } from '../../../../model/kinds/images/platform.ts'
import type { ImageToPull, NamedImage, PulledImage, PullTools } from '../../../image-operations.ts'
import type { InstanceWriter, WriteContext } from '../../../provider.ts'
import { isLocalhostRef } from '../local-images.ts'
import { obtainReference } from '../obtain.ts'
import { platformMissing } from '../platforms.ts'
import { requirePodman } from '../podman-setting.ts'
import { type WatchedDownload, watchingDownload } from '../pull/download.ts'
import { localImage, pullImage, stageImage } from '../pull/pull.ts'
import { downloadSize } from '../registry/download-size.ts'
import { askRegistries, type Refusal } from '../registry/registry.ts'
import { isUnpacked } from '../store.ts'
import { readTaggedImages, writeName } from './names.ts'

/**
 * Downloads an image, unless its newest version is unpacked already. Needs no lock. Returns the image with its digest, which
 * `keepPulled` unpacks. Raises `image-missing`, `image-not-found` (refused), `image-pull-failed`, `interrupted`.
 */
export async function downloadImage(
  write: InstanceWriter,
  { ref, platform }: ImageToPull,
  tools: PullTools,
): Promise<ImageSpec> {
  const { host, paths } = write
  await requirePodman(write, ref)
  const ofPlatform = platform === undefined ? {} : { platform }
  const spec: ImageSpec = { source: { type: 'ref', ref }, pull_policy: 'missing', ...ofPlatform, labels: {} }
  if (isLocalhostRef(ref)) {
    const local = await localImage(host, ref, undefined, platform)
    if (local === undefined) throw notBuilt(ref, platform)
    return { ...spec, digest: local.digest }
  }
  const { digest, refusal, platforms } = await askRegistries(host, ref, platform)
  if (refusal !== undefined) throw notFound(refusal)
  if (platform !== undefined && platforms !== undefined) throw refusedError(platformMissing(ref, platform, platforms))
  const exact = digest === undefined ? spec : { ...spec, digest }
  if (digest !== undefined && (await isUnpacked(host, paths, digest))) return exact
  const watched: WatchedDownload = {
    onProgress: tools.onProgress ?? (() => undefined),
    size: async () => (digest === undefined ? undefined : downloadSize(host, { ref, digest, platform })),
  }
  await watchingDownload(write, watched, async (temporary) => {
    await stageImage(host, paths, exact, { signal: tools.signal, temporary })
    // No registry has answered HeroPods: podman may reach one by other means, and its error names the cause.
    if (digest === undefined) await pullImage(host, ref, { signal: tools.signal, temporary, platform })
  })
  return exact
}

/** Unpacks a downloaded image and gives it its reference as its own name. */
export async function keepPulled(
  write: WriteContext,
  spec: ImageSpec,
  { ref, platform }: ImageToPull,
): Promise<PulledImage> {
  const earlier = (await readTaggedImages(write)).get(platformReference(ref, platform))
  const { digest } = await obtainReference(write, spec, ref, () => undefined)
  const named: NamedImage = {
    ref,
    digest,
    origin: 'pull',
    ...(platform !== undefined && { platform }),
    namedAt: new Date().toISOString(),
  }
  await writeName(write, named)
  return { ...named, isNew: earlier?.digest !== digest }
}

const notBuilt = (ref: string, platform: string | undefined): HeroPodsError =>
  refusedError({
    code: 'image-missing',
    message: `Podman has no image ${ref}${platform === undefined ? '' : ` for ${platform}`}, and images of localhost/ cannot be pulled.`,
    hint: 'Build it with `heropods image build`, or import an archive with `heropods image import`.',
  })

const notFound = ({ registry, image, status }: Refusal): HeroPodsError =>
  refusedError(
    status === 404
      ? {
          code: 'image-not-found',
          message: `${registry} has no image ${image}.`,
          hint: 'Correct the name or the tag, or push the image.',
        }
      : {
          code: 'image-not-found',
          message: `${registry} denies access to the image ${image} (HTTP ${status}).`,
          hint: `Check the name, or log in with \`podman login ${registry}\`.`,
        },
  )
