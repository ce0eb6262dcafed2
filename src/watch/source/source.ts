import { join, relative, resolve } from 'node:path'
import type { Host } from '../../host/host.ts'
import { type Commit, type GenerationOrigin, shortCommit } from '../../model/generation.ts'
import type { SourceStatus } from '../../model/status.ts'
import type { LoadedDirectory } from '../../stack/load-directory.ts'
import {
  type DirectoryOptions,
  DirectorySource,
  type FilesOrigin,
  type SourceFailure,
  type SourceRevision,
} from './directory.ts'
import { commitOfFiles, type FileCommit, withoutAuthor } from './file-commits.ts'
import { alsoInvalid, filesSummary, problemText } from './files-summary.ts'
import type { GitSource, GitSourceOptions, GitState } from './git-source.ts'
import { workTreeCommit, workTreeHistory } from './work-tree.ts'

/** The source of stacks: a folder, or a repository that watch fetches itself. */
export type SourceRequest =
  | { readonly kind: 'directory'; readonly folder: string }
  | ({ readonly kind: 'git' } & Omit<GitSourceOptions, 'host' | 'folder' | 'onState'>)

export interface SourceOptions {
  readonly host: Host
  readonly request: SourceRequest
  /** Folder for checkouts, below the instance's data. */
  readonly checkouts: string
  readonly settleMs: number
  /** Files that every stack is read with; absolute. */
  readonly inputs: readonly string[]
  load(folder: string): Promise<LoadedDirectory>
  onRevision(revision: SourceRevision): void
  onFailure(failure: SourceFailure): void
  /** A repository can be used again after a failure. */
  onRecovery(): void
}

export interface Source {
  /** Identifies the source in the records of stacks; without passwords. */
  readonly location: string
  status(): SourceStatus
  /** Checks the source now, for a webhook. */
  poll(): Promise<void>
  close(): Promise<void>
}

/** Opens the source. Raises the errors of `openGitSource`. */
export async function openSource(options: SourceOptions): Promise<Source> {
  const { request, host } = options
  if (request.kind === 'git') return openGit(request, options)
  const folder = resolve(request.folder)
  let commit: Commit | undefined
  const origin = async ({ inputs }: LoadedDirectory): Promise<FilesOrigin> => {
    commit = await workTreeCommit(host, folder, inputs)
    if (commit === undefined) return { origin: { origin: folder } }
    const { root, known } = await workTreeHistory(host, folder, commit)
    return filesOrigin(commit, (one) => ({ origin: folder, commit: one }), known, root)
  }
  const followed = follow(folder, { ...options, origin })
  return {
    location: folder,
    status: () => {
      const { revision, ok, reason, summary, problem } = followed.state()
      const result = { ok, ...(reason !== undefined && { reason }), message: withProblem(summary, problem) }
      return { kind: 'directory', location: folder, revision, ...(commit && { commit }), ...result }
    },
    poll: async () => followed.source.check(),
    close: () => followed.source.close(),
  }
}

/** A followed folder: how many stacks or invalid files it has, and the problem of a file that no stack shows. */
interface Followed extends Pick<SourceStatus, 'revision' | 'ok' | 'reason'> {
  readonly summary: string
  readonly problem?: string | undefined
}

const notRead: Followed = { revision: null, ok: true, summary: 'Not read yet' }

const withProblem = (summary: string, problem: string | undefined): string =>
  problem === undefined ? `${summary}.` : `${summary}: ${problem}`

type FollowOptions = SourceOptions & Pick<DirectoryOptions, 'origin'>

function follow(folder: string, options: FollowOptions) {
  const { host, settleMs, inputs, load, origin, onRevision, onFailure } = options
  let state = notRead
  const source = new DirectorySource({
    host,
    folder,
    settleMs,
    inputs,
    load,
    origin,
    onRevision: (revision) => {
      const { failures } = revision.loaded
      // Other problems are in the status of their stacks.
      const unshown = failures.find(({ stack }) => stack === undefined)
      state = {
        revision: revision.revision,
        ok: failures.length === 0,
        ...(failures.length > 0 && { reason: 'Invalid' }),
        summary: filesSummary(revision.loaded),
        problem: unshown && `${problemText(unshown)}${alsoInvalid(failures, unshown)}`,
      }
      onRevision(revision)
    },
    onFailure: (failure) => {
      const { reason, message } = failure
      state = { ...state, ok: false, reason, summary: message.replace(/\.$/, ''), problem: undefined }
      onFailure(failure)
    },
  })
  return { source, state: () => state }
}

