import { lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs'
import { rm, unlink } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { HeroPodsError } from '../../../model/errors.ts'
import { codeOf } from '../../error-code.ts'
import { readMounts } from '../../files/mounts.ts'
import type { Host } from '../../host.ts'
import { killPoint } from '../../kill-point.ts'
import { orElse } from './stat.ts'

/** Time limit of a removal, milliseconds. */
const removalTimeoutMs = 600_000
/** Trees with more files are removed asynchronously: other work continues meanwhile. */
const smallTree = 64
/** After this many paths, timers and signals of this process are handled. */
const pathsPerTurn = 16

/** See `FileWriter.removeTrees`. Reads the mount table once, and only if one of the paths is a folder. */
export async function removeTrees(host: Host, paths: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const errors = new Map<string, unknown>()
  let targets: readonly string[] | undefined
  for (const [index, path] of paths.entries()) {
    killPoint('before')
    if (index % pathsPerTurn === pathsPerTurn - 1) await nextTurn()
    try {
      if (removeFile(path)) continue
      targets ??= (await readMounts(host)).map(({ target }) => target)
      const mounted = targets.findLast((target) => target === path || target.startsWith(`${path}/`))
      if (mounted !== undefined) throw stillMountedError(path, mounted)
      if (!removeSmall(path, { files: smallTree })) await removeLarge(host, path)
    } catch (error) {
      errors.set(path, error)
    }
  }
  return errors
}

/** Removes a path that is not a folder. Returns false for a folder, and for a file on which something is mounted. */
function removeFile(path: string): boolean {
  const stat = orElse(() => lstatSync(path, { throwIfNoEntry: false }), undefined)
  if (stat === undefined) return true
  if (stat.isDirectory()) return false
  try {
    orElse(() => unlinkSync(path), undefined)
    return true
  } catch (error) {
    if (codeOf(error) === 'EBUSY') return false
    throw error
  }
}

/** Removes a folder with few files. Returns false if it has more, or if something cannot be removed; a part may be removed then. */
function removeSmall(path: string, left: { files: number }): boolean {
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      left.files -= 1
      if (left.files < 0) return false
      const below = `${path}/${entry.name}`
      if (!entry.isDirectory()) unlinkSync(below)
      else if (!removeSmall(below, left)) return false
    }
    rmdirSync(path)
    return true
  } catch {
    return false
  }
}

async function removeLarge(host: Host, path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch (error) {
    const failedPath =
      error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined
    // If a file cannot be removed, Node tries to remove it as a folder, and reports that it is not a folder.
    if (codeOf(error) === 'ENOTDIR' && failedPath !== undefined) {
      await unlink(failedPath)
      return removeLarge(host, path)
    }
    if (codeOf(error) !== 'ENAMETOOLONG') throw error
    // Node uses full paths, which are limited to 4096 bytes. rm opens one folder after the other.
    const args = ['--recursive', '--force', '--one-file-system', '--', path]
    await host.run({ program: 'rm', args, timeoutMs: removalTimeoutMs })
  }
}

const stillMountedError = (path: string, mounted: string): HeroPodsError =>
  new HeroPodsError({
    code: 'still-mounted',
    message: `${path} is not removed: ${mounted} is still mounted.`,
    hint: 'Find its user with `fuser -vm`, end it and run the command again.',
    retryable: true,
  })
