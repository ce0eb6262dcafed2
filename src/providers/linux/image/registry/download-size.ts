import type { HostReader } from '../../../../host/host.ts'
import {
  hostArchitecture,
  matchingPlatform,
  type Platform,
  parsePlatform,
} from '../../../../model/kinds/images/platform.ts'
import { listOf, number, object, optional, parseAs, type Shape, text } from '../../../../model/values/shape.ts'
import { parseReference, type Requester, requester } from './registry.ts'
import { platformShape } from './registry-platform.ts'

interface Manifest {
  readonly manifests?: readonly { readonly digest: string; readonly platform?: Partial<Platform> }[]
  readonly layers?: readonly { readonly digest: string; readonly size: number }[]
}
const manifestShape: Shape<Manifest> = object({
  manifests: optional(listOf(object({ digest: text, platform: optional(platformShape) }))),
  layers: optional(listOf(object({ digest: text, size: number }))),
})

/**
 * The size of all layers of an image as a registry stores them, in bytes; undefined: no registry answers. A pull downloads less if podman
 * has some of the layers. `platform` is for an index of several platforms; default: that of the host.
 */
export async function downloadSize(
  host: HostReader,
  { ref, digest, platform }: { readonly ref: string; readonly digest: string; readonly platform?: string | undefined },
): Promise<number | undefined> {
  const { endpoints } = await import('./digest-endpoints.ts')
  const desired = parsePlatform(platform ?? `linux/${hostArchitecture(host.system.architecture)}`)
  for (const endpoint of await endpoints(host, parseReference(ref))) {
    const request = requester(endpoint)
    const read = (one: string) => readManifest(request, `${endpoint.url}/v2/${endpoint.repository}/manifests/${one}`)
    const layers = await layersOf(read, digest, desired).catch(() => undefined)
    if (layers !== undefined) return layers.reduce((sum, { size }) => sum + size, 0)
  }
  return undefined
}

async function layersOf(
  read: (digest: string) => Promise<Manifest | undefined>,
  digest: string,
  desired: Platform,
): Promise<Manifest['layers']> {
  const manifest = await read(digest)
  if (manifest?.manifests === undefined) return unique(manifest?.layers)
  const own = matchingPlatform(
    manifest.manifests.map(({ digest: image, platform }) => ({ image, ...platform })),
    desired,
  )
  return own && unique((await read(own.image))?.layers)
}

/** The same layer may be in an image several times; it is downloaded once. */
const unique = (layers: Manifest['layers']): Manifest['layers'] =>
  layers && [...new Map(layers.map((one) => [one.digest, one])).values()]

async function readManifest(request: Requester, url: string): Promise<Manifest | undefined> {
  const answer = await request(url, 'GET')
  return answer.ok ? parseAs(manifestShape, await answer.text()).value : undefined
}
