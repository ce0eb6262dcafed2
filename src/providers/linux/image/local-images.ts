import { join } from 'node:path'
import { readForeignJson } from '../../../host/files/json.ts'
import type { HostReader } from '../../../host/host.ts'
import { listOf, object } from '../../../model/values/shape.ts'

/** An image in podman's storage. */
export interface LocalImage {
  readonly id: string
  readonly names: readonly string[]
  /** Digest of the image's own manifest. */
  readonly digest: string
  /** `digest`, and the digests of the multi-platform indexes through which it was pulled. */
  readonly digests: ReadonlySet<string>
  /** Id of its uppermost layer. */
  readonly layer?: string
}

/** An entry of `images.json` (containers/storage). */
interface Stored {
  readonly id?: string
  readonly digest?: string
  readonly names?: readonly string[]
  readonly layer?: string
  readonly 'big-data-digests'?: Readonly<Record<string, string>>
}

interface Storage {
  readonly driver: string
  readonly folders: readonly string[]
}

/** Parses storage.conf(5). Handles only the needed part of TOML, since every plan reads the file. Pure. */
export function parseStorageConf(text: string): Storage {
  const lines = text.replace(/^\s*#.*$/gm, '')
  const value = (name: string): string | undefined => new RegExp(`^\\s*${name}\\s*=\\s*"([^"]*)"`, 'm').exec(lines)?.[1]
  const others = /^\s*additionalimagestores\s*=\s*\[([^\]]*)\]/m.exec(lines)?.[1] ?? ''
  return {
    driver: value('driver') || 'overlay',
    folders: [
      value('graphroot') || '/var/lib/containers/storage',
      ...[value('imagestore') ?? '', ...[...others.matchAll(/"([^"]*)"/g)].map(([, folder]) => folder ?? '')],
    ].filter(Boolean),
  }
}

/**
 * The images in podman's storage, read from its files. A call of podman takes longer than the rest of a plan, and creates a storage if
 * there is none.
 */
export async function readLocalImages(host: HostReader): Promise<readonly LocalImage[]> {
  const { driver, folders } = await readStorage(host)
  const found = await Promise.all(
    folders.map((folder) =>
      readForeignJson<readonly Stored[]>(host, join(folder, `${driver}-images`, 'images.json'), listOf(object({}))),
    ),
  )
  return found.flatMap((images) => (Array.isArray(images) ? images : [])).flatMap(localImage)
}

/** Where podman's storage is, from storage.conf(5). */
export async function readStorage(host: HostReader): Promise<Storage> {
  const configured = host.environment.CONTAINERS_STORAGE_CONF
  const confs = configured ? [configured] : ['/etc/containers/storage.conf', '/usr/share/containers/storage.conf']
  const texts = await Promise.all(confs.map((path) => host.readFile(path)))
  return parseStorageConf(texts.find((text) => text !== undefined) ?? '')
}

function localImage({ id, digest, names, layer, 'big-data-digests': data }: Stored): readonly LocalImage[] {
  if (typeof id !== 'string') return []
  const own = digest || `sha256:${id}`
  const manifests = Object.entries(data ?? {}).flatMap(([name, each]) => (name.startsWith('manifest') ? [each] : []))
  return [
    {
      id,
      names: names ?? [],
      digest: own,
      digests: new Set([own, ...manifests]),
      ...(layer !== undefined && { layer }),
    },
  ]
}

/** Finds the image of a reference: by its digest if the reference has one, else by its name. Pure. */
export function findLocal(images: readonly LocalImage[], ref: string): LocalImage | undefined {
  const digest = ref.split('@')[1]
  return images.find((image) => (digest === undefined ? image.names.includes(ref) : image.digests.has(digest)))
}

/** True for `localhost/NAME`, an image that no registry has: it was built, imported or tagged on this host. Pure. */
export const isLocalhostRef = (ref: string): boolean => ref.startsWith('localhost/')
