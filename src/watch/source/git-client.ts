import { basename, join } from 'node:path'
import type { CommandResult, Host } from '../../host/host.ts'
import type { Commit } from '../../model/generation.ts'
import { type FileCommit, fileLogArguments, historyDepth, parseFileCommits } from './file-commits.ts'
import { commitFormat, parseCommit } from './git-commit.ts'
import { gitConfig, type Remote } from './git-remote.ts'

/** The reason why a commit is not used. `reason` is a word for scripts; the message is a sentence without credentials. */
export class GitFailure extends Error {
  constructor(
    readonly reason:
      | 'RemoteUnreachable'
      | 'BranchMissing'
      | 'SignatureRejected'
      | 'CheckoutFailed'
      | 'PathMissing'
      | 'LinkOutside',
    message: string,
  ) {
    super(message)
  }
}

/** The allowed signers: a file for ssh-keygen(1), and a GPG home. Absolute paths. */
export interface Signers {
  readonly allowedSigners?: string
  readonly keyring?: string
}

export interface RepositoryOptions {
  readonly host: Host
  /** For the repository and its configuration. */
  readonly folder: string
  readonly remote: Remote
  /** Full name of the followed branch, or HEAD. */
  readonly ref: string
  readonly signers: Signers
  readonly signal: AbortSignal
}

/** Timeouts of commands, seconds. */
const seconds = { ask: 30, transfer: 600, local: 600 }
const tip = 'refs/heropods/tip'

