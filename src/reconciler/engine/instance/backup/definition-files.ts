import { join } from 'node:path'
import type { Paths } from '../../../../host/files/paths.ts'
import type { Host, HostReader } from '../../../../host/host.ts'
import type { BackupContent } from './backup-content.ts'

type Definitions = BackupContent['definitions']

const kinds = ['containers', 'images'] as const
const suffix = '.json'
const folderOf = ({ data }: Pick<Paths, 'data'>, kind: string): string => join(data, 'library', kind)

/** The containers and images that programs and scripts have defined one by one. */
export async function readDefinitions(host: HostReader, paths: Pick<Paths, 'data'>): Promise<Definitions> {
  const [containers, images] = await Promise.all(kinds.map((kind) => readKind(host, folderOf(paths, kind))))
  return { containers: containers ?? {}, images: images ?? {} }
}

async function readKind(host: HostReader, folder: string): Promise<Readonly<Record<string, string>>> {
  const files = (await host.readDir(folder)).filter((file) => file.endsWith(suffix))
  const texts = await Promise.all(files.map((file) => host.readFile(join(folder, file))))
  return Object.fromEntries(
    files.flatMap((file, index) => (texts[index] === undefined ? [] : [[file.slice(0, -suffix.length), texts[index]]])),
  )
}

export async function writeDefinitions(
  host: Host,
  paths: Pick<Paths, 'data'>,
  definitions: Definitions,
): Promise<void> {
  for (const kind of kinds)
    for (const [name, text] of Object.entries(definitions[kind]))
      await host.writeFile(join(folderOf(paths, kind), `${name}${suffix}`), text)
}
