import { join } from 'node:path'
import type { Command } from '../../../host/host.ts'
import { commandFailedError } from '../../../host/process/command-failed.ts'
import { HeroPodsError, refusedError } from '../../../model/errors.ts'
import type { ImageConfig } from '../../../model/kinds/image.ts'
import type { ReadContext, WriteContext } from '../../provider.ts'
import type { ArchiveEntry } from './archive-entries.ts'
import { requireRoomForLayers } from './named/layer-sizes.ts'
import * as podman from './podman.ts'
import { requirePodman } from './podman-setting.ts'
import { unmountBelow } from './store.ts'

/** An image in layers, as `docker save` and `podman save` write it. */
export interface ArchivedImage {
  readonly kind: 'image'
}

const [dockerIndex, ociIndex, ociLayout] = ['manifest.json', 'index.json', 'oci-layout']
/** True for the index files at the top of an archive, which list its images. Pure. */
export const isIndex = (name: string): boolean => [dockerIndex, ociIndex, ociLayout].includes(name)
const maxIndexBytes = 4 * 2 ** 20

/**
 * The image that the index of an archive lists; undefined: the archive is a root file system, which may have files with these names too.
 * Raises `archive-of-images`, `archive-unreadable` (refused).
 */
export async function archivedImage(
  read: ReadContext,
  path: string,
  indexes: ReadonlyMap<string, ArchiveEntry>,
  names: ReadonlySet<string>,
): Promise<ArchivedImage | undefined> {
  const docker = dockerImages(await indexContent(read, path, indexes.get(dockerIndex)))
  const oci = indexes.has(ociLayout) ? ociImages(await indexContent(read, path, indexes.get(ociIndex))) : []
  const images = docker.length > 0 ? docker : oci
  if (images.length === 0) return undefined
  if (images.length > 1) throw severalImagesError(path, images)
  const missing = images[0]?.parts.find((part) => !names.has(part))
  if (missing !== undefined)
    throw refusedError({
      code: 'archive-unreadable',
      message: `${path} is not an archive that can be unpacked: its image needs the blob ${missing}, which is not in it.`,
      hint: 'Save the image again.',
    })
  return { kind: 'image' }
}

interface SavedImage {
  readonly name: string
  /** Names of the files of the archive that belong to the image. */
  readonly parts: readonly string[]
}

/** Images that a `manifest.json` of Docker lists; none if the file has another format. Pure. */
export function dockerImages(content: unknown): readonly SavedImage[] {
  if (!Array.isArray(content)) return []
  const images = content.map((one: unknown) => {
    const { Config, Layers, RepoTags } = (one ?? {}) as Partial<Record<string, unknown>>
    if (typeof Config !== 'string' || !areTexts(Layers)) return undefined
    return { name: areTexts(RepoTags) ? RepoTags.join(', ') : '', parts: [Config, ...Layers] }
  })
  return images.every((image) => image !== undefined) ? images : []
}

/** Images that an `index.json` (OCI) lists; none if the file has another format. Pure. */
export function ociImages(content: unknown): readonly SavedImage[] {
  const { manifests } = (content ?? {}) as { readonly manifests?: unknown }
  if (!Array.isArray(manifests)) return []
  const images = manifests.map((one: unknown) => {
    const { digest, annotations } = (one ?? {}) as { digest?: unknown; annotations?: Record<string, unknown> }
    if (typeof digest !== 'string') return undefined
    const name = annotations?.['org.opencontainers.image.ref.name']
    return { name: typeof name === 'string' ? name : '', parts: [`blobs/${digest.replace(':', '/')}`] }
  })
  return images.every((image) => image !== undefined) ? images : []
}

const areTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

async function indexContent(read: ReadContext, path: string, entry: ArchiveEntry | undefined): Promise<unknown> {
  if (entry === undefined || entry.size > maxIndexBytes) return undefined
  const { exitCode, stdout } = await read.host.query({
    program: 'tar',
    args: ['--extract', '--to-stdout', '--occurrence=1', '--file', path, '--', entry.rawName],
    timeoutMs: 600_000,
  })
  try {
    return exitCode === 0 ? (JSON.parse(stdout) as unknown) : undefined
  } catch {
    return undefined
  }
}

const severalImagesError = (path: string, images: readonly SavedImage[]): HeroPodsError =>
  refusedError({
    code: 'archive-of-images',
    message: `${path} contains ${images.length} images: ${images.map(({ name }) => name || 'one without a name').join('; ')}.`,
    hint: 'Save one image in one archive: `podman save -o FILE IMAGE`.',
  })

/** Lets podman unpack the layers in a temporary storage beside `rootfs`. The user's own storage is not changed. */
export async function unpackArchivedImage(write: WriteContext, path: string, rootfs: string): Promise<ImageConfig> {
  await requirePodman(write, path)
  const { host, abortSignal: signal } = write
  const store = join(rootfs, '..', 'store')
  const inStore = podman.inStore(store)
  try {
    await host.makeDir(store)
    const plain = await plainArchive(write, path, store)
    await requireRoomForLayers(write, plain, store)
    await loadImage(write, inStore(podman.load(host.environment, plain)), path)
    const id = (await host.run(inStore(podman.ids(host.environment)), signal)).stdout.trim().split('\n')[0] ?? ''
    const image = podman.parseInspect((await host.run(inStore(podman.inspect(host.environment, id)), signal)).stdout)
    const mounted = (await host.run(inStore(podman.mount(host.environment, id)), signal)).stdout.trim()
    await host.run(podman.copy(mounted, rootfs), signal)
    return image.config
  } finally {
    await unmountBelow(host, store)
    await host.removeTree(store)
  }
}

/** Loads an image into podman. Raises `archive-damaged` with podman's message, or the error of the host if podman could not work. */
async function loadImage({ host, abortSignal: signal }: WriteContext, command: Command, path: string): Promise<void> {
  const result = await host.attempt(command, signal)
  if (result.exitCode === 0) return
  const failure = commandFailedError(result)
  if (
    signal.aborted ||
    result.exitCode === undefined ||
    failure.diagnostics.some(({ code }) => code !== 'command-failed')
  )
    throw failure
  const podmanMessage = result.stderr.trim().split('\n').at(-1) ?? ''
  throw new HeroPodsError({
    code: 'archive-damaged',
    message: `podman cannot read the image in ${path}: ${podmanMessage}.`,
    hint: 'Copy the archive again from its origin, or save the image again.',
  })
}

/** Podman loads images only from uncompressed archives whose names have no `./`. Other archives are packed again. */
async function plainArchive({ host, abortSignal: signal }: WriteContext, path: string, store: string): Promise<string> {
  const header = (await host.readStart(path, 512)).toString('latin1')
  if (header.startsWith('ustar', 257) && !header.startsWith('../../image') && !header.startsWith('/')) return path
  const [folder, plain] = [join(store, 'archive'), join(store, 'image.tar')]
  await host.makeDir(folder)
  const tar = (...args: readonly string[]): Command => ({ program: 'tar', args, timeoutMs: 3_600_000 })
  await host.run(tar('--extract', '--file', path, '--directory', folder), signal)
  const names = await host.readDir(folder)
  await host.run(tar('--create', '--file', plain, '--directory', folder, '--', ...names), signal)
  await host.removeTree(folder)
  return plain
}
