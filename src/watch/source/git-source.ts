import { join, resolve } from 'node:path'
import { workingFolder } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import { messageOf, refusedError } from '../../model/errors.ts'
import type { SourceStatus } from '../../model/status.ts'
import { stableJson } from '../../model/values/stable-json.ts'
import { Checkouts } from './checkouts.ts'
import type { FileCommit } from './file-commits.ts'
import { GitFailure, GitRepository, type Signers } from './git-client.ts'
import { branchRef } from './git-ref.ts'
import { parseRemote, repositoryPath } from './git-remote.ts'

export interface GitSourceOptions {
  readonly host: Host
  /** https, ssh, git+ssh, file, USER@HOST:PATH or a path. A password in it is stored in a file that only its owner can read. */
  readonly url: string
  /** Default: the branch of the remote's HEAD. */
  readonly branch?: string
  /** Folder of the stacks in the repository. Default: its root. */
  readonly path?: string
  /** Interval of polls, milliseconds, up to 10 % more or less. Default 60,000. It doubles with each failure. */
  readonly pollMs?: number
  /** Use only a signed newest commit. Then signers must be given. */
  readonly verifySignatures?: boolean
  /** File of SSH keys that may sign (ALLOWED SIGNERS in ssh-keygen(1)). */
  readonly allowedSigners?: string
  /** GPG home whose keys may sign. */
  readonly keyring?: string
  /** Folder for the repository and checkouts, with mode 0700. The next run uses it again. */
  readonly folder: string
  /** Called after every change of the state. */
  readonly onState: (state: GitState) => void
}

/** `reason`: `Synced`, `NotRead` before the first poll, or why the newest commit is not used, such as `SignatureRejected`. */
export interface GitState extends SourceStatus {
  readonly reason: string
}

export interface GitSource {
  /** The folder of the stacks. Its path has a link that is replaced in one step, so each tree is complete. Missing before the first commit. */
  readonly directory: string
  readonly state: GitState
  /** The commit that `directory` has now. */
  currentCommit(): Promise<Pick<GitState, 'revision' | 'commit'>>
  /** The last commits that changed files of the tree of a commit, newest first. */
  fileCommits(commit: string): Promise<readonly FileCommit[]>
  /** Polls the remote now, for a webhook. Resolves when that is done. */
  poll(): Promise<void>
  close(): Promise<void>
}

const maxWaitMs = 15 * 60_000

/**
 * Follows a branch of a repository. Each newest commit is checked out into its own folder, then a link is replaced. After a failure the
 * last good commit stays, and the state has the reason. Raises `bad-git-url`, `bad-git-branch`, `bad-git-path`, `signers-missing` (refused).
 */
export async function openGitSource(options: GitSourceOptions): Promise<GitSource> {
  const { host, folder, verifySignatures = false } = options
  const remote = parseRemote(options.url, workingFolder() ?? '/')
  const ref = branchRef(options.branch)
  const path = repositoryPath(options.path ?? '.')
  const signers = await findSigners(options)
  await host.makeDir(folder)
  await host.setOwner(folder, 0o700, host.system.uid, host.system.gid)
  const ending = new AbortController()
  const repository = new GitRepository({ host, folder, remote, ref, signers, signal: ending.signal })
  const checkouts = new Checkouts(host, folder)
  await checkouts.prepare(stableJson({ url: remote.url, ref, verifySignatures, signers }))

  let state: GitState = {
    kind: 'git',
    location: `${remote.url}${ref === 'HEAD' ? '' : ` ${options.branch}`}${path === '.' ? '' : ` ${path}`}`,
    ...(await checkouts.currentCommit()),
    ok: true,
    reason: 'NotRead',
    message: 'not polled yet',
  }
  const directory = join(folder, 'current', path)
  await checkouts.note({ source: state.location, url: remote.url, folder: directory })
  const update = (
    change: Pick<GitState, 'ok' | 'reason' | 'message'> & Partial<Pick<GitState, 'revision' | 'commit'>>,
  ): void => {
    const next = { ...state, ...change }
    if (stableJson(next) === stableJson(state)) return
    state = next
    options.onState(state)
  }
  let fetched: string | undefined
  let fetchedAt: string | undefined
  let note = ''
  const synchronize = async (): Promise<void> => {
    const tip = await repository.remoteTip()
    fetchedAt = new Date().toISOString()
    if (tip !== state.revision) {
      const commit = tip === fetched ? tip : await repository.fetch()
      fetched = commit
      if (verifySignatures) await repository.verify(commit)
      note = await checkouts.activate(repository, commit, path)
      update({ ok: true, reason: 'Synced', message: note, ...(await checkouts.currentCommit()) })
    } else update({ ok: true, reason: 'Synced', message: note })
  }
  let failures = 0
  const attempt = async (): Promise<void> => {
    try {
      await synchronize()
      failures = 0
    } catch (error) {
      if (ending.signal.aborted) return
      failures += 1
      const reason = error instanceof GitFailure ? error.reason : 'CheckoutFailed'
      update({ ok: false, reason, message: messageOf(error) })
    }
  }

  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let waiting: Promise<void> | undefined
  const start = (): Promise<void> => {
    clearTimeout(timer)
    running = attempt().finally(() => {
      running = undefined
      if (!ending.signal.aborted) timer = setTimeout(start, nextPoll(options.pollMs ?? 60_000, failures, Math.random()))
    })
    return running
  }
  // A poll in progress may have asked before the commit of the webhook was there. It is followed by one more poll for all requests.
  const poll = (): Promise<void> => {
    if (running === undefined) return start()
    waiting ??= running.then(() => {
      waiting = undefined
      return ending.signal.aborted ? undefined : start()
    })
    return waiting
  }
  void start()
  return {
    directory,
    get state() {
      return { ...state, ...(fetchedAt !== undefined && { fetchedAt }) }
    },
    currentCommit: () => checkouts.currentCommit(),
    fileCommits: (commit) => checkouts.fileCommits(commit),
    poll,
    async close() {
      ending.abort()
      clearTimeout(timer)
      await running
    },
  }
}

/** The allowed signers, as absolute paths. */
async function findSigners({ host, verifySignatures, allowedSigners, keyring }: GitSourceOptions): Promise<Signers> {
  const signersError = (message: string) =>
    refusedError({
      code: 'signers-missing',
      message,
      hint: 'Name a file of SSH keys (`--allowed-signers`) or a GPG home (`--keyring`).',
    })
  if (verifySignatures && allowedSigners === undefined && keyring === undefined)
    throw signersError('Signatures must be verified, but no allowed signers are set.')
  const signers = {
    ...(allowedSigners !== undefined && { allowedSigners: resolve(allowedSigners) }),
    ...(keyring !== undefined && { keyring: resolve(keyring) }),
  }
  for (const path of Object.values(signers))
    if ((await host.stat(path)) === undefined) throw signersError(`There is no ${path}.`)
  return signers
}

/** The wait until the next poll, milliseconds: up to 10 % more or less, so that hosts do not poll at once, and doubled after each failure. Pure. */
export const nextPoll = (pollMs: number, failures: number, random: number): number =>
  Math.min(pollMs * 2 ** failures, Math.max(pollMs, maxWaitMs)) * (0.9 + random / 5)
