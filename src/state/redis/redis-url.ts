import { refusedError } from '../../model/errors.ts'

/** A parsed HEROPODS_REDIS_URL. */
export interface RedisServer {
  /** The URL for messages, without the password. */
  readonly name: string
  readonly endpoint: { readonly host: string; readonly port: number } | { readonly path: string }
  readonly username?: string
  readonly password?: string
  readonly db: number
  /** Set for an encrypted connection: files of the CA, of the client certificate and of its key. */
  readonly tls?: { readonly cafile?: string; readonly certfile?: string; readonly keyfile?: string }
}

/** The longest path of a Unix socket: sun_path of unix(7) without the final NUL, bytes. */
export const maxSocketPathBytes = 107

const schemes = ['redis:', 'rediss:', 'unix:'] as const
type Scheme = (typeof schemes)[number]
const tlsFiles = ['cafile', 'certfile', 'keyfile'] as const
/** The number of a database in Redis is an int. */
const lastDatabase = 2 ** 31 - 1

/**
 * The checked HEROPODS_REDIS_URL; undefined: the variable is missing, empty or blank, and the instance's own server is used. Raises
 * `redis-url` (refused), never with the password.
 */
export function recordsUrl(environment: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const url = environment.HEROPODS_REDIS_URL
  if (url === undefined || url.trim() === '') return undefined
  redisServer(url)
  return url
}

/** Parses a URL: `redis://`, `rediss://`, `unix://`, or the path of a socket. Pure. Raises `redis-url` (refused). */
export function redisServer(text: string): RedisServer {
  const control = /[\s\u0000-\u001f\u007f]/.exec(text)
  if (control)
    throw redisUrlError(
      control[0] === ' ' ? 'it contains a blank' : 'it contains a line break or another control character',
      'Write a blank in a password as %20, and check the end of the URL.',
    )
  if (text.startsWith('/')) return { name: text, endpoint: { path: socketPath(text) }, db: 0 }
  const scheme = schemes.find((one) => text.startsWith(`${one}//`))
  if (scheme === undefined) throw redisUrlError('it does not start with redis://, rediss:// or unix://')
  const url = parseUrl(text)
  if (url.hash !== '') throw redisUrlError('it contains a #', 'Write # in a password as %23.')
  const parameters = parametersOf(url, scheme)
  const username = decoded(url.username, 'user')
  const password = decoded(url.password, 'password')
  const endpoint = scheme === 'unix:' ? { path: socketOf(url) } : hostOf(url)
  const db = databaseOf(scheme === 'unix:' ? (parameters.get('db') ?? '') : decoded(url.pathname.slice(1), 'database'))
  const files = Object.fromEntries(tlsFiles.flatMap((name) => fileOf(name, parameters.get(name))))
  return {
    name: nameOf(scheme, endpoint, username + (password === '' ? '' : ':***'), db),
    endpoint,
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
    db,
    ...(scheme === 'rediss:' && { tls: files }),
  }
}

function parseUrl(text: string): URL {
  try {
    // The parser requires a host in a URL with a user.
    return new URL(text.replace(/^(unix:\/\/[^/]*@)\//, '$1local/'))
  } catch {
    // The message of the parser would contain the password.
    throw redisUrlError(
      'its host or port cannot be read',
      'Write it as redis://USER:PASSWORD@HOST:PORT/DATABASE; in a password / is %2F, ? is %3F, # is %23, @ is %40.',
    )
  }
}

function hostOf({ hostname, port }: URL): { readonly host: string; readonly port: number } {
  if (hostname === '') throw redisUrlError('it has no host')
  if (port === '0') throw redisUrlError('the port 0 is not a port')
  return { host: decoded(hostname.replace(/^\[(.*)\]$/, '$1'), 'host'), port: port === '' ? 6379 : Number(port) }
}

function socketOf({ hostname, username, password, pathname }: URL): string {
  const namesUser = username !== '' || password !== ''
  if (hostname !== (namesUser ? 'local' : ''))
    throw redisUrlError('the path of a unix socket is absolute', 'Write three slashes: unix:///run/redis.sock')
  return socketPath(decoded(pathname, 'path'))
}

function socketPath(path: string): string {
  if (path === '/' || path === '') throw redisUrlError('it has no socket path', 'Write it as unix:///run/redis.sock')
  if (path.includes('\0')) throw redisUrlError('it contains a NUL')
  if (Buffer.byteLength(path) > maxSocketPathBytes)
    throw redisUrlError(`the path of its socket is longer than ${maxSocketPathBytes} bytes`)
  return path
}

function databaseOf(text: string): number {
  if (text === '') return 0
  if (/^\d{1,10}$/.test(text) && Number(text) <= lastDatabase) return Number(text)
  throw redisUrlError(
    `${JSON.stringify(text)} is not the number of a database`,
    'A database is a number from 0, e.g. redis://127.0.0.1:6379/3 or unix:///run/redis.sock?db=3.',
  )
}

function parametersOf({ searchParams }: URL, scheme: Scheme): ReadonlyMap<string, string> {
  const known: readonly string[] = scheme === 'unix:' ? ['db'] : scheme === 'rediss:' ? tlsFiles : []
  for (const name of searchParams.keys()) {
    if (!known.includes(name) || searchParams.getAll(name).length > 1)
      throw redisUrlError(
        known.includes(name) ? `it has ${name} twice` : `it has a parameter that ${scheme}// does not support`,
        `Parameters: ${known.join(', ') || 'none'}. Write ? in a password as %3F.`,
      )
  }
  return new Map(searchParams)
}

function fileOf(name: string, path: string | undefined): [string, string][] {
  if (path === undefined) return []
  if (!path.startsWith('/') || path.includes('\0')) throw redisUrlError(`${name} is not an absolute path`)
  return [[name, path]]
}

function decoded(text: string, part: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw redisUrlError(`its ${part} has a % that does not begin an encoded character`, 'Write % as %25.')
  }
}

function nameOf(scheme: Scheme, endpoint: RedisServer['endpoint'], user: string, db: number): string {
  const before = user === '' ? '' : `${user}@`
  if ('path' in endpoint) return `${scheme}//${before}${endpoint.path}${db === 0 ? '' : `?db=${db}`}`
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host
  return `${scheme}//${before}${host}:${endpoint.port}/${db}`
}

const redisUrlError = (why: string, hint = 'Write it as redis://HOST:PORT/DATABASE, rediss://... or unix:///PATH.') =>
  refusedError({
    code: 'redis-url',
    message: `HEROPODS_REDIS_URL cannot be used: ${why}.`,
    hint: `${hint} Unset it to use HeroPods’ own server.`,
  })
