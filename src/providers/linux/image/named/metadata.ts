import type { HostReader } from '../../../../host/host.ts'
import { refusedError } from '../../../../model/errors.ts'
import type { ImageConfig } from '../../../../model/kinds/image.ts'
import { object, type Parsed, parseAs, type Shape, text } from '../../../../model/values/shape.ts'
import { stableJson } from '../../../../model/values/stable-json.ts'
import type { ReadContext } from '../../../provider.ts'
import type { ArchiveEntry } from '../archive-entries.ts'
import { imageRecord } from './image-record.ts'

/** The first entry of an archive that `heropods image export` writes: the configuration of the image. It is not a file of the image. */
export const metadataName = '.heropods-image.json'
const version = 'heropods/image/v1'
const longestMetadata = 2 ** 20

interface Metadata {
  readonly apiVersion: string
  readonly config: ImageConfig
}
const metadata: Shape<Metadata> = object({ apiVersion: text, config: imageRecord })

/** The text of the entry. Equal configurations have equal texts. Pure. */
export const metadataText = (config: ImageConfig): string => `${stableJson({ apiVersion: version, config }, 2)}\n`

/** The fault of an entry that has the name of the metadata and cannot be the metadata, as a clause for a message. `position` counts from 1. Pure. */
export function metadataFault({ name, type, size }: ArchiveEntry, position: number): string | undefined {
  if (name !== metadataName || (position === 1 && type === '-' && size <= longestMetadata)) return undefined
  return `its entry "${metadataName}" is not its first one, not a regular file, or larger than 1 MiB`
}

/** The configuration in the text of the entry, or the problem with it. Pure. */
export function parseMetadata(json: string): Parsed<ImageConfig> {
  const { value, problem } = parseAs(metadata, json)
  if (problem !== undefined) return { problem: problem.startsWith('/') ? `has a wrong value: ${problem}` : problem }
  return value.apiVersion === version
    ? { value: value.config }
    : { problem: `has the version ${JSON.stringify(value.apiVersion)}, and this HeroPods reads ${version}` }
}

/** The configuration of an archive, from its entry. Raises `archive-unreadable` (refused). */
export async function archivedConfig({ host }: ReadContext, path: string, entry: ArchiveEntry): Promise<ImageConfig> {
  const { stdout } = await host.query({
    program: 'tar',
    args: ['--extract', '--to-stdout', '--occurrence=1', '--file', path, '--', entry.rawName],
    timeoutMs: 600_000,
  })
  const { value, problem } = parseMetadata(stdout)
  if (problem === undefined) return value
  throw refusedError({
    code: 'archive-unreadable',
    message: `${path} is not an archive that can be unpacked: its entry "${metadataName}" ${problem}.`,
    hint: 'Export the image again with `heropods image export`.',
  })
}

/** The configuration of an archive without one: a shell, if the root file system has one. */
export async function shellConfig(host: HostReader, rootfs: string): Promise<ImageConfig> {
  const shell = await host.stat(await host.resolveInRoot(rootfs, '/bin/sh')).catch(() => undefined)
  return shell?.kind === 'file' ? { Cmd: ['/bin/sh'] } : {}
}
