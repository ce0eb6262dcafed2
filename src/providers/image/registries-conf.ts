import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'smol-toml'
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

const readText = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

/** Places to ask for a reference, mirrors first, as containers-registries.conf(5) orders them. */
export async function endpoints(reference: Reference): Promise<readonly Endpoint[]> {
  const text = await readText(process.env.CONTAINERS_REGISTRIES_CONF ?? '/etc/containers/registries.conf')
  const entries = ((text === undefined ? {} : parse(text)) as { registry?: readonly RegistryEntry[] }).registry ?? []
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
  const credentials = await credentialsOf(host)
  // Docker Hub answers its API under another name than the one in references.
  const server = host === 'docker.io' ? 'registry-1.docker.io' : host
  return {
    url: `${scheme}://${server}`,
    repository: moved.slice(slash + 1),
    ...(credentials !== undefined && { credentials }),
  }
}

/** Base64 of user:password from the files in which podman and docker keep them (containers-auth.json(5)). */
async function credentialsOf(host: string): Promise<string | undefined> {
  const runtime = process.env.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.() ?? 0}`
  const files = [
    process.env.REGISTRY_AUTH_FILE,
    join(runtime, 'containers/auth.json'),
    '/run/containers/0/auth.json',
    join(homedir(), '.config/containers/auth.json'),
    join(homedir(), '.docker/config.json'),
  ]
  for (const file of files) {
    const text = file === undefined ? undefined : await readText(file)
    const auth =
      text === undefined
        ? undefined
        : (JSON.parse(text) as { auths?: Record<string, { auth?: string }> }).auths?.[host]?.auth
    if (auth !== undefined) return auth
  }
  return undefined
}
