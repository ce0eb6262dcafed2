import { posix, resolve } from 'node:path'
import { refusedError } from '../../model/errors.ts'

/** The location of a repository, with its secrets apart. */
export interface Remote {
  readonly protocol: 'https' | 'ssh' | 'file'
  /** The URL for git, without a password. */
  readonly url: string
  /** Value of the `Authorization` header for https; undefined: the URL holds no credentials. */
  readonly authorization: string | undefined
}

export const hint = 'Use https://, ssh://, git+ssh://, file://, USER@HOST:PATH or a path.'

/**
 * Parses the URL of a repository. A plain path is relative to `cwd`. Pure. Raises `bad-git-url` (refused) on transports that run programs or
 * are not encrypted, and on text that git could take for an option. Messages never contain credentials.
 */
export function parseRemote(text: string, cwd: string): Remote {
  const bad = (why: string) => refusedError({ code: 'bad-git-url', message: `The URL of the repository ${why}.`, hint })
  if (text === '' || /[\0-\x1f\x7f]/.test(text)) throw bad('is empty or contains control characters')
  if (text.startsWith('-')) throw bad('starts with "-"')
  if (/^[a-z0-9]+::/i.test(text)) throw bad(`names the transport "${text.split('::')[0]}", which runs programs`)
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) {
    // The form of scp has a colon before any slash.
    const [, host] = /^(?:[^@/]+@)?([^:/]+):/.exec(text) ?? []
    if (host === undefined) return { protocol: 'file', url: resolve(cwd, text), authorization: undefined }
    if (/(^|@)-/.test(text)) throw bad('has a host that starts with "-"')
    return { protocol: 'ssh', url: text, authorization: undefined }
  }
  if (!URL.canParse(text)) throw bad('cannot be read')
  const url = new URL(text)
  const decoded = (part: string): string => {
    try {
      return decodeURIComponent(part)
    } catch {
      throw bad('contains credentials that cannot be read')
    }
  }
  const [user, password] = [decoded(url.username), decoded(url.password)]
  if (url.hostname.startsWith('-') || user.startsWith('-')) throw bad('has a user or host that starts with "-"')
  if (scheme === 'https') {
    url.username = ''
    url.password = ''
    const authorization =
      user + password === '' ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    return { protocol: 'https', url: url.href, authorization }
  }
  if (scheme === 'ssh' || scheme === 'git+ssh') {
    if (password !== '') throw bad('contains a password, which ssh does not accept: use a key')
    return { protocol: 'ssh', url: text, authorization: undefined }
  }
  if (scheme === 'file') return { protocol: 'file', url: text, authorization: undefined }
  throw bad(`has the scheme ${scheme}://, which is not allowed`)
}

/** A folder inside a repository, normalised; `.` is its root. Pure. Raises `bad-git-path` (refused). */
export function repositoryPath(text: string): string {
  const path = posix.normalize(text === '' ? '.' : text).replace(/(.)\/$/, '$1')
  if (!path.startsWith('/') && path !== '..' && !path.startsWith('..') && !path.includes('\0')) return path
  throw refusedError({
    code: 'bad-git-path',
    message: `${JSON.stringify(text)} is outside the repository.`,
    hint: 'Use a folder inside it, e.g. `--path stacks/production`.',
  })
}

export interface RepositoryConfig {
  readonly remote: Remote
  readonly allowedSigners: string | undefined
}

/**
 * The only configuration of git. It uses none of the system, of a user or of a repository, since those could start programs. It contains
 * credentials, so only its owner can read the file. Pure.
 */
export function gitConfig({ remote, allowedSigners }: RepositoryConfig): string {
  const section = (name: string, values: Readonly<Record<string, string | undefined>>): readonly string[] => [
    `[${name}]`,
    ...Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`\t${key} = ${quoted(value)}`])),
  ]
  const local = remote.protocol === 'file' ? remote.url.replace(/^file:\/\//, '') : undefined
  return `${[
    ...section('core', { hooksPath: '/dev/null', fsmonitor: 'false', attributesFile: '/dev/null', symlinks: 'true' }),
    ...section('remote "origin"', { url: remote.url }),
    ...section('protocol', { allow: 'never' }),
    ...section(`protocol "${remote.protocol}"`, { allow: 'always' }),
    // The user who gave the path trusts the repository, also if another user owns it.
    ...(local === undefined ? [] : section('safe', { directory: local })),
    ...(local === undefined ? [] : section('safe', { directory: `${local.replace(/\/$/, '')}/.git` })),
    ...(remote.authorization === undefined
      ? []
      : section(`http ${quoted(new URL('/', remote.url).href)}`, {
          extraHeader: `Authorization: ${remote.authorization}`,
        })),
    // Ends a transfer from a remote that has stopped sending.
    ...section('http', { lowSpeedLimit: '1', lowSpeedTime: '30' }),
    ...section('fetch', { recurseSubmodules: 'false' }),
    ...section('gc', { autoDetach: 'false', autoPackLimit: '20', pruneExpire: 'now' }),
    ...section('gpg "ssh"', { allowedSignersFile: allowedSigners }),
  ].join('\n')}\n`
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