/** Variables by which git finds the keys and proxies of the user. It gets no others of the environment. */
const passed = ['HOME', 'SSH_AUTH_SOCK', 'GIT_SSL_CAINFO', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']

/** The newest commit of a remote branch, in a bare repository with a short history. No method throws anything but `GitFailure`. */
export class GitRepository {
  private readonly environment: Readonly<Record<string, string>>
  private ready = false

  constructor(private readonly options: RepositoryOptions) {
    const { host, folder, remote, signers } = options
    const users = passed.flatMap((name) => {
      const value = host.environment[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    this.environment = {
      ...Object.fromEntries(users),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: join(folder, 'gitconfig'),
      GIT_ATTR_NOSYSTEM: '1',
      GIT_ALLOW_PROTOCOL: remote.protocol,
      GIT_NO_LAZY_FETCH: '1',
      GIT_TERMINAL_PROMPT: '0',
      // There is no user to answer questions, about host keys either.
      GIT_ASKPASS: '',
      SSH_ASKPASS: '/bin/false',
      SSH_ASKPASS_REQUIRE: 'force',
      // Keys in the user's own keyring are not allowed signers.
      GNUPGHOME: signers.keyring ?? join(folder, 'no-keys'),
    }
  }

  /** The ID of the newest commit at the remote, from one short request. */
  async remoteTip(): Promise<string> {
    const { ref, remote } = this.options
    await this.prepare()
    const asked = await this.git(['ls-remote', 'origin', ref], seconds.ask)
    if (asked.exitCode !== 0)
      throw new GitFailure('RemoteUnreachable', `${remote.url} cannot be read: ${failureOf(asked)}.`)
    const line = asked.stdout.split('\n').find((one) => one.endsWith(`\t${ref}`))
    const [commit] = line?.split('\t') ?? []
    if (commit !== undefined) return commit
    throw new GitFailure(
      'BranchMissing',
      `${remote.url} has no ${ref === 'HEAD' ? 'commit' : `branch ${ref.slice(11)}`}.`,
    )
  }

  /** Fetches the newest commit with a short history, and returns its ID. */
  async fetch(): Promise<string> {
    const { ref, remote } = this.options
    await this.prepare()
    const flags = [
      '--quiet',
      '--force',
      `--depth=${historyDepth}`,
      '--no-tags',
      '--no-recurse-submodules',
      '--no-write-fetch-head',
    ]
    const fetched = await this.git(['fetch', ...flags, 'origin', `+${ref}:${tip}`], seconds.transfer)
    if (fetched.exitCode !== 0) {
      // A killed git may have left locks.
      this.ready = false
      throw new GitFailure('RemoteUnreachable', `${remote.url} cannot be fetched: ${failureOf(fetched)}.`)
    }
    return (await this.local(['rev-parse', '--verify', `${tip}^{commit}`])).trim()
  }

  /** Subject, author and time of a commit; undefined: git cannot show it. */
  async describe(commit: string): Promise<Commit | undefined> {
    const shown = await this.git(['show', '-s', '--no-show-signature', commitFormat, commit], seconds.local)
    return shown.exitCode === 0 ? parseCommit(shown.stdout) : undefined
  }

  /** The last commits that changed files, newest first; empty: git cannot show them. */
  async fileCommits(commit: string): Promise<readonly FileCommit[]> {
    const shown = await this.git(fileLogArguments(commit), seconds.local)
    if (shown.exitCode !== 0) return []
    const shallow = (await this.options.host.readFile(join(this.repository, 'shallow'))) ?? ''
    return parseFileCommits(shown.stdout, new Set(shallow.split('\n')))
  }

  /** Raises `GitFailure` unless an allowed signer has signed the commit. */
  async verify(commit: string): Promise<void> {
    const verified = await this.git(['verify-commit', commit], seconds.ask)
    if (verified.exitCode === 0) return
    const why = verified.stderr.trim() === '' ? 'it is not signed' : failureOf(verified)
    throw new GitFailure(
      'SignatureRejected',
      `Commit ${commit.slice(0, 12)} is not signed by an allowed signer: ${why}.`,
    )
  }

  /** Paths of symbolic links and submodules in a commit, whether `path` is a folder in it, and whether it has attributes of files. */
  async inspect(
    commit: string,
    path: string,
  ): Promise<{ links: readonly string[]; submodules: readonly string[]; hasPath: boolean; hasAttributes: boolean }> {
    const listing = await this.local(['ls-tree', '-r', '-t', '-z', '--full-tree', commit])
    const entries = listing.split('\0').flatMap((line) => {
      const match = /^(\d+) \w+ \w+\t([\s\S]*)$/.exec(line)
      const [, mode = '', path = ''] = match ?? []
      return match === null ? [] : [{ mode, path }]
    })
    const ofMode = (mode: string): readonly string[] =>
      entries.filter((one) => one.mode === mode).map((one) => one.path)
    return {
      links: ofMode('120000'),
      submodules: ofMode('160000'),
      hasAttributes: entries.some((one) => basename(one.path) === '.gitattributes'),
      hasPath: path === '.' || entries.some((one) => one.mode === '040000' && one.path === path),
    }
  }

  /** Paths of Git LFS pointers in a commit. */
  async lfsPointers(commit: string): Promise<readonly string[]> {
    const search = ['grep', '-l', '-z', '-G', '-e', '^version https://git-lfs.github.com/spec/v1']
    const found = await this.git([...search, commit], seconds.local)
    return found.exitCode === 0 ? found.stdout.split('\0').flatMap((line) => line.slice(commit.length + 1) || []) : []
  }

  /** Writes a commit's tree into an empty folder. */
  async checkout(commit: string, into: string): Promise<void> {
    const index = { GIT_INDEX_FILE: `${into}.index`, GIT_WORK_TREE: into }
    try {
      await this.local(['read-tree', '--reset', '-u', commit], index)
    } finally {
      await this.options.host.removeTree(`${into}.index`)
    }
  }

  /** Makes a new repository at each start and after each failure, so that leftovers of a killed git do no harm. */
  private async prepare(): Promise<void> {
    if (this.ready) return
    const { host, folder, remote, signers } = this.options
    await host.makeDir(join(folder, 'no-keys'))
    await host.writeFile(join(folder, 'gitconfig'), gitConfig({ remote, allowedSigners: signers.allowedSigners }))
    await host.removeTree(this.repository)
    await this.local(['init', '--quiet', '--bare', '--template=', this.repository])
    this.ready = true
  }

  private get repository(): string {
    return join(this.options.folder, 'repository')
  }

  private async local(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<string> {
    const done = await this.git(args, seconds.local, environment)
    if (done.exitCode === 0) return done.stdout
    throw new GitFailure('CheckoutFailed', `git ${args[0]} failed: ${failureOf(done)}.`)
  }

  /** `timeout` ends git with its children, and `setpriv` ends it if this process dies: no git writes after that. */
  private git(
    args: readonly string[],
    most: number,
    environment?: Readonly<Record<string, string>>,
  ): Promise<CommandResult> {
    const { host, signal } = this.options
    return host.query(
      {
        program: 'setpriv',
        args: ['--pdeathsig', 'TERM', '--', 'timeout', '--kill-after=5', String(most), 'git', ...args],
        env: { ...this.environment, GIT_DIR: this.repository, ...environment },
        timeoutMs: (most + 10) * 1000,
      },
      signal,
    )
  }
}

/** The error message of git, as the end of a sentence. */
function failureOf({ exitCode, stderr }: CommandResult): string {
  if (exitCode === 124 || exitCode === 137) return 'it took too long'
  if (exitCode === 127) return 'git is not installed'
  // The first line is nearest to the cause: that of ssh comes before that of git.
  const line = stderr.split('\n').find((one) => one.trim() !== '' && !/^(warning|hint):/i.test(one))
  return (line ?? `exit code ${exitCode}`)
    .replace(/^(fatal|error): /, '')
    .replace(/[.:\s]+$/, '')
    .slice(0, 300)
}