async function openGit(request: SourceRequest & { kind: 'git' }, options: SourceOptions): Promise<Source> {
  const { openGitSource } = await import('./git-source.ts')
  const { kind: _, ...settings } = request
  let failing: string | undefined
  let followed: ReturnType<typeof follow> | undefined
  const root = join(options.checkouts, 'current')
  // Before the first commit there is no folder, and that is not a failure.
  const followCheckout = (): void => {
    followed ??= follow(git.directory, {
      ...options,
      load: async (folder) => inRepository(await options.load(folder), root),
      origin: () => checkoutOrigin(git, root),
    })
  }
  const onState = ({ ok, reason, message }: GitState): void => {
    if (!ok && failing !== reason) options.onFailure({ reason, message })
    if (ok && failing !== undefined) options.onRecovery()
    failing = ok ? undefined : reason
    if (ok) followCheckout()
  }
  const git = await openGitSource({ ...settings, host: options.host, folder: options.checkouts, onState })
  if (git.state.revision !== null) followCheckout()
  return {
    location: git.state.location,
    status: () => ({ ...gitStatus(git.state, followed?.state() ?? notRead), checkout: root }),
    poll: () => git.poll(),
    async close() {
      await git.close()
      await followed?.source.close()
    },
  }
}

/** The status of a repository: why it cannot be read, else the state of its files. Pure. */
export function gitStatus(git: GitState, { ok, reason: invalid, summary, problem }: Followed): SourceStatus {
  const { location, revision, message, fetchedAt } = git
  const reason = git.ok ? invalid : git.reason
  const commit = commitOf(git)
  const commitText = revision === null ? '' : ` at ${shortCommit(revision)}`
  return {
    kind: 'git',
    location,
    revision,
    ...(commit && { commit }),
    ok: git.ok && ok,
    ...(reason !== undefined && { reason }),
    ...(fetchedAt !== undefined && { fetchedAt }),
    message: git.ok ? withProblem(`${summary}${commitText}${message}`, problem) : message,
  }
}

/** The state may still have the commit of an earlier revision. */
const commitOf = ({ revision, commit }: GitState): Commit | undefined =>
  commit && commit.id === revision ? commit : undefined

/** The origin of the files of the checkout. The state of the repository follows a moment after its checkout, so it can have another commit. */
export async function checkoutOrigin(
  git: Pick<GitSource, 'state' | 'currentCommit' | 'fileCommits'>,
  root: string,
): Promise<FilesOrigin> {
  const state = { ...git.state, ...(await git.currentCommit()) }
  const { location, revision } = state
  const commit = commitOf(state)
  if (commit === undefined)
    return { origin: { origin: location + (revision === null ? '' : ` ${revision.slice(0, 12)}`) } }
  const originAt = (one: Commit): GenerationOrigin => {
    const by = one.author === '' ? '' : ` by ${one.author}`
    return { origin: `${location} ${one.id.slice(0, 12)}${by}`, commit: one }
  }
  return filesOrigin(commit, originAt, await git.fileCommits(commit.id), root)
}

/** The origin of all files is the newest commit; that of some of them is the last commit that changed one of these. Pure. */
const filesOrigin = (
  newest: Commit,
  originAt: (commit: Commit) => GenerationOrigin,
  known: readonly FileCommit[],
  root: string,
): FilesOrigin => ({
  origin: originAt(newest),
  originOf: (files) => originAt(commitOfFiles(known, root, files) ?? withoutAuthor(newest)),
})

/** Stacks of a checkout, with places of problems relative to the repository, as users know them. */
export function inRepository(loaded: LoadedDirectory, root: string): LoadedDirectory {
  const named = <T extends { readonly file: string }>(place: T): T =>
    place.file.startsWith(`${root}/`) ? { ...place, file: relative(root, place.file) } : place
  const failures = loaded.failures.map((failure) => ({
    ...failure,
    diagnostics: failure.diagnostics.map((one) => ({
      ...one,
      message: one.message.replaceAll(`${root}/`, ''),
      ...(one.hint !== undefined && { hint: one.hint.replaceAll(`${root}/`, '') }),
      ...(one.place && { place: named(one.place) }),
    })),
  }))
  const stacks = [...loaded.stacks].map(([name, desired]) => {
    const own = desired.stacks.map((stack) => ({
      ...stack,
      place: async (...asked: Parameters<typeof stack.place>) => {
        const found = await stack.place(...asked)
        return found && named(found)
      },
      origins: async (...asked: Parameters<typeof stack.origins>) =>
        (await stack.origins(...asked)).map((origin) => origin && named(origin)),
    }))
    return [name, { ...desired, stacks: own }] as const
  })
  return { ...loaded, failures, stacks: new Map(stacks) }
}
