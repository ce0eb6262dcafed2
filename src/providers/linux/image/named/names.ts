import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import { type Paths, shortHash } from '../../../../host/files/paths.ts'
import type { Host, HostReader } from '../../../../host/host.ts'
import { object, optional, type Shape, text } from '../../../../model/values/shape.ts'
import type { NamedImage } from '../../../image-operations.ts'

const record: Shape<NamedImage> = object({
  ref: text,
  digest: text,
  origin: text,
  file: optional(text),
  namedAt: text,
})

const namesPath = (paths: Paths): string => join(paths.data, 'images', 'names')
/** References may be longer than the name of a file. */
const namePath = (paths: Paths, ref: string): string => join(namesPath(paths), `${shortHash(ref, 32)}.json`)

interface Reader {
  readonly host: HostReader
  readonly paths: Paths
}
interface Writer {
  readonly host: Host
  readonly paths: Paths
}

/** The images with a name of their own, by their full references. */
export async function readNames({ host, paths }: Reader): Promise<ReadonlyMap<string, NamedImage>> {
  const files = (await host.readDir(namesPath(paths))).filter((name) => name.endsWith('.json'))
  const found = await Promise.all(files.map((name) => readJson(host, join(namesPath(paths), name), record)))
  return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.ref, one] as const])))
}

export const writeName = ({ host, paths }: Writer, named: NamedImage): Promise<void> =>
  host.writeFile(namePath(paths, named.ref), JSON.stringify(named))

/** Removes the names of these images. */
export async function removeNames(write: Writer, digests: readonly string[]): Promise<void> {
  for (const { ref, digest } of (await readNames(write)).values())
    if (digests.includes(digest)) await write.host.removeTree(namePath(write.paths, ref))
}
