import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { refuse } from '../../model/errors.ts'
import type { Endpoint, Reference } from './registry.ts'

interface Mirror {
  readonly location?: string
  readonly insecure?: boolean
}
interface RegistryEntry extends Mirror {
  readonly prefix?: string
  readonly blocked?: boolean
  readonly mirror?: readonly Mirror[]
}

/** undefined where there is no such file. Raises `registry-settings` (refused). */
async function readParsed(path: string, parseText: (text: string) => unknown): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  try {
    return text === undefined ? undefined : parseText(text)
  } catch (error) {
    throw refuse({
      code: 'registry-settings',
      message: `${path} cannot be read: ${(error as Error).message.split('\n')[0]}.`,
      hint: 'Podman reads the same file: correct it, or move it away.',
    })
  }
}

/** Places to ask for a reference, mirrors first, as containers-registries.conf(5) orders them. */
export async function endpoints(reference: Reference): Promise<readonly Endpoint[]> {
  const path = process.env.CONTAINERS_REGISTRIES_CONF || '/etc/containers/registries.conf'
  const conf = (await readParsed(path, parse)) as { registry?: readonly RegistryEntry[] } | undefined
  const entries = conf?.registry ?? []
  const full = `${reference.registry}/${reference.repository}`
  const matching = entries
    .filter((entry) => covers(entry.prefix ?? entry.location ?? '', full))
    .sort(
      (left, right) => (right.prefix ?? right.location ?? '').length - (left.prefix ?? left.location ?? '').length,
    )[0]
  if (matching?.blocked) return []
  const prefix = matching?.prefix ?? matching?.location ?? reference.registry
  const own: Mirror = { location: matching?.location ?? prefix, insecure: matching?.insecure ?? false }
  return Promise.all(
    [...(matching?.mirror ?? []), own].flatMap((mirror) =>
      schemes(mirror).map((scheme) => endpoint(scheme, mirror, prefix, full)),
    ),
  )
}

const covers = (prefix: string, full: string): boolean =>
  prefix !== '' && (full === prefix || full.startsWith(`${prefix}/`))

const schemes = (mirror: Mirror): readonly string[] => (mirror.insecure ? ['https', 'http'] : ['https'])

async function endpoint(scheme: string, mirror: Mirror, prefix: string, full: string): Promise<Endpoint> {
  const moved = `${mirror.location ?? prefix}${full.slice(prefix.length)}`
  const slash = moved.indexOf('/')
  const host = moved.slice(0, slash)
  const credentials = await credentialsOf(moved)
  // Docker Hub answers its API under another name than the one in references.
  const server = host === 'docker.io' ? 'registry-1.docker.io' : host
  return {
    url: `${scheme}://${server}`,
    repository: moved.slice(slash + 1),
    ...(credentials !== undefined && { credentials }),
  }
}

/**
 * Base64 of user:password for `host/repository` from the files in which podman and docker keep them (containers-auth.json(5)): that of
 * the longest name that leads to it counts.
 */
async function credentialsOf(name: string): Promise<string | undefined> {
  const runtime = process.env.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.() ?? 0}`
  const files = [
    process.env.REGISTRY_AUTH_FILE,
    join(runtime, 'containers/auth.json'),
    '/run/containers/0/auth.json',
    join(homedir(), '.config/containers/auth.json'),
    join(homedir(), '.docker/config.json'),
  ]
  const parts = name.split('/')
  const names = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
  if (parts[0] === 'docker.io') names.push('https://index.docker.io/v1/')
  for (const file of files) {
    const known = file ? ((await readParsed(file, JSON.parse)) as { auths?: Auths } | undefined) : undefined
    const auth = names.map((each) => known?.auths?.[each]?.auth).find((each) => each !== undefined)
    if (auth !== undefined) return auth
  }
  return undefined
}

type Auths = Readonly<Record<string, { readonly auth?: string } | undefined>>
