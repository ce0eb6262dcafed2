import { join, relative, resolve } from 'node:path'
import type { Host } from '../../host/host.ts'
import { firstOf, type Place } from '../../model/errors.ts'
import type { SourceStatus } from '../../model/status.ts'
import type { LoadedDirectory, LoadFailure } from '../../stack/load-directory.ts'
import { DirectorySource, type SourceFailure, type SourceRevision } from './directory.ts'
import type { GitSourceOptions, GitState } from './git.ts'

/** What a watch follows: a folder that someone else keeps, or a repository that it fetches itself. */
export type SourceRequest =
  | { readonly kind: 'directory'; readonly folder: string }
  | ({ readonly kind: 'git' } & Omit<GitSourceOptions, 'host' | 'folder' | 'onState'>)

export interface SourceOptions {
  readonly host: Host
  readonly wish: SourceRequest
  /** Folder for checkouts, below the instance's data. */
  readonly checkouts: string
  readonly settleMs: number
  /** Files that every stack is read with; absolute. */
  readonly inputs: readonly string[]
  load(folder: string): Promise<LoadedDirectory>
  onSnapshot(snapshot: SourceRevision): void
  onFailure(failure: SourceFailure): void
}

export interface Source {
  /** Names the source in what is remembered; without passwords. */
  readonly location: string
  status(): SourceStatus
  /** For the history: the folder, or the repository with its commit and who wrote that. */
  origin(): string
  /** Looks at once, for a webhook. */
  poll(): Promise<void>
  close(): Promise<void>
}

/** Opens what is to be followed. Raises what `openGitSource` does. */
export async function openSource(options: SourceOptions): Promise<Source> {
  const { wish } = options
  if (wish.kind === 'git') return openGit(wish, options)
  const folder = resolve(wish.folder)
  const followed = follow(folder, options)
  return {
    location: folder,
    origin: () => folder,
    status: () => ({ kind: 'directory', location: folder, ...followed.state() }),
    poll: async () => followed.source.look(),
    close: () => followed.source.close(),
  }
}

type Followed = Pick<SourceStatus, 'revision' | 'ok' | 'message'>

const notRead: Followed = { revision: null, ok: true, message: 'Not read yet.' }

function follow(folder: string, { host, settleMs, inputs, load, onSnapshot, onFailure }: SourceOptions) {
  let state = notRead
  const source = new DirectorySource({
    host,
    folder,
    settleMs,
    inputs,
    load,
    onSnapshot: (snapshot) => {
      const { failures, stacks } = snapshot.loaded
      const message = failures.length > 0 ? wrongFiles(failures) : `Stacks: ${stacks.size}.`
      state = { revision: snapshot.revision, ok: failures.length === 0, message }
      onSnapshot(snapshot)
    },
    onFailure: (failure) => {
      state = { ...state, ok: false, message: failure.message }
      onFailure(failure)
    },
  })
  return { source, state: () => state }
}

/** How many there are; and one of those that no stack can tell, since nobody knows whose they are. */
function wrongFiles(failures: readonly LoadFailure[]): string {
  const count = `Wrong files or stacks: ${failures.length}.`
  const fault = firstOf(failures.find(({ stack }) => stack === undefined)?.diagnostics ?? [])
  if (fault === undefined) return count
  const { message, place } = fault
  return `${count} ${place ? `${place.file}:${place.line}:${place.column}: ` : ''}${message}`
}

async function openGit(wish: SourceRequest & { kind: 'git' }, options: SourceOptions): Promise<Source> {
  const { openGitSource } = await import('./git.ts')
  const { kind: _, ...stated } = wish
  let told: string | undefined
  let followed: ReturnType<typeof follow> | undefined
  const root = join(options.checkouts, 'current')
  // Before the first commit is here there is no folder, and nothing wrong with that.
  const followCheckout = (): void => {
    followed ??= follow(git.directory, {
      ...options,
      load: async (folder) => inRepository(await options.load(folder), root),
    })
  }
  const onState = ({ ok, reason, message }: GitState): void => {
    if (!ok && told !== reason) options.onFailure({ reason, message })
    told = ok ? undefined : reason
    if (ok) followCheckout()
  }
  const git = await openGitSource({ ...stated, host: options.host, folder: options.checkouts, onState })
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

/** What was loaded from a checkout, with the places of faults as its users know them: relative to the repository. */
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
