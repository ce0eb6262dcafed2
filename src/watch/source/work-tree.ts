import { createHash } from 'node:crypto'
import { dirname, join, relative, resolve } from 'node:path'
import { existsSync, realpathSync } from '../../host/caller-files.ts'
import { readPlainFile } from '../../host/files/plain-file.ts'
import type { Host } from '../../host/host.ts'
import type { Commit } from '../../model/generation.ts'
import { type FileCommit, fileLogArguments, parseFileCommits } from './file-commits.ts'
import { commitFormat, parseCommit } from './git-commit.ts'

/** Of one command of git. Milliseconds. */
const timeoutMs = 5000
/** A larger file counts as changed. Bytes. */
const maxComparedBytes = 16 * 1024 * 1024

/**
 * The newest commit of the git work tree around a folder, if the files of the stacks are those of that commit. undefined: the folder is in
 * no work tree, a file has changed since or was never committed, or git does not trust the owner of the tree. Files outside of the tree do
 * not count. Files are compared by their hash, because `git status` would run programs that the configuration of the tree names.
 */
export async function workTreeCommit(
  host: Host,
  folder: string,
  files: readonly string[],
): Promise<Commit | undefined> {
  const root = workTreeAround(folder)
  if (root === undefined) return undefined
  const git = (args: readonly string[]) => gitIn(host, root, args)
  const shown = await git(['log', '-1', '--no-show-signature', commitFormat])
  const commit = shown.exitCode === 0 ? parseCommit(shown.stdout) : undefined
  const own = [...new Set(files)].map((path) => relative(root, realOf(path))).filter((path) => !path.startsWith('..'))
  if (commit === undefined || own.length === 0) return undefined
  const listed = await git(['ls-tree', '-r', '-z', '--full-tree', commit.id, '--', ...own])
  const committed = committedBlobs(listed.stdout)
  return listed.exitCode === 0 && own.every((path) => committed.get(path) === blobId(join(root, path)))
    ? commit
    : undefined
}

const gitIn = (host: Host, root: string, args: readonly string[]) =>
  host.query({ program: 'git', args: ['-C', root, ...args], env: environmentOf(host), timeoutMs })

/** The last commits that changed files of the work tree around a folder, up to a commit, and the folder as it is in `root`. */
export async function workTreeHistory(
  host: Host,
  folder: string,
  commit: Commit,
): Promise<{ readonly root: string; readonly known: readonly FileCommit[] }> {
  const real = workTreeAround(folder) ?? folder
  // Files of the stacks have the path by which the user named the folder.
  const root = resolve(folder, relative(realOf(folder), real))
  const shown = await gitIn(host, real, fileLogArguments(commit.id))
  const shallow = await gitIn(host, real, ['rev-parse', '--git-path', 'shallow'])
  const boundary = (await host.readFile(resolve(real, shallow.stdout.trim()))) ?? ''
  return { root, known: shown.exitCode === 0 ? parseFileCommits(shown.stdout, new Set(boundary.split('\n'))) : [] }
}

/** The nearest folder with a `.git`. */
function workTreeAround(folder: string): string | undefined {
  for (let current = realOf(folder); ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current
    if (dirname(current) === current) return undefined
  }
}

/** Git reads no configuration of the system or the user, and asks nothing. */
const environmentOf = ({ environment }: Host): Readonly<Record<string, string>> => ({
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  // Under sudo git also trusts the trees of the user who called it.
  ...(environment.SUDO_UID !== undefined && { SUDO_UID: environment.SUDO_UID }),
})

/** Path -> ID of the blob, from `git ls-tree -z`. Pure. */
export const committedBlobs = (listing: string): ReadonlyMap<string, string> =>
  new Map(
    listing.split('\0').flatMap((line) => {
      const [, id, path] = /^\d+ blob ([0-9a-f]+)\t([\s\S]*)$/.exec(line) ?? []
      return id === undefined || path === undefined ? [] : [[path, id] as const]
    }),
  )

/** The ID that git gives to the content of a file, in a repository with SHA-1; undefined: it cannot be read. */
function blobId(path: string): string | undefined {
  try {
    const content = readPlainFile(path, maxComparedBytes)
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
  } catch {
    return undefined
  }
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
