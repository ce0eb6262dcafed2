import { HeroPodsError } from '../../../model/errors.ts'
import type { ImageSpec } from '../../../model/kinds/image.ts'
import type { DownloadProgress } from '../../../model/plan.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { interruptionOf, type WriteContext } from '../../provider.ts'
import { archiveDigest, unpackArchive } from './archive.ts'
import { busyboxDigest, makeBusybox } from './builtin.ts'
import * as podman from './podman.ts'
import { requirePodman } from './podman-setting.ts'
import { type WatchedDownload, watchingDownload } from './pull/download.ts'
import { dropPulled, exactReference, localImage, pullAsOurs } from './pull/pull.ts'
import { downloadSize } from './registry/download-size.ts'
import { isUnpacked, readClaims, unpack } from './store.ts'

interface Obtained {
  readonly digest: string
  /** Podman's id of the image; undefined: it does not come from podman. */
  readonly imageId?: string | undefined
}

/** Unpacks an image from its source, unless its digest is unpacked already. Raises `image-changed` and the errors of `pullImage`. */
export async function obtainImage(write: WriteContext, address: ResourceAddress, spec: ImageSpec): Promise<Obtained> {
  const { source } = spec
  if (source.type === 'ref')
    return obtainReference(write, spec, source.ref, (text, download) => write.progress(address, text, download))
  if (spec.digest !== undefined && (await isUnpacked(write.host, write.paths, spec.digest)))
    return { digest: spec.digest }
  const digest = source.type === 'builtin' ? await busyboxDigest(write) : await archiveDigest(write, source.path)
  if (spec.digest !== undefined && digest !== spec.digest) throw changedError(address)
  await unpack(write, digest, (rootfs) =>
    source.type === 'builtin' ? makeBusybox(write, rootfs) : unpackArchive(write, source.path, rootfs),
  )
  return { digest }
}

/** The last task of each reference. Tasks of one reference run one after the other: each removes the pulled image after unpacking it. */
const last = new Map<string, Promise<unknown>>()
function oneAtATime<T>(ref: string, act: () => Promise<T>): Promise<T> {
  const own = (last.get(ref) ?? Promise.resolve()).then(act, act)
  last.set(ref, own)
  return own
}

const changedError = (address: ResourceAddress): HeroPodsError =>
  new HeroPodsError({
    code: 'image-changed',
    message: `The source of ${address} has changed since the plan was made.`,
    hint: 'Run the command again.',
    address,
  })

/** Gets the steps as text, and the state of a download. */
type Report = (text: string, download?: DownloadProgress) => void

/** Unpacks the image of a reference, unless its digest is unpacked already. `report` gets the steps as text. Raises the errors of `pullImage`. */
export const obtainReference = (write: WriteContext, spec: ImageSpec, ref: string, report: Report): Promise<Obtained> =>
  oneAtATime(ref, () => unpackReference(write, spec, ref, report))

async function unpackReference(write: WriteContext, spec: ImageSpec, ref: string, report: Report): Promise<Obtained> {
  const { host, paths } = write
  if (spec.digest !== undefined && (await isUnpacked(host, paths, spec.digest)))
    return { digest: spec.digest, imageId: await idOf(write, ref, spec.digest) }
  await requirePodman(write, ref)
  // An aborted pull leaves nothing behind, so `stop` can end it early.
  const signal = interruptionOf(write)
  const { platform } = spec
  if ((await localImage(host, ref, spec.digest, platform)) === undefined && spec.pull_policy !== 'never') {
    const text = `pulling ${ref}`
    report(text)
    const { digest } = spec
    const watched: WatchedDownload = {
      onProgress: (progress) => report(text, progress),
      size: async () => (digest === undefined ? undefined : downloadSize(host, { ref, digest, platform })),
    }
    await watchingDownload(write, watched, (temporary) =>
      pullAsOurs(host, paths, { ref, digest, platform }, { signal, temporary }),
    )
  }
  const local = await localImage(host, ref, spec.digest, platform)
  const name = local?.id ?? exactReference(ref, spec.digest)
  const image = podman.parseInspect((await host.run(podman.inspect(host.environment, name), write.abortSignal)).stdout)
  const digest = spec.digest ?? image.digest
  report(`unpacking ${ref}`)
  await unpack(write, digest, async (rootfs) => {
    const mounted = (await host.run(podman.mount(host.environment, image.id), write.abortSignal)).stdout.trim()
    try {
      await host.run(podman.copy(mounted, rootfs), write.abortSignal)
    } finally {
      await host.attempt(podman.unmount(host.environment, image.id))
    }
    return image.config
  })
  if (!(await dropPulled(host, paths, { ref, platform })))
    report(`${ref} also stays in the storage of podman, which uses it itself`)
  return { digest, imageId: image.id }
}

/** Podman's id of an unpacked image, from podman's storage or from the marks of stacks. */
async function idOf(write: WriteContext, ref: string, digest: string): Promise<string | undefined> {
  const local = await localImage(write.host, ref, digest)
  return local?.id ?? [...(await readClaims(write)).values()].find((claim) => claim.digest === digest)?.imageId
}
