import { join } from 'node:path'
import { readForeignJson } from '../../../host/files/json.ts'
import type { HostReader } from '../../../host/host.ts'
import { listOf, object } from '../../../model/values/shape.ts'
import type { StoredTwice } from '../../image-operations.ts'
import type { InstanceReader } from '../../provider.ts'
import { isLocalhostRef, type LocalImage, readLocalImages, readStorage } from './local-images.ts'
import { listImages } from './store.ts'

/** An entry of `layers.json` (containers/storage). */
export interface StoredLayer {
  readonly id?: string
  readonly parent?: string
  /** Size of the unpacked layer, bytes. */
  readonly 'diff-size'?: number
}

/** Unpacked images that podman's storage has as well. It reads files only: podman would create a storage. */
export async function storedTwice(read: InstanceReader): Promise<readonly StoredTwice[]> {
  const [unpacked, local] = await Promise.all([listImages(read), readLocalImages(read.host)])
  const copies = copiesOf(local, new Set(unpacked))
  return copies.length === 0 ? [] : sized(copies, await readLayers(read.host))
}

/** Images of podman that are unpacked, without those that were built here: podman's copy is their origin. Pure. */
export const copiesOf = (local: readonly LocalImage[], unpacked: ReadonlySet<string>): readonly LocalImage[] =>
  local.filter(
    ({ digests, names }) => !names.some(isLocalhostRef) && [...digests].some((digest) => unpacked.has(digest)),
  )

/** The images with the sizes of their layers. A layer of several images counts once. Pure. */
export function sized(images: readonly LocalImage[], layers: readonly StoredLayer[]): readonly StoredTwice[] {
  const byId = new Map(layers.flatMap((layer) => (layer.id === undefined ? [] : [[layer.id, layer] as const])))
  const counted = new Set<string>()
  return images.map(({ id, names, layer: top }) => {
    let bytes = 0
    for (let layer = top; layer !== undefined && !counted.has(layer); layer = byId.get(layer)?.parent) {
      counted.add(layer)
      bytes += byId.get(layer)?.['diff-size'] ?? 0
    }
    return { name: names[0] ?? id.slice(0, 12), bytes }
  })
}

async function readLayers(host: HostReader): Promise<readonly StoredLayer[]> {
  const { driver, folders } = await readStorage(host)
  const paths = folders.map((folder) => join(folder, `${driver}-layers`, 'layers.json'))
  const found = await Promise.all(
    paths.map((path) => readForeignJson<readonly StoredLayer[]>(host, path, listOf(object({})))),
  )
  return found.flatMap((layers) => layers ?? [])
}
