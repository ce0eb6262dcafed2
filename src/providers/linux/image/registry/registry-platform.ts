import { createHash } from 'node:crypto'
import {
  formatPlatform,
  matchingPlatform,
  type Platform,
  parsePlatform,
} from '../../../../model/kinds/images/platform.ts'
import { listOf, object, optional, parseAs, type Shape, text } from '../../../../model/values/shape.ts'
import type { RegistryAnswer } from './registry.ts'

/** Bytes. Larger manifests are refused by registries too. */
const largestManifest = 4 * 2 ** 20

/** An index of several platforms, or the manifest of one image. */
interface Manifest {
  readonly manifests?: readonly { readonly digest: string; readonly platform?: Partial<Platform> }[]
  readonly config?: { readonly digest: string }
}

export const platformShape: Shape<Partial<Platform>> = object({
  os: optional(text),
  architecture: optional(text),
  variant: optional(text),
})
const manifestShape: Shape<Manifest> = object({
  manifests: optional(listOf(object({ digest: text, platform: optional(platformShape) }))),
  config: optional(object({ digest: text })),
})

/**
 * The digest of the image for a platform, from the answer of a registry: an entry of an index, or the manifest itself if its
 * configuration (`readBlob`) is for that platform.
 */
export async function ofPlatform(
  answer: Response,
  desired: string,
  readBlob: (digest: string) => Promise<Response>,
): Promise<RegistryAnswer> {
  const json = await answer.text()
  const { value: manifest } = json.length > largestManifest ? {} : parseAs(manifestShape, json)
  if (manifest === undefined) return {}
  const images = manifest.manifests
    ? manifest.manifests.map(({ digest, platform }) => ({ digest, ...platform }))
    : await only(json, manifest, readBlob)
  const found = matchingPlatform(images, parsePlatform(desired))
  return found === undefined ? { platforms: images.flatMap(knownPlatform) } : { digest: found.digest }
}

type PlatformImage = Partial<Platform> & { readonly digest: string }

/** The image of a manifest that is not an index. */
async function only(
  json: string,
  { config }: Manifest,
  readBlob: (digest: string) => Promise<Response>,
): Promise<readonly PlatformImage[]> {
  if (config === undefined) return []
  const blob = await readBlob(config.digest)
  const { value: platform } = blob.ok ? parseAs(platformShape, await blob.text()) : {}
  const digest = `sha256:${createHash('sha256').update(json).digest('hex')}`
  return [{ digest, ...platform }]
}

/** Signatures and attestations in an index have the platform `unknown/unknown`. */
const knownPlatform = ({ os, architecture, variant }: Partial<Platform>): readonly string[] =>
  os === undefined || architecture === undefined || os === 'unknown'
    ? []
    : [formatPlatform({ os, architecture, ...(variant !== undefined && { variant }) })]
