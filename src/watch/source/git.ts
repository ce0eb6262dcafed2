import { join, resolve } from 'node:path'
import { workingFolder } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import { refuse } from '../../model/errors.ts'
import type { SourceStatus } from '../../model/status.ts'
import { stableJson } from '../../model/values/stable-json.ts'
import { Checkouts } from './checkouts.ts'
import { GitRepository, GitTrouble, type Signers } from './git-repository.ts'
import { branchRef, parseRemote, repositoryPath } from './remote.ts'

export interface GitSourceOptions {
  readonly host: Host
  /** https, ssh, git+ssh, file, USER@HOST:PATH or a path. A password in it stays in a file that is its owner's alone. */
  readonly url: string
  /** Default: the one the remote's HEAD names. */
  readonly branch?: string
  /** Folder of the stacks in the repository, default the whole. */
  readonly path?: string
  /** How often the remote is asked, milliseconds, default 60,000; a tenth more or less each time, longer and longer while it fails. */
  readonly pollMs?: number
  /** Whether only a signed newest commit is taken: then who may sign must be named. */
  readonly verifySignatures?: boolean
  /** File of SSH keys that may sign (ALLOWED SIGNERS in ssh-keygen(1)). */
  readonly allowedSigners?: string
  /** GPG home whose keys may sign. */
  readonly keyring?: string
  /** Kept between runs; made with 0700. */
  readonly folder: string
  /** Told of every change of the state. */
  readonly onState: (state: GitState) => void
}

/** `reason`: `Synced`, `NotRead` before the first answer, or why the newest commit is not taken, as `SignatureRejected`. */
export interface GitState extends SourceStatus {
  readonly reason: string
  /** Of the commit; undefined where it was checked out by an earlier run. */
  readonly author?: string | undefined
}

export interface GitSource {
  /** The folder of the stacks. Reached through a link that is swapped in one step, so only whole trees are seen; missing before the first. */
  readonly directory: string
  readonly state: GitState
  /** Looks at the remote at once, for a webhook; comes back when that is done. */
  poll(): Promise<void>
  close(): Promise<void>
}

const longestWait = 15 * 60_000

/**
 * Follows a branch of a repository. Each newest commit is checked out into a folder of its own, then a link is swapped. Whatever goes wrong,
 * the last good commit stays, and the state says why. Raises `bad-git-url`, `bad-git-branch`, `bad-git-path`, `signers-missing` (refused).
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
  await checkouts.takeUp(stableJson({ url: remote.url, ref, verifySignatures, signers }))

  let state: GitState = {
    kind: 'git',
    location: `${remote.url}${ref === 'HEAD' ? '' : ` ${options.branch}`}${path === '.' ? '' : ` ${path}`}`,
    revision: (await checkouts.current()) ?? null,
    ok: true,
    reason: 'NotRead',
    message: 'not looked at yet',
  }
  const directory = join(folder, 'current', path)
  await checkouts.note({ source: state.location, url: remote.url, folder: directory })
  const tell = (change: Pick<GitState, 'ok' | 'reason' | 'message' | 'author'> & { revision?: string }): void => {
    const next = { ...state, ...change }
    if (stableJson(next) === stableJson(state)) return
    state = next
    options.onState(state)
  }
  let fetched: string | undefined
  let note = ''
  const look = async (): Promise<void> => {
    const tip = await repository.remoteTip()
    if (tip !== state.revision) {
      const commit = tip === fetched ? tip : await repository.fetch()
      fetched = commit
      if (verifySignatures) await repository.verify(commit)
      const author = await repository.author(commit)
      note = await checkouts.take(repository, commit, path)
      tell({ ok: true, reason: 'Synced', message: `at ${commit.slice(0, 12)}${note}`, revision: commit, author })
    } else tell({ ok: true, reason: 'Synced', message: `at ${tip.slice(0, 12)}${note}` })
  }
  let failures = 0
  const attempt = async (): Promise<void> => {
    try {
      await look()
      failures = 0
    } catch (error) {
      if (ending.signal.aborted) return
      failures += 1
      const reason = error instanceof GitTrouble ? error.reason : 'CheckoutFailed'
      tell({ ok: false, reason, message: (error as Error).message })
    }
  }

  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let waiting: Promise<void> | undefined
  const start = (): Promise<void> => {
    clearTimeout(timer)
    running = attempt().finally(() => {
      running = undefined
      if (!ending.signal.aborted) timer = setTimeout(start, nextLook(options.pollMs ?? 60_000, failures, Math.random()))
    })
    return running
  }
  // A look under way may have asked before what the webhook tells of was there: one more follows, however many ask for it.
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
      return state
    },
    poll,
    async close() {
      ending.abort()
      clearTimeout(timer)
      await running
    },
  }
}

/** Who may sign, as absolute paths. */
async function findSigners({ host, verifySignatures, allowedSigners, keyring }: GitSourceOptions): Promise<Signers> {
  const refused = (message: string) =>
    refuse({
      code: 'signers-missing',
      message,
      hint: 'Name a file of SSH keys (`--allowed-signers`) or a GPG home (`--keyring`).',
    })
  if (verifySignatures && allowedSigners === undefined && keyring === undefined)
    throw refused('Signatures are to be verified, but nobody is allowed to sign.')
  const signers = {
    ...(allowedSigners !== undefined && { allowedSigners: resolve(allowedSigners) }),
    ...(keyring !== undefined && { keyring: resolve(keyring) }),
  }
  for (const path of Object.values(signers))
    if ((await host.stat(path)) === undefined) throw refused(`There is no ${path}.`)
  return signers
}

/** Milliseconds to the next look: a tenth more or less, so that hosts do not ask in step, and twice as long after each failure. Pure. */
export const nextLook = (pollMs: number, failures: number, random: number): number =>
  Math.min(pollMs * 2 ** failures, Math.max(pollMs, longestWait)) * (0.9 + random / 5)
