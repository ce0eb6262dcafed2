import { join } from 'node:path'
import { type Paths, shortHash } from '../../../../host/files/paths.ts'
import type { CommandResult, Host, HostReader } from '../../../../host/host.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { ImageSpec } from '../../../../model/kinds/image.ts'
import { platformReference } from '../../../../model/kinds/images/platform.ts'
import { findLocal, type LocalImage, readLocalImages } from '../local-images.ts'
import { isForPlatform } from '../platforms.ts'
import * as podman from '../podman.ts'
import { isUnpacked } from '../store.ts'
import { pullFailure } from './pull-failure.ts'

/** The reference by digest, if the digest is known: it always names the same image. Pure. */
export const exactReference = (ref: string, digest: string | undefined): string =>
  digest === undefined ? ref : `${ref.split('@')[0]?.replace(/:[^/:]+$/, '')}@${digest}`

export interface PullOptions {
  readonly signal: AbortSignal
  /** Folder for the layers while they are downloaded; default: podman's own. */
  readonly temporary?: string
  /** `linux/arm64`; undefined: that of the host, or that of the digest in the reference. */
  readonly platform?: string | undefined
}

/** Pulls an image. Raises `image-pull-failed` with the cause, `interrupted`. */
export async function pullImage(host: Host, ref: string, { signal, ...options }: PullOptions): Promise<void> {
  const result = await host.attempt(podman.pull(host.environment, ref, options), signal)
  if (result.exitCode === 0) return
  if (signal.aborted || wasInterrupted(result))
    throw new HeroPodsError({ code: 'interrupted', message: `The pull of ${ref} was interrupted.`, retryable: true })
  const { cause, hint } = pullFailure(ref, result.stderr)
  throw new HeroPodsError({
    code: 'image-pull-failed',
    message: `Podman could not pull ${ref}: ${cause}${/[.!?]$/.test(cause) ? '' : '.'}`,
    hint,
    retryable: true,
  })
}

/** A terminal sends Ctrl-C to podman as well. */
const wasInterrupted = ({ signal, exitCode }: CommandResult): boolean =>
  ['SIGINT', 'SIGTERM'].includes(signal ?? '') || [130, 143].includes(exitCode ?? 0)

interface PlatformOption {
  readonly platform?: string | undefined
}

const stagedPath = (paths: Paths): string => join(paths.data, 'images', 'staged')
const marker = (paths: Paths, ref: string, platform: string | undefined): string =>
  join(stagedPath(paths), shortHash(platformReference(ref, platform)))

/** The image of a reference in podman's storage: with this digest; or by name and for this platform if no digest is given. */
export async function localImage(
  host: HostReader,
  ref: string,
  digest: string | undefined,
  platform?: string,
): Promise<LocalImage | undefined> {
  const images = await readLocalImages(host)
  if (digest !== undefined) return images.find((image) => image.digests.has(digest))
  const found = findLocal(images, ref)
  return found && (await isForPlatform(host, found, platform)) ? found : undefined
}

/** Pulls an image that podman does not have. A marker is written first: the run that unpacks the image then removes it from podman's storage. */
export async function pullAsOurs(
  host: Host,
  paths: Paths,
  { ref, digest, platform }: { readonly ref: string; readonly digest: string | undefined } & PlatformOption,
  given: PullOptions,
): Promise<void> {
  const exact = exactReference(ref, digest)
  const options = { ...given, platform }
  // Podman itself is asked, since an image that it already has must not be removed later.
  const exists = (await host.query(podman.exists(host.environment, exact))).exitCode === 0
  // The caller has not found the platform in podman: its image of this name is for another one.
  if (exists && platform !== undefined && digest === undefined) return pullImage(host, exact, options)
  if (exists) return
  await host.writeFile(marker(paths, ref, platform), exact)
  await pullImage(host, exact, options)
}

/** Pulls an image before the run that unpacks it. A pull takes long and needs no lock of the instance. Raises the errors of `pullImage`. */
export async function stageImage(
  host: Host,
  paths: Paths,
  { source, digest, pull_policy, platform }: ImageSpec,
  options: PullOptions,
): Promise<void> {
  if (source.type !== 'ref' || pull_policy === 'never') return
  if (digest !== undefined && (await isUnpacked(host, paths, digest))) return
  if ((await localImage(host, source.ref, digest, platform)) === undefined)
    await pullAsOurs(host, paths, { ref: source.ref, digest, platform }, options)
}

/**
 * Removes an image from podman's storage if HeroPods pulled it. Podman refuses while one of its containers uses the image: then the image
 * stays, and only the marker is removed. Returns false in that case.
 */
export async function dropPulled(
  host: Host,
  paths: Paths,
  { ref, platform }: { readonly ref: string } & PlatformOption,
): Promise<boolean> {
  const path = marker(paths, ref, platform)
  const exact = await host.readFile(path)
  const dropped = exact === undefined || (await host.attempt(podman.remove(host.environment, exact))).exitCode === 0
  await host.removeTree(path)
  return dropped
}

/** Removes all pulled images that killed runs have left in podman's storage. */
export async function dropAllPulled(host: Host, paths: Paths): Promise<void> {
  for (const name of await host.readDir(stagedPath(paths))) {
    const exact = await host.readFile(join(stagedPath(paths), name))
    if (exact !== undefined) await host.attempt(podman.remove(host.environment, exact))
    await host.removeTree(join(stagedPath(paths), name))
  }
}
