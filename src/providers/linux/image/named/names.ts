import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import { type Paths, shortHash } from '../../../../host/files/paths.ts'
import { platformReference } from '../../../../model/kinds/images/platform.ts'
import { localReference } from '../../../../model/kinds/images/reference.ts'
import { libraryOwner } from '../../../../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../../model/resource-address.ts'
import { object, optional, type Shape, text } from '../../../../model/values/shape.ts'
import type { NamedImage } from '../../../image-operations.ts'
import type { InstanceReader, InstanceWriter } from '../../../provider.ts'
import type { Claim } from '../store.ts'

const record: Shape<NamedImage> = object({
  ref: text,
  digest: text,
  origin: text,
  file: optional(text),
  platform: optional(text),
  namedAt: text,
})

const namesPath = (paths: Paths): string => join(paths.data, 'images', 'names')
/** A reference can exceed the limit of a file name, so the file name is a hash. */
const namePath = (paths: Paths, { ref, platform }: Pick<NamedImage, 'ref' | 'platform'>): string =>
  join(namesPath(paths), `${shortHash(platformReference(ref, platform), 32)}.json`)

/** The images that were tagged on this host by an import or a pull, by their full references (`platformReference`). */
export async function readTaggedImages({ host, paths }: InstanceReader): Promise<ReadonlyMap<string, NamedImage>> {
  const files = (await host.readDir(namesPath(paths))).filter((name) => name.endsWith('.json'))
  const found = await Promise.all(files.map((name) => readJson(host, join(namesPath(paths), name), record)))
  return new Map(
    found.flatMap((one) => (one === undefined ? [] : [[platformReference(one.ref, one.platform), one] as const])),
  )
}

/** The images that programs have made with the library: the digest of each by the reference that stacks can use. Pure. */
export const imagesOfPrograms = (claims: ReadonlyMap<ResourceAddress, Claim>): ReadonlyMap<string, string> =>
  new Map(
    [...claims].flatMap(([address, { digest }]) => {
      const { stack, name } = parseResourceAddress(address)
      const ref = stack === libraryOwner ? localReference(name) : undefined
      return ref === undefined ? [] : [[ref, digest] as const]
    }),
  )

export const writeName = ({ host, paths }: InstanceWriter, named: NamedImage): Promise<void> =>
  host.writeFile(namePath(paths, named), JSON.stringify(named))

/** Removes the tags of these images. */
export async function removeNames(write: InstanceWriter, digests: readonly string[]): Promise<void> {
  for (const named of (await readTaggedImages(write)).values())
    if (digests.includes(named.digest)) await write.host.removeFile(namePath(write.paths, named))
}
