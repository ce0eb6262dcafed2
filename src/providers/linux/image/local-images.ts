import { join } from 'node:path'
import { readForeignJson } from '../../../host/files/json.ts'
import type { HostReader } from '../../../host/host.ts'
import { listOf, object } from '../../../model/values/shape.ts'

/** An image in podman's storage. */
export interface LocalImage {
  readonly id: string
  readonly names: readonly string[]
  /** Of the image as it is. */
  readonly digest: string
  /** Its own and those of lists of platforms that it was found through. */
  readonly digests: ReadonlySet<string>
}

/** A line of `images.json` (containers/storage). */
interface Stored {
  readonly id?: string
  readonly digest?: string
  readonly names?: readonly string[]
  readonly 'big-data-digests'?: Readonly<Record<string, string>>
}

interface Storage {
  readonly driver: string
  readonly folders: readonly string[]
}

/** What storage.conf(5) says; of TOML as much as is needed here: it is read at every plan. Pure. */
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
 * The images that podman has, from its own files: to ask podman costs more than all the rest of a plan, and would make its storage where
 * there is none.
 */
export async function readLocalImages(host: HostReader): Promise<readonly LocalImage[]> {
  const stated = host.environment.CONTAINERS_STORAGE_CONF
  const confs = stated ? [stated] : ['/etc/containers/storage.conf', '/usr/share/containers/storage.conf']
  const texts = await Promise.all(confs.map((path) => host.readFile(path)))
  const { driver, folders } = parseStorageConf(texts.find((text) => text !== undefined) ?? '')
  const found = await Promise.all(
    folders.map((folder) =>
      readForeignJson<readonly Stored[]>(host, join(folder, `${driver}-images`, 'images.json'), listOf(object({}))),
    ),
  )
  return found.flatMap((images) => (Array.isArray(images) ? images : [])).flatMap(localImage)
}

function localImage({ id, digest, names, 'big-data-digests': data }: Stored): readonly LocalImage[] {
  if (typeof id !== 'string') return []
  const own = digest || `sha256:${id}`
  const manifests = Object.entries(data ?? {}).flatMap(([name, each]) => (name.startsWith('manifest') ? [each] : []))
  return [{ id, names: names ?? [], digest: own, digests: new Set([own, ...manifests]) }]
}

/** The image that a reference means: of its digest where it has one, else of its name. Pure. */
export function findLocal(images: readonly LocalImage[], ref: string): LocalImage | undefined {
  const digest = ref.split('@')[1]
  return images.find((image) => (digest === undefined ? image.names.includes(ref) : image.digests.has(digest)))
}

/** Whether a registry can be asked for a reference: `localhost/NAME` is what was built on this host. Pure. */
export const isBuiltHere = (ref: string): boolean => ref.startsWith('localhost/')
