import { requireText } from '../host/files/paths.ts'
import { refuse } from '../model/errors.ts'
import { parseListen } from '../watch/http/address.ts'
import { branchRef, parseRemote, repositoryPath } from '../watch/source/remote.ts'
import type { SourceRequest } from '../watch/source/source.ts'
import { durationOption } from './options.ts'

/** Options of `watch` and `watch install` that say what is followed, and how. */
export interface WatchSourceOptions {
  readonly git?: string
  readonly branch?: string
  readonly path?: string
  readonly poll?: string
  readonly verifySignatures?: boolean
  readonly allowedSigners?: string
  readonly keyring?: string
  readonly settle?: string
  readonly listen?: string | boolean
}

export interface WatchSource {
  /** undefined: nothing is named. */
  readonly wish: SourceRequest | undefined
  readonly settleMs: number
  /** undefined: nothing is served. */
  readonly listen: string | undefined
}

const defaultListen = '127.0.0.1:9180'
const defaultSettle = 500
const shortestPoll = 1000
const ofRepositories = {
  branch: '--branch',
  path: '--path',
  poll: '--poll',
  verifySignatures: '--verify-signatures',
  allowedSigners: '--allowed-signers',
  keyring: '--keyring',
} as const

/** Checks all options, whether they will be used or not. Pure. Raises `usage`, `bad-listen-address`, `bad-git-url` and the like (refused). */
export function watchSource(
  folder: string | undefined,
  options: WatchSourceOptions,
  given: { readonly url: string | undefined; readonly cwd: string },
): WatchSource {
  const settleMs = options.settle === undefined ? defaultSettle : durationOption('--settle', options.settle)
  const listen =
    options.listen === false ? undefined : typeof options.listen === 'string' ? options.listen : defaultListen
  if (listen !== undefined) parseListen(listen)
  const git = gitOptions(options)
  if (folder === undefined) {
    const url = options.git ?? (given.url || undefined)
    if (url !== undefined) parseRemote(url, given.cwd)
    return { wish: url === undefined ? undefined : { kind: 'git', url, ...git }, settleMs, listen }
  }
  if (options.git !== undefined)
    throw refuse({
      code: 'usage',
      message: 'A folder and a repository are given.',
      hint: 'Name the folder in the repository with --path.',
    })
  const idle = Object.keys(git).length > 0 ? statedOf(options) : []
  if (idle.length > 0)
    throw refuse({
      code: 'usage',
      message: `${idle.join(', ')} ${idle.length === 1 ? 'is' : 'are'} for a repository, and the folder ${folder} is given.`,
      hint: 'Leave it out, or name a repository with `--git URL`.',
    })
  return { wish: { kind: 'directory', folder: requireText(folder, 'The path of the folder') }, settleMs, listen }
}

const statedOf = (options: WatchSourceOptions): readonly string[] =>
  Object.entries(ofRepositories).flatMap(([name, option]) =>
    options[name as keyof typeof ofRepositories] === undefined ? [] : [option],
  )

function gitOptions({ branch, path, verifySignatures, allowedSigners, keyring, poll }: WatchSourceOptions) {
  branchRef(branch)
  if (path !== undefined) repositoryPath(path)
  const pollMs = poll === undefined ? undefined : durationOption('--poll', poll)
  if (pollMs !== undefined && pollMs < shortestPoll)
    throw refuse({
      code: 'usage',
      message: `--poll: ${poll} is too short.`,
      hint: 'Write 1s or more, for example 60s.',
    })
  const signers = allowedSigners === undefined ? keyring && '--keyring' : '--allowed-signers'
  if (signers && !verifySignatures)
    throw refuse({
      code: 'usage',
      message: `${signers} is given, and signatures are not to be verified.`,
      hint: 'Add --verify-signatures.',
    })
  return {
    ...(branch !== undefined && { branch }),
    ...(path !== undefined && { path }),
    ...(verifySignatures !== undefined && { verifySignatures }),
    ...(allowedSigners !== undefined && { allowedSigners }),
    ...(keyring !== undefined && { keyring }),
    ...(pollMs !== undefined && { pollMs }),
  }
}
