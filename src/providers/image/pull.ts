import { join } from 'node:path'
import { HeroPodsError } from '../../errors.ts'
import type { Host, HostReader } from '../../host/host.ts'
import { type Paths, shortHash } from '../../paths.ts'
import * as podman from './podman.ts'
import type { ImageSpec } from './spec.ts'
import { isUnpacked } from './store.ts'

/** A reference that means one image for ever, where its digest is known. */
export const exactReference = (ref: string, digest: string | undefined): string =>
  digest === undefined ? ref : `${ref.split('@')[0]?.replace(/:[^/:]+$/, '')}@${digest}`

/** Raises `image-pull-failed` with what podman said. */
export async function pullImage(host: Host, ref: string, signal?: AbortSignal): Promise<void> {
  const result = await host.attempt(podman.pull(ref), signal)
  if (result.exitCode === 0) return
  throw new HeroPodsError({
    code: 'image-pull-failed',
    message: `podman could not pull ${ref}: ${result.stderr.trim().split('\n').at(-1) ?? ''}`,
    hint: 'Check the reference, the registry and `podman login`.',
    retryable: true,
  })
}

const marker = (paths: Paths, ref: string): string => join(paths.data, 'images', 'staged', shortHash(ref))

/**
 * Pulls an image ahead of the run that is to unpack it: that takes long, and needs no lock but podman's own. Raises
 * `image-pull-failed`.
 */
export async function stageImage(
  host: Host,
  paths: Paths,
  { source, digest, pull_policy }: ImageSpec,
  signal: AbortSignal,
): Promise<void> {
  if (source.type !== 'ref' || pull_policy === 'never') return
  if (digest !== undefined && (await isUnpacked(host, paths, digest))) return
  const exact = exactReference(source.ref, digest)
  if ((await host.query(podman.exists(exact))).exitCode === 0) return
  // Whoever claims it knows by this that podman had not had it before.
  if ((await host.query(podman.exists(source.ref))).exitCode !== 0)
    await host.writeFile(marker(paths, source.ref), source.ref)
  await pullImage(host, exact, signal)
}

/** Whether a reference is in podman's storage only because it was staged. */
export const wasStaged = async (host: HostReader, paths: Paths, ref: string): Promise<boolean> =>
  (await host.stat(marker(paths, ref))) !== undefined

export const forgetStaged = (host: Host, paths: Paths, ref: string): Promise<void> =>
  host.removeTree(marker(paths, ref))
