import { refuse } from '../../model/errors.ts'

/** A server of records, taken apart. */
export interface RedisServer {
  /** How messages name it: never with its password. */
  readonly name: string
  readonly at: { readonly host: string; readonly port: number } | { readonly path: string }
  readonly username?: string
  readonly password?: string
  readonly db: number
  /** Set where the connection is encrypted: files of the CA, and of the client's own certificate and key. */
  readonly tls?: { readonly cafile?: string; readonly certfile?: string; readonly keyfile?: string }
}

/** sun_path of unix(7), less its closing NUL. */
export const longestSocketPath = 107

const schemes = ['redis:', 'rediss:', 'unix:'] as const
type Scheme = (typeof schemes)[number]
const tlsFiles = ['cafile', 'certfile', 'keyfile'] as const
/** Redis counts its databases in an int. */
const lastDatabase = 2 ** 31 - 1

/**
 * HEROPODS_REDIS_URL as it is to be used; undefined: the instance's own server, also where it is empty or blank. Raises `redis-url`
 * (refused), which never shows the password.
 */
export function recordsUrl(environment: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const stated = environment.HEROPODS_REDIS_URL
  if (stated === undefined || stated.trim() === '') return undefined
  redisServer(stated)
  return stated
}

/** Takes a URL apart: `redis://`, `rediss://`, `unix://`, or the path of a socket. Pure. Raises `redis-url` (refused). */
export function redisServer(stated: string): RedisServer {
  const control = /[\s\u0000-\u001f\u007f]/.exec(stated)
  if (control)
    throw wrong(
      control[0] === ' ' ? 'it has a blank in it' : 'it has a line break or another control character in it',
      'Write a blank in a password as %20, and look for one at the end.',
    )
  if (stated.startsWith('/')) return { name: stated, at: { path: socketPath(stated) }, db: 0 }
  const scheme = schemes.find((one) => stated.startsWith(`${one}//`))
  if (scheme === undefined) throw wrong('it starts with none of redis://, rediss:// and unix://')
  const url = taken(stated)
  if (url.hash !== '') throw wrong('it has a # in it', 'Write # in a password as %23.')
  const parameters = parametersOf(url, scheme)
  const username = decoded(url.username, 'user')
  const password = decoded(url.password, 'password')
  const at = scheme === 'unix:' ? { path: socketOf(url) } : hostOf(url)
  const db = databaseOf(scheme === 'unix:' ? (parameters.get('db') ?? '') : decoded(url.pathname.slice(1), 'database'))
  const files = Object.fromEntries(tlsFiles.flatMap((name) => fileOf(name, parameters.get(name))))
  return {
    name: nameOf(scheme, at, username + (password === '' ? '' : ':***'), db),
    at,
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    db,
    ...(scheme === 'rediss:' && { tls: files }),
  }
}

function taken(stated: string): URL {
  try {
    // A URL that names a user has to name a host as well.
    return new URL(stated.replace(/^(unix:\/\/[^/]*@)\//, '$1local/'))
  } catch {
    // The parser's own message quotes the whole URL.
    throw wrong(
      'its host or port cannot be read',
      'Write it as redis://USER:PASSWORD@HOST:PORT/DATABASE; in a password / is %2F, ? is %3F, # is %23, @ is %40.',
    )
  }
}

function hostOf({ hostname, port }: URL): { readonly host: string; readonly port: number } {
  if (hostname === '') throw wrong('it names no host')
  if (port === '0') throw wrong('the port 0 is not a port')
  return { host: decoded(hostname.replace(/^\[(.*)\]$/, '$1'), 'host'), port: port === '' ? 6379 : Number(port) }
}

function socketOf({ hostname, username, password, pathname }: URL): string {
  const namesUser = username !== '' || password !== ''
  if (hostname !== (namesUser ? 'local' : ''))
    throw wrong('the path of a unix socket is absolute', 'Write three slashes: unix:///run/redis.sock')
  return socketPath(decoded(pathname, 'path'))
}

function socketPath(path: string): string {
  if (path === '/' || path === '') throw wrong('it names no socket', 'Write it as unix:///run/redis.sock')
  if (path.includes('\0')) throw wrong('it has a NUL in it')
  if (Buffer.byteLength(path) > longestSocketPath)
    throw wrong(`the path of its socket is longer than ${longestSocketPath} bytes`)
  return path
}

function databaseOf(text: string): number {
  if (text === '') return 0
  if (/^\d{1,10}$/.test(text) && Number(text) <= lastDatabase) return Number(text)
  throw wrong(
    `${JSON.stringify(text)} is not the number of a database`,
    'A database is a number from 0, as in redis://127.0.0.1:6379/3 or unix:///run/redis.sock?db=3.',
  )
}

function parametersOf({ searchParams }: URL, scheme: Scheme): ReadonlyMap<string, string> {
  const known: readonly string[] = scheme === 'unix:' ? ['db'] : scheme === 'rediss:' ? tlsFiles : []
  for (const name of searchParams.keys()) {
    if (!known.includes(name) || searchParams.getAll(name).length > 1)
      throw wrong(
        known.includes(name) ? `it has ${name} twice` : `it has a parameter that ${scheme}// does not have`,
        `Parameters: ${known.join(', ') || 'none'}. Write ? in a password as %3F.`,
      )
  }
  return new Map(searchParams)
}

function fileOf(name: string, path: string | undefined): [string, string][] {
  if (path === undefined) return []
  if (!path.startsWith('/') || path.includes('\0')) throw wrong(`${name} is not an absolute path`)
  return [[name, path]]
}

function decoded(text: string, part: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrong(`its ${part} has a % that does not begin an encoded character`, 'Write % as %25.')
  }
}

function nameOf(scheme: Scheme, at: RedisServer['at'], user: string, db: number): string {
  const before = user === '' ? '' : `${user}@`
  if ('path' in at) return `${scheme}//${before}${at.path}${db === 0 ? '' : `?db=${db}`}`
  const host = at.host.includes(':') ? `[${at.host}]` : at.host
  return `${scheme}//${before}${host}:${at.port}/${db}`
}

const wrong = (why: string, hint = 'Write it as redis://HOST:PORT/DATABASE, rediss://... or unix:///PATH.') =>
  refuse({
    code: 'redis-url',
    message: `HEROPODS_REDIS_URL cannot be used: ${why}.`,
    hint: `${hint} Unset it to use HeroPods’ own server.`,
  })
