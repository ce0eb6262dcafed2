import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { posix } from 'node:path'
import { refuse } from '../../errors.ts'
import type { ReadContext, WriteContext } from '../provider.ts'
import type { ImageConfig } from './spec.ts'

/** Digest of a root file system archive: the SHA-256 of its bytes. Raises `archive-missing` (refused). */
export const archiveDigest = (read: ReadContext, path: string): Promise<string> =>
  read.once(`archive ${path}`, async () => {
    if (!(await stat(path).catch(() => undefined))?.isFile()) {
      throw refuse({
        code: 'archive-missing',
        message: `There is no archive at ${path}.`,
        hint: 'Paths are relative to the file that states them.',
      })
    }
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
    return `sha256:${hash.digest('hex')}`
  })

/** Unpacks a root file system (tar, possibly compressed). Raises `archive-unsafe`, having written nothing, `archive-unreadable`. */
export async function unpackArchive(write: WriteContext, path: string, rootfs: string): Promise<ImageConfig> {
  const listing = await write.host.query({
    program: 'tar',
    args: ['--list', '--verbose', '--quoting-style=literal', '--file', path],
    timeout: 600_000,
  })
  if (listing.exitCode !== 0) {
    throw refuse({
      code: 'archive-unreadable',
      message: `${path} is not an archive that tar can read: ${listing.stderr.trim().split('\n')[0]}`,
      hint: 'Give a tar archive of a root file system, plain or compressed.',
    })
  }
  if (/ (\.\/)?(manifest\.json|oci-layout)$/m.test(listing.stdout)) {
    throw refuse({
      code: 'archive-of-layers',
      message: `${path} is an image in layers, as \`podman save\` writes it, and no root file system.`,
      hint: 'Load it with `podman load` and name it with `ref:`, or make the archive with `podman export`.',
    })
  }
  for (const line of listing.stdout.split('\n').filter(Boolean)) {
    const fault = unsafeEntry(line)
    if (fault)
      throw refuse({
        code: 'archive-unsafe',
        message: `${path} is not unpacked: ${fault}.`,
        hint: 'Make the archive again from a clean root file system.',
      })
  }
  await write.host.run({
    program: 'tar',
    args: [
      '--extract',
      '--file',
      path,
      '--directory',
      rootfs,
      '--numeric-owner',
      '--same-owner',
      '--same-permissions',
      '--delay-directory-restore',
      '--xattrs',
      '--xattrs-include=security.capability',
    ],
    timeout: 600_000,
  })
  return {}
}

/** What is wrong with one line of `tar --list --verbose`; undefined: nothing. */
export function unsafeEntry(line: string): string | undefined {
  const match = /^(.)\S*\s+\S+\s+\S+\s+\S+\s+\S+\s(.*)$/.exec(line)
  if (!match) return `its entry "${line}" cannot be understood`
  const [, type = '', rest = ''] = match
  const [name = '', target] = rest.split(type === 'h' ? ' link to ' : ' -> ')
  if ('bcp'.includes(type)) return `it holds the device ${name}`
  if (leaves(name)) return `its entry ${name} lies outside`
  if (type === 'h' && target !== undefined && leaves(target)) return `its link ${name} leads outside, to ${target}`
  if (
    type === 'l' &&
    target !== undefined &&
    !target.startsWith('/') &&
    leaves(posix.join(posix.dirname(name), target))
  )
    return `its link ${name} leads outside, to ${target}`
  return undefined
}

const leaves = (name: string): boolean =>
  name.startsWith('/') || posix.normalize(name).split('/')[0] === '..' || name.split('/').includes('..')
