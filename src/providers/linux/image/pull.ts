import { join } from 'node:path'
import { type Paths, shortHash } from '../../../host/files/paths.ts'
import type { CommandResult, Host, HostReader } from '../../../host/host.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import type { ImageSpec } from '../../../model/kinds/image.ts'
import { findLocal, type LocalImage, readLocalImages } from './local-images.ts'
import * as podman from './podman.ts'
import { isUnpacked } from './store.ts'

/** A reference that means one image for ever, where its digest is known. */
export const exactReference = (ref: string, digest: string | undefined): string =>
  digest === undefined ? ref : `${ref.split('@')[0]?.replace(/:[^/:]+$/, '')}@${digest}`

/** Raises `image-pull-failed` with what podman said, `interrupted`. */
export async function pullImage(host: Host, ref: string, signal?: AbortSignal): Promise<void> {
  const result = await host.attempt(podman.pull(host.environment, ref), signal)
  if (result.exitCode === 0) return
  if (signal?.aborted || wasInterrupted(result))
    throw new HeroPodsError({ code: 'interrupted', message: `The pull of ${ref} was interrupted.`, retryable: true })
  throw new HeroPodsError({
    code: 'image-pull-failed',
    message: `podman could not pull ${ref}: ${result.stderr.trim().split('\n').at(-1) ?? ''}`,
    hint: 'Check the reference, the registry and `podman login`.',
    retryable: true,
  })
}

/** A terminal sends Ctrl-C to podman as well. */
const wasInterrupted = ({ signal, exitCode }: CommandResult): boolean =>
  ['SIGINT', 'SIGTERM'].includes(signal ?? '') || [130, 143].includes(exitCode ?? 0)

const stagedPath = (paths: Paths): string => join(paths.data, 'images', 'staged')
const marker = (paths: Paths, ref: string): string => join(stagedPath(paths), shortHash(ref))

/** The image in podman's storage that a reference means, of this digest where one is known. */
export async function localImage(
  host: HostReader,
  ref: string,
  digest: string | undefined,
): Promise<LocalImage | undefined> {
  const images = await readLocalImages(host)
  return digest === undefined ? findLocal(images, ref) : images.find((image) => image.digests.has(digest))
}

/** Pulls what podman has not, and marks it first as ours: whoever unpacks it takes it out of podman's storage again. */
export async function pullAsOurs(
  host: Host,
  paths: Paths,
  { ref, digest }: { readonly ref: string; readonly digest: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  const exact = exactReference(ref, digest)
  // Podman's own word, since what it has is not to be taken away.
  if ((await host.query(podman.exists(host.environment, exact))).exitCode === 0) return
  await host.writeFile(marker(paths, ref), exact)
  await pullImage(host, exact, signal)
}

/** Pulls an image ahead of the run that is to unpack it: that takes long, and needs no lock but podman's own. Raises as `pullImage`. */
export async function stageImage(
  host: Host,
  paths: Paths,
  { source, digest, pull_policy }: ImageSpec,
  signal: AbortSignal,
): Promise<void> {
  if (source.type !== 'ref' || pull_policy === 'never') return
  if (digest !== undefined && (await isUnpacked(host, paths, digest))) return
  if ((await localImage(host, source.ref, digest)) === undefined)
    await pullAsOurs(host, paths, { ref: source.ref, digest }, signal)
}

/**
 * Takes out of podman's storage what was pulled for us alone. Podman refuses while a container of its own uses the image: then it is no
 * longer ours. Answers whether it is gone.
 */
export async function dropPulled(host: Host, paths: Paths, ref: string): Promise<boolean> {
  const exact = await host.readFile(marker(paths, ref))
  const dropped = exact === undefined || (await host.attempt(podman.remove(host.environment, exact))).exitCode === 0
  await host.removeTree(marker(paths, ref))
  return dropped
}

/** The same for whatever runs that were killed have left. */
export async function dropAllPulled(host: Host, paths: Paths): Promise<void> {
  for (const name of await host.readDir(stagedPath(paths))) {
    const exact = await host.readFile(join(stagedPath(paths), name))
    if (exact !== undefined) await host.attempt(podman.remove(host.environment, exact))
    await host.removeTree(join(stagedPath(paths), name))
  }
}
