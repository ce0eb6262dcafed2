import { resolve } from 'node:path'
import { requireText } from '../../../host/files/paths.ts'
import { refusedError } from '../../../model/errors.ts'
import { forgeOf } from '../../../watch/forge/forge.ts'
import type { ForgeRequest } from '../../../watch/forge/open-reporter.ts'
import { parseListen } from '../../../watch/http/address.ts'
import { branchRef } from '../../../watch/source/git-ref.ts'
import { parseRemote, repositoryPath } from '../../../watch/source/git-remote.ts'
import type { SourceRequest } from '../../../watch/source/source.ts'
import { durationOption } from '../../options.ts'

/** Options of `watch` and `watch install` about the source that watch follows. */
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
  readonly listenTokenFile?: string
  readonly forge?: string
  readonly forgeTokenFile?: string
  readonly forgeUrl?: string
  readonly forgeRepository?: string
}

export interface WatchSource {
  /** undefined: the command line gives no source. */
  readonly request: SourceRequest | undefined
  readonly settleMs: number
  /** ADDRESS:PORT of status page, metrics and health; undefined: none. */
  readonly listen: string | undefined
  /** Where the results of commits are sent; undefined: nowhere. */
  readonly forge: ForgeRequest | undefined
}

const defaultListen = '127.0.0.1:9180'
/** Milliseconds. */
const defaultSettleMs = 500
/** Milliseconds. */
const minPollMs = 1000
const forgeOptions = ['forge', 'forgeTokenFile', 'forgeUrl', 'forgeRepository'] as const
const repositoryOptions = [
  'branch',
  'path',
  'poll',
  'verifySignatures',
  'allowedSigners',
  'keyring',
  ...forgeOptions,
] as const

/** Checks all options, also unused ones. Pure. Raises `usage`, `bad-listen-address`, `bad-git-url` and other errors of sources (refused). */
export function watchSource(
  folder: string | undefined,
  options: WatchSourceOptions,
  given: { readonly url: string | undefined; readonly cwd: string; readonly hasForgeToken?: boolean },
): WatchSource {
  const settleMs = options.settle === undefined ? defaultSettleMs : durationOption('--settle', options.settle)
  const listen =
    options.listen === false ? undefined : typeof options.listen === 'string' ? options.listen : defaultListen
  if (listen !== undefined) parseListen(listen)
  const git = gitOptions(options)
  if (folder === undefined) {
    const url = options.git ?? (given.url || undefined)
    if (url !== undefined) parseRemote(url, given.cwd)
    const forge = url === undefined ? undefined : forgeRequest(url, options, given)
    return { request: url === undefined ? undefined : { kind: 'git', url, ...git }, settleMs, listen, forge }
  }
  if (options.git !== undefined)
    throw refusedError({
      code: 'usage',
      message: 'Both a folder and a repository are given.',
      hint: 'Use `--path FOLDER` for the folder in the repository.',
    })
  const unused = repositoryOptionsIn(options)
  if (unused.length > 0)
    throw refusedError({
      code: 'usage',
      message: `${unused.join(', ')} ${unused.length === 1 ? 'applies' : 'apply'} to a repository, but the folder ${folder} is given.`,
      hint: 'Remove the option, or follow a repository: `heropods watch --git URL`.',
    })
  return {
    request: { kind: 'directory', folder: requireText(folder, 'The path of the folder') },
    settleMs,
    listen,
    forge: undefined,
  }
}

/** The forge, if there is a token for it. */
function forgeRequest(
  url: string,
  options: WatchSourceOptions,
  { cwd, hasForgeToken = false }: Parameters<typeof watchSource>[2],
): ForgeRequest | undefined {
  const { forge: kind, forgeTokenFile, forgeUrl: api, forgeRepository: repository } = options
  if (forgeTokenFile === undefined && !hasForgeToken) {
    if (forgeOptions.every((name) => options[name] === undefined)) return undefined
    throw refusedError({
      code: 'usage',
      message: 'There is no token for the git server.',
      hint: 'Add `--forge-token-file FILE`, or set HEROPODS_FORGE_TOKEN.',
    })
  }
  const named = { ...(kind !== undefined && { kind }), ...(api !== undefined && { api }) }
  const forge = forgeOf(url, { ...named, ...(repository !== undefined && { repository }) })
  return { forge, ...(forgeTokenFile !== undefined && { tokenFile: resolve(cwd, forgeTokenFile) }) }
}

const repositoryOptionsIn = (options: WatchSourceOptions): readonly string[] =>
  repositoryOptions.filter((name) => options[name] !== undefined).map(optionName)

/** `--allowed-signers` of `allowedSigners`. */
const optionName = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

function gitOptions({ branch, path, verifySignatures, allowedSigners, keyring, poll }: WatchSourceOptions) {
  branchRef(branch)
  if (path !== undefined) repositoryPath(path)
  const pollMs = poll === undefined ? undefined : durationOption('--poll', poll)
  if (pollMs !== undefined && pollMs < minPollMs)
    throw refusedError({
      code: 'usage',
      message: `--poll: ${poll} is too short.`,
      hint: 'Write 1s or more, for example 60s.',
    })
  const signers = allowedSigners === undefined ? keyring && '--keyring' : '--allowed-signers'
  if (signers && !verifySignatures)
    throw refusedError({
      code: 'usage',
      message: `${signers} is given, but signatures are not verified.`,
      hint: 'Add `--verify-signatures`.',
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
