import { rm, unlink } from 'node:fs/promises'
import { HeroPodsError } from '../../../model/errors.ts'
import { codeOf } from '../../error-code.ts'
import { mountsBelow } from '../../files/mounts.ts'
import type { Host } from '../../host.ts'

/** Time limit of a removal, milliseconds. */
const removalTimeoutMs = 600_000

/** See `FileWriter.removeTree`. */
export async function removeTree(host: Host, path: string): Promise<void> {
  const mounted = await mountsBelow(host, path)
  if (mounted.length > 0) {
    throw new HeroPodsError({
      code: 'still-mounted',
      message: `${path} is not removed: ${mounted[0]} is still mounted.`,
      hint: 'Find its user with `fuser -vm`, end it and run the command again.',
      retryable: true,
    })
  }
  try {
    await rm(path, { recursive: true, force: true })
  } catch (error) {
    const failedPath =
      error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined
    // If a file cannot be removed, Node tries to remove it as a folder, and reports that it is not a folder.
    if (codeOf(error) === 'ENOTDIR' && failedPath !== undefined) {
      await unlink(failedPath)
      return host.removeTree(path)
    }
    if (codeOf(error) !== 'ENAMETOOLONG') throw error
    // Node uses full paths, which are limited to 4096 bytes. rm opens one folder after the other.
    const args = ['--recursive', '--force', '--one-file-system', '--', path]
    await host.run({ program: 'rm', args, timeoutMs: removalTimeoutMs })
  }
}
