import { posix, resolve } from 'node:path'
import { refuse } from '../../model/errors.ts'

/** Where a repository lies, taken apart so that what is secret stays out of what is shown. */
export interface Remote {
  readonly protocol: 'https' | 'ssh' | 'file'
  /** As git is told it: without a password. */
  readonly url: string
  /** Value of the `Authorization` header for https; undefined: the URL holds no credentials. */
  readonly authorization: string | undefined
}

const hint = 'Use https://, ssh://, git+ssh://, file://, USER@HOST:PATH or a path.'

/**
 * Takes a repository's URL apart; a plain path counts from `cwd`. Pure. Raises `bad-git-url` (refused) on transports that run programs or
 * are not encrypted, and on what git could take for an option. Messages never hold credentials.
 */
export function parseRemote(stated: string, cwd: string): Remote {
  const bad = (why: string) => refuse({ code: 'bad-git-url', message: `The URL of the repository ${why}.`, hint })
  if (stated === '' || /[\0-\x1f\x7f]/.test(stated)) throw bad('is empty or holds control characters')
  if (stated.startsWith('-')) throw bad('starts with "-"')
  if (/^[a-z0-9]+::/i.test(stated)) throw bad(`names the transport "${stated.split('::')[0]}", which runs programs`)
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(stated)?.[1]?.toLowerCase()
  if (scheme === undefined) {
    // scp's form has a colon before any slash.
    const [, host] = /^(?:[^@/]+@)?([^:/]+):/.exec(stated) ?? []
    if (host === undefined) return { protocol: 'file', url: resolve(cwd, stated), authorization: undefined }
    if (/(^|@)-/.test(stated)) throw bad('has a host that starts with "-"')
    return { protocol: 'ssh', url: stated, authorization: undefined }
  }
  if (!URL.canParse(stated)) throw bad('cannot be read')
  const url = new URL(stated)
  const decoded = (text: string): string => {
    try {
      return decodeURIComponent(text)
    } catch {
      throw bad('holds credentials that cannot be read')
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
    if (password !== '') throw bad('holds a password, which ssh does not take: use a key')
    return { protocol: 'ssh', url: stated, authorization: undefined }
  }
  if (scheme === 'file') return { protocol: 'file', url: stated, authorization: undefined }
  throw bad(`has the scheme ${scheme}://, which is not allowed`)
}

/** The full name of a branch; without one what the remote calls HEAD. Pure. Raises `bad-git-branch` (refused). */
export function branchRef(branch: string | undefined): string {
  if (branch === undefined) return 'HEAD'
  // git-check-ref-format(1), but for what it would let begin with a hyphen.
  const wrong =
    /^[-/]|[/.]$|\.\.|\/\/|\/\.|^\.|@\{|\.lock(\/|$)|[\0-\x20\x7f~^:?*[\\]/.test(branch) ||
    branch === '@' ||
    branch === ''
  if (!wrong) return `refs/heads/${branch}`
  throw refuse({
    code: 'bad-git-branch',
    message: `${JSON.stringify(branch)} is no name of a branch.`,
    hint: 'Name it as `git branch` does, as main.',
  })
}

/** A folder inside a repository, normalised; `.` is the whole. Pure. Raises `bad-git-path` (refused). */
export function repositoryPath(stated: string): string {
  const path = posix.normalize(stated === '' ? '.' : stated).replace(/(.)\/$/, '$1')
  if (!path.startsWith('/') && path !== '..' && !path.startsWith('../') && !path.includes('\0')) return path
  throw refuse({
    code: 'bad-git-path',
    message: `${JSON.stringify(stated)} leads out of the repository.`,
    hint: 'Name a folder inside it, as stacks/production.',
  })
}

export interface RepositoryConfig {
  readonly remote: Remote
  readonly allowedSigners: string | undefined
}

/**
 * The only configuration git gets: nothing of the system's or a user's, so that none of it starts a program, and nothing of a repository's.
 * It holds credentials: the file is its owner's alone. Pure.
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
    // Whose repository it is has been decided by whoever named its path.
    ...(local === undefined ? [] : section('safe', { directory: local })),
    ...(local === undefined ? [] : section('safe', { directory: `${local.replace(/\/$/, '')}/.git` })),
    ...(remote.authorization === undefined
      ? []
      : section(`http ${quoted(new URL('/', remote.url).href)}`, {
          extraHeader: `Authorization: ${remote.authorization}`,
        })),
    // A remote that has stopped sending.
    ...section('http', { lowSpeedLimit: '1', lowSpeedTime: '30' }),
    ...section('fetch', { recurseSubmodules: 'false' }),
    ...section('gc', { autoDetach: 'false', autoPackLimit: '20', pruneExpire: 'now' }),
    ...section('gpg "ssh"', { allowedSignersFile: allowedSigners }),
  ].join('\n')}\n`
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
