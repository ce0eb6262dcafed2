import { isAbsolute, relative } from 'node:path'
import type { Commit, GenerationOrigin } from '../../model/generation.ts'
import { listOf, object, text } from '../../model/values/shape.ts'
import { commitFormat, parseCommit } from './git-commit.ts'

/** A commit, and the files that it changed and no later commit did. Paths relative to the root of the repository. */
export interface FileCommit {
  readonly commit: Commit
  readonly files: readonly string[]
}

export const commitShape = object<Commit>({ id: text, subject: text, author: text, time: text })
export const fileCommitsShape = listOf(object<FileCommit>({ commit: commitShape, files: listOf(text) }))

/** So many commits are searched for the one that changed a file. */
export const historyDepth = 50

/** Starts each commit in the output of `git log`. No name of a file begins with it, because git quotes control characters. */
const start = '\u0001'

/** Arguments of git. Merges only count for the files that they themselves changed. */
export const fileLogArguments = (commit: string): readonly string[] => [
  ...['-c', 'core.quotePath=false', 'log', '-c', '--name-only', '--no-renames', '--no-show-signature', '--no-ext-diff'],
  ...[`--max-count=${historyDepth}`, commitFormat.replace('--format=', `--format=%x01`), commit],
]

/**
 * The last commit of each file, newest first, from the output of `git log`. `boundary`: IDs of commits whose parents were not fetched. They
 * seem to add every file, so nothing is known of their files. Pure.
 */
export function parseFileCommits(log: string, boundary: ReadonlySet<string>): readonly FileCommit[] {
  const seen = new Set<string>()
  return log.split(start).flatMap((entry) => {
    const [head = '', ...names] = entry.split('\n')
    const commit = parseCommit(head)
    if (commit === undefined || boundary.has(commit.id)) return []
    const files = names.filter((name) => name !== '' && !seen.has(name))
    for (const name of files) seen.add(name)
    return files.length === 0 ? [] : [{ commit, files }]
  })
}

/** The newest commit that changed one of these files; undefined: it is not among the known ones. Absolute paths are below `root`. Pure. */
export function commitOfFiles(
  known: readonly FileCommit[],
  root: string,
  files: readonly string[],
): Commit | undefined {
  const names = new Set(files.map((file) => (isAbsolute(file) ? relative(root, file) : file)))
  return known.find((one) => one.files.some((file) => names.has(file)))?.commit
}

/** The origin of some of the files of a revision. */
export type OriginOf = (files: readonly string[]) => GenerationOrigin

/** The newest commit, without its author and subject: it may not have changed the files in question. Pure. */
export const withoutAuthor = (commit: Commit): Commit => ({ ...commit, subject: '', author: '' })
