import type { StackFile } from '../../generated/stack-file.ts'
import { statSync } from '../../host/caller-files.ts'
import { readPlainFile } from '../../host/files/plain-file.ts'
import type { Problems } from '../check/problem.ts'
import { mountParts } from '../normalise/container/mount-parts.ts'
import type { Path } from './position.ts'

/** Pointers of Git LFS are shorter than this, bytes. */
const maxPointerBytes = 1024
const firstLine = 'version https://git-lfs.github.com/spec/v1\n'

export const lfsHint =
  '`git lfs pull` fetches its content, where the folder is a clone; a repository that `watch --git` follows must hold the file itself.'

/** True for the bytes of a Git LFS pointer. Pure. */
export const isLfsPointer = (bytes: Buffer): boolean =>
  bytes.length <= maxPointerBytes && bytes.toString('latin1').replaceAll('\r\n', '\n').startsWith(firstLine)

/** Reports files of a stack that are only Git LFS pointers: the container would get the pointer as content. */
export function reportLfsPointers(data: StackFile, problems: Problems): void {
  for (const { path, file } of namedFiles(data))
    if (isPointerFile(file))
      problems.add('git-lfs-pointer', path, `${file} is a pointer of Git LFS, and its content is not here.`, lfsHint)
}

interface NamedFile {
  readonly path: Path
  readonly file: string
}

function namedFiles(data: StackFile): readonly NamedFile[] {
  const sources = (['configs', 'secrets'] as const).flatMap((kind) =>
    Object.entries(data[kind] ?? {}).map(([name, { file }]) => ({ path: [kind, name, 'file'], file })),
  )
  const archives = Object.entries(data.images ?? {}).map(([name, image]) => ({
    path: ['images', name, 'archive'],
    file: image.archive,
  }))
  const mounts = Object.entries(data.containers ?? {}).flatMap(([name, container]) =>
    (container.volumes ?? []).map((mount, index) => ({
      path: ['containers', name, 'volumes', index],
      file: typeof mount === 'string' ? mountParts(mount)[0] : mount.source,
    })),
  )
  const environments = Object.entries(data.containers ?? {}).flatMap(([name, container]) =>
    [container.env_file ?? []].flat().map((one) => ({
      path: ['containers', name, 'env_file'],
      file: typeof one === 'string' ? one : one.path,
    })),
  )
  return [...sources, ...archives, ...mounts, ...environments].flatMap(({ path, file }) =>
    file?.startsWith('/') ? [{ path, file }] : [],
  )
}

/** Unreadable files are reported elsewhere. */
function isPointerFile(file: string): boolean {
  try {
    const stat = statSync(file)
    if (!stat.isFile() || stat.size > maxPointerBytes) return false
    return isLfsPointer(readPlainFile(file, maxPointerBytes))
  } catch {
    return false
  }
}
