import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { readJson } from '../../../host/files/json.ts'
import { mountsBelow, readMounts } from '../../../host/files/mounts.ts'
import type { Paths } from '../../../host/files/paths.ts'
import type { Host, HostReader } from '../../../host/host.ts'
import type { ImageConfig, ImageSpec } from '../../../model/kinds/image.ts'
import { parseResourceAddress, type ResourceAddress, resourceAddress } from '../../../model/resource-address.ts'
import { either, flag, mapOf, object, optional, type Shape, text } from '../../../model/values/shape.ts'
import type { InstanceReader, ReadContext, WriteContext } from '../../provider.ts'
import { imageRecord } from './named/image-record.ts'

/** A stack's claim on an image that it uses. An unpacked image is removed when no claim is left. */
export interface Claim {
  readonly owner: string
  readonly spec: ImageSpec
  readonly digest: string
  /** An earlier version pulled the image and left it in podman's storage. It is removed with the last claim. */
  readonly pulledByUs: boolean
  /** Podman's id of the image; undefined: it does not come from podman, or an earlier version wrote the claim. */
  readonly imageId?: string
}

const source = either(
  object({ type: text, ref: text }),
  object({ type: text, name: text }),
  object({ type: text, path: text }),
)

const claimRecord: Shape<Claim> = object({
  owner: text,
  spec: object({ source, pull_policy: text, labels: mapOf(text), digest: optional(text) }),
  digest: text,
  pulledByUs: flag,
})

const imagesPath = (paths: Paths): string => join(paths.data, 'images')
const folderName = (digest: string): string => digest.replace(/^sha256:/, '')
const claimsPath = (paths: Paths): string => join(imagesPath(paths), 'claims')

/** The read-only root file system of an image: the lower layer of its containers. */
export const rootfsOf = (paths: Paths, digest: string): string => join(imagesPath(paths), folderName(digest), 'rootfs')

export async function readImageConfig(host: HostReader, paths: Paths, digest: string): Promise<ImageConfig> {
  return (await readJson<ImageConfig>(host, configPath(paths, digest), imageRecord)) ?? {}
}

/** True if an image is completely unpacked. Its folder is renamed to the digest only then. */
export const isUnpacked = async (host: HostReader, paths: Paths, digest: string): Promise<boolean> =>
  (await readJson<ImageConfig>(host, configPath(paths, digest), imageRecord)) !== undefined

const configPath = (paths: Paths, digest: string): string => join(imagesPath(paths), folderName(digest), 'image.json')

/** Digests of all unpacked images. */
export const listImages = async ({ host, paths }: InstanceReader): Promise<readonly string[]> =>
  (await host.readDir(imagesPath(paths))).filter((name) => /^[0-9a-f]{64}$/.test(name)).map((name) => `sha256:${name}`)

/** Unpacks an image into a temporary folder, and renames the folder to the digest when it is complete. */
export async function unpack(
  write: Pick<WriteContext, 'host' | 'paths'>,
  digest: string,
  fill: (rootfs: string) => Promise<ImageConfig>,
): Promise<void> {
  const { host, paths } = write
  if (await isUnpacked(host, paths, digest)) return
  await removeTemporaries(write)
  const temporary = join(imagesPath(paths), `.unpacking-${randomBytes(6).toString('hex')}`)
  try {
    await host.makeDir(join(temporary, 'rootfs'), 0o755)
    const config = await fill(join(temporary, 'rootfs'))
    await host.writeFile(join(temporary, 'image.json'), JSON.stringify(config))
    await putInPlace(write, temporary, digest)
  } catch (error) {
    await removeTemporary(write, temporary)
    if (!(await isUnpacked(host, paths, digest))) throw error
  }
}

/**
 * Moves an unpacked image to its place. An existing folder without `image.json` is damaged. If roots of containers are mounted on it, only
 * `image.json` is replaced: removing the folder would remove the files of these containers.
 */
