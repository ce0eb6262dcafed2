import { join, relative, resolve } from 'node:path'
import type { Host } from '../../host/host.ts'
import { firstOf, type Place } from '../../model/errors.ts'
import type { SourceStatus } from '../../model/status.ts'
import type { LoadedDirectory, LoadFailure } from '../../stack/load-directory.ts'
import { DirectorySource, type SourceFailure, type SourceRevision } from './directory.ts'
import type { GitSourceOptions, GitState } from './git-source.ts'

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
}

export interface Source {
  /** Identifies the source in memories of stacks; without passwords. */
  readonly location: string
  status(): SourceStatus
  /** For the history: the folder, or the repository with its commit and the author. */
  origin(): string
  /** Checks the source now, for a webhook. */
  poll(): Promise<void>
  close(): Promise<void>
}

/** Opens the source. Raises the errors of `openGitSource`. */
export async function openSource(options: SourceOptions): Promise<Source> {
  const { request } = options
  if (request.kind === 'git') return openGit(request, options)
  const folder = resolve(request.folder)
  const followed = follow(folder, options)
  return {
    location: folder,
    origin: () => folder,
    status: () => ({ kind: 'directory', location: folder, ...followed.state() }),
    poll: async () => followed.source.check(),
    close: () => followed.source.close(),
  }
}

type Followed = Pick<SourceStatus, 'revision' | 'ok' | 'message'>

const notRead: Followed = { revision: null, ok: true, message: 'Not read yet.' }

function follow(folder: string, { host, settleMs, inputs, load, onRevision, onFailure }: SourceOptions) {
  let state = notRead
  const source = new DirectorySource({
    host,
    folder,
    settleMs,
    inputs,
    load,
    onRevision: (revision) => {
      const { failures, stacks } = revision.loaded
      const message = failures.length > 0 ? invalidFiles(failures) : `Stacks: ${stacks.size}.`
      state = { revision: revision.revision, ok: failures.length === 0, message }
      onRevision(revision)
    },
    onFailure: (failure) => {
      state = { ...state, ok: false, message: failure.message }
      onFailure(failure)
    },
  })
  return { source, state: () => state }
}

/** The number of invalid files, and the problem of one whose stack is unknown: no stack shows it. */
function invalidFiles(failures: readonly LoadFailure[]): string {
  const count = `Invalid files or stacks: ${failures.length}.`
  const fault = firstOf(failures.find(({ stack }) => stack === undefined)?.diagnostics ?? [])
  if (fault === undefined) return count
  const { message, place } = fault
  return `${count} ${place ? `${place.file}:${place.line}:${place.column}: ` : ''}${message}`
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
    })
  }
  const onState = ({ ok, reason, message }: GitState): void => {
    if (!ok && failing !== reason) options.onFailure({ reason, message })
    failing = ok ? undefined : reason
    if (ok) followCheckout()
  }
  const git = await openGitSource({ ...settings, host: options.host, folder: options.checkouts, onState })
  if (git.state.revision !== null) followCheckout()
  return {
    location: git.state.location,
    origin: () => originOf(git.state),
    status: () => {
      const { location, revision, ok, message } = git.state
      const folder = followed?.state() ?? notRead
      return {
        kind: 'git',
        location,
        revision,
        ok: ok && folder.ok,
        message: ok ? `${folder.message} ${message}.` : message,
      }
    },
    poll: () => git.poll(),
    async close() {
      await git.close()
      await followed?.source.close()
    },
  }
}

const originOf = ({ location, revision, author }: GitState): string =>
  `${location}${revision === null ? '' : ` ${revision.slice(0, 12)}`}${author === undefined ? '' : ` by ${author}`}`

/** Stacks of a checkout, with places of problems relative to the repository, as users know them. */
export function inRepository(loaded: LoadedDirectory, root: string): LoadedDirectory {
  const named = (place: Place): Place =>
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
    }))
    return [name, { ...desired, stacks: own }] as const
  })
  return { ...loaded, failures, stacks: new Map(stacks) }
}
