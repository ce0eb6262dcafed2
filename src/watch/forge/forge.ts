import { isIP } from 'node:net'
import { refusedError } from '../../model/errors.ts'

export const forgeKinds = ['github', 'gitlab', 'gitea', 'forgejo'] as const
export type ForgeKind = (typeof forgeKinds)[number]

/** A git server whose API takes the status of commits. */
export interface Forge {
  readonly kind: ForgeKind
  /** URL of its API without a slash at the end. */
  readonly api: string
  /** `OWNER/NAME`; at GitLab with all groups before the name. */
  readonly repository: string
}

export interface ForgeOptions {
  readonly kind?: string
  readonly api?: string
  readonly repository?: string
}

/** Servers that everyone knows. */
const knownKinds: ReadonlyMap<string, ForgeKind> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['gitea.com', 'gitea'],
  ['codeberg.org', 'forgejo'],
])

/**
 * The forge of a repository's URL (https, ssh or USER@HOST:PATH); options replace parts that the URL does not show. Pure. Raises `usage`
 * (refused).
 */
export function forgeOf(url: string, options: ForgeOptions): Forge {
  const { host, path } = locationOf(url)
  const kind = kindOf(options.kind) ?? knownKinds.get(host ?? '')
  const repository = options.repository ?? path
  if (kind === undefined)
    throw wrong(
      `The kind of the git server${host === undefined ? '' : ` ${host}`} is unknown.`,
      'Add `--forge github`, `gitlab`, `gitea` or `forgejo`.',
    )
  if (repository === undefined || !/^[^/\s]+(\/[^/\s]+)+$/.test(repository))
    throw wrong('The name of the repository at the git server is unknown.', 'Add `--forge-repository OWNER/NAME`.')
  const api = options.api ?? (host === undefined ? undefined : apiOf(kind, host))
  if (api === undefined)
    throw wrong('The API of the git server is unknown.', 'Add `--forge-url`, e.g. https://git.example.com/api/v1.')
  return { kind, api: checkedApi(api), repository }
}

const wrong = (message: string, hint: string) => refusedError({ code: 'usage', message, hint })

function kindOf(text: string | undefined): ForgeKind | undefined {
  if (text === undefined) return undefined
  const found = forgeKinds.find((kind) => kind === text)
  if (found === undefined)
    throw wrong(`--forge: "${text}" is not a known git server.`, `Write ${forgeKinds.join(', ')}.`)
  return found
}

/** Host and path of a URL, or of USER@HOST:PATH. A plain path has neither. */
function locationOf(url: string): { readonly host?: string; readonly path?: string } {
  const scp = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(url)
  const parsed = scp === null && /^(https|ssh|git\+ssh):\/\//i.test(url) && URL.canParse(url) ? new URL(url) : undefined
  const host = scp?.[1] ?? parsed?.hostname
  const path = (scp?.[2] ?? parsed?.pathname ?? '').replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')
  return host === undefined || host === '' ? {} : { host: host.toLowerCase(), ...(path !== '' && { path }) }
}

/** The API of a server under the address where it is installed by default. */
function apiOf(kind: ForgeKind, host: string): string {
  if (kind === 'github') return host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`
  return kind === 'gitlab' ? `https://${host}/api/v4` : `https://${host}/api/v1`
}

/** A token must not go over an open network: without TLS only this machine is allowed. */
function checkedApi(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isLocal =
    url !== undefined && (url.hostname === 'localhost' || (isIP(url.hostname) === 4 && url.hostname.startsWith('127.')))
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)
  if (url === undefined || !isSafe || url.username + url.password + url.search + url.hash !== '')
    throw wrong(
      `--forge-url: "${text.replace(/\/\/[^/]*@/, '//')}" is not the URL of an API.`,
      'Write an https:// URL without user and query, e.g. https://git.example.com/api/v1.',
    )
  return url.href.replace(/\/+$/, '')
}