async function putInPlace(
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  fresh: string,
  digest: string,
): Promise<void> {
  const place = join(imagesPath(paths), folderName(digest))
  if ((await host.stat(place)) !== undefined) {
    // Another step of this run has unpacked it meanwhile, and containers may be about to mount it.
    if (await isUnpacked(host, paths, digest)) return host.removeTree(fresh)
    const used = (await readMounts(host)).some((mount) =>
      mount.superOptions.includes(`lowerdir=${join(place, 'rootfs')}`),
    )
    if (used) {
      await host.removeTree(join(place, 'image.json'))
      await host.rename(join(fresh, 'image.json'), join(place, 'image.json'))
      return host.removeTree(fresh)
    }
    await host.removeTree(place)
  }
  await host.rename(fresh, place)
}

/** Instances whose temporary folders this process has removed. */
const removedTemporaries = new WeakSet<Paths>()
/** Removes folders that a killed run left half-unpacked. Runs once a process, so that folders of parallel steps of this run stay. */
async function removeTemporaries({ host, paths }: Pick<WriteContext, 'host' | 'paths'>): Promise<void> {
  if (removedTemporaries.has(paths)) return
  removedTemporaries.add(paths)
  const temporaries = (await host.readDir(imagesPath(paths))).filter((name) => name.startsWith('.unpacking-'))
  for (const name of temporaries) await removeTemporary({ host }, join(imagesPath(paths), name))
}

async function removeTemporary({ host }: Pick<WriteContext, 'host'>, folder: string): Promise<void> {
  await unmountBelow(host, folder)
  await host.removeTree(folder)
}

/** Unmounts everything that podman has mounted below a folder. */
export async function unmountBelow(host: Host, folder: string): Promise<void> {
  for (const target of await mountsBelow(host, folder)) await host.attempt({ program: 'umount', args: [target] })
}

const claimPath = (paths: Paths, image: ResourceAddress): string => {
  const { stack, name } = parseResourceAddress(image)
  return join(claimsPath(paths), stack, `${encodeURIComponent(name)}.json`)
}

export async function readClaims({
  host,
  paths,
}: Pick<ReadContext, 'host' | 'paths'>): Promise<ReadonlyMap<ResourceAddress, Claim>> {
  const claims = new Map<ResourceAddress, Claim>()
  for (const stack of await host.readDir(claimsPath(paths))) {
    for (const file of await host.readDir(join(claimsPath(paths), stack))) {
      const address = imageOfClaim(stack, file)
      const claim = address && (await readJson<Claim>(host, join(claimsPath(paths), stack, file), claimRecord))
      if (claim) claims.set(address, claim)
    }
  }
  return claims
}

/** Images with a claim that cannot be used. Call `readClaims` first: it finds the damaged files. */
export async function unusableClaims({
  host,
  paths,
}: Pick<ReadContext, 'host' | 'paths'>): Promise<readonly ResourceAddress[]> {
  const found: ResourceAddress[] = []
  for (const path of host.damage.keys()) {
    const address =
      dirname(dirname(path)) === claimsPath(paths) ? imageOfClaim(basename(dirname(path)), basename(path)) : undefined
    if (address !== undefined && (await host.stat(path)) !== undefined) found.push(address)
  }
  return found
}

/** The image that a file below `claims` belongs to; undefined: the file is not a claim. */
function imageOfClaim(stack: string, file: string): ResourceAddress | undefined {
  if (!file.endsWith('.json') || file.startsWith('.')) return undefined
  try {
    return resourceAddress(stack, 'image', decodeURIComponent(file.slice(0, -5)))
  } catch {
    return undefined
  }
}

export const writeClaim = (write: WriteContext, image: ResourceAddress, claim: Claim): Promise<void> =>
  write.host.writeFile(claimPath(write.paths, image), JSON.stringify(claim))

export const removeClaim = (write: WriteContext, image: ResourceAddress): Promise<void> =>
  write.host.removeTree(claimPath(write.paths, image))

/** Removes unpacked images from the cache. */
export async function removeCached(
  write: Pick<WriteContext, 'host' | 'paths'>,
  digests: readonly string[],
): Promise<void> {
  for (const digest of digests) await write.host.removeTree(join(imagesPath(write.paths), folderName(digest)))
}
