import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import { type Paths, shortHash } from '../../../../host/files/paths.ts'
import { object, optional, type Shape, text } from '../../../../model/values/shape.ts'
import type { NamedImage } from '../../../image-operations.ts'
import type { InstanceReader, InstanceWriter } from '../../../provider.ts'

const record: Shape<NamedImage> = object({
  ref: text,
  digest: text,
  origin: text,
  file: optional(text),
  namedAt: text,
})

const namesPath = (paths: Paths): string => join(paths.data, 'images', 'names')
/** A reference can exceed the limit of a file name, so the file name is a hash. */
const namePath = (paths: Paths, ref: string): string => join(namesPath(paths), `${shortHash(ref, 32)}.json`)

/** The images that were tagged on this host by an import or a pull, by their full references. */
export async function readTaggedImages({ host, paths }: InstanceReader): Promise<ReadonlyMap<string, NamedImage>> {
  const files = (await host.readDir(namesPath(paths))).filter((name) => name.endsWith('.json'))
  const found = await Promise.all(files.map((name) => readJson(host, join(namesPath(paths), name), record)))
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.ref, one] as const])))
}

export const writeName = ({ host, paths }: InstanceWriter, named: NamedImage): Promise<void> =>
  host.writeFile(namePath(paths, named.ref), JSON.stringify(named))

/** Removes the tags of these images. */
export async function removeNames(write: InstanceWriter, digests: readonly string[]): Promise<void> {
  for (const { ref, digest } of (await readTaggedImages(write)).values())
    if (digests.includes(digest)) await write.host.removeFile(namePath(write.paths, ref))
}
