import { join } from 'node:path'
import type { HostReader } from '../../../../host/host.ts'
import { type Mirror, readParsed, registriesOf } from './registries-conf.ts'
import type { Endpoint, Reference } from './registry.ts'

/** The endpoints that may have a reference, mirrors first, in the order of containers-registries.conf(5). */
export async function endpoints(host: HostReader, reference: Reference): Promise<readonly Endpoint[]> {
  const registries = await registriesOf(host, {
    file: host.environment.CONTAINERS_REGISTRIES_CONF,
    home: host.system.home,
    system: '/etc/containers',
  })
  const full = `${reference.registry}/${reference.repository}`
  const prefix = [...registries.keys()]
    .filter((one) => covers(one, full))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), '')
  const matching = registries.get(prefix)
  if (matching?.blocked) return []
  const named = matching === undefined ? reference.registry : prefix
  const own: Mirror = { location: matching?.location ?? named, insecure: matching?.insecure ?? false }
  return Promise.all(
    [...(matching?.mirror ?? []), own].flatMap((mirror) =>
      schemes(mirror).map((scheme) => endpoint(host, scheme, mirror, named, full)),
    ),
  )
}

const covers = (prefix: string, full: string): boolean =>
  prefix !== '' && (full === prefix || full.startsWith(`${prefix}/`))

const schemes = (mirror: Mirror): readonly string[] => (mirror.insecure ? ['https', 'http'] : ['https'])

async function endpoint(
  host: HostReader,
  scheme: string,
  mirror: Mirror,
  prefix: string,
  full: string,
): Promise<Endpoint> {
  const moved = `${mirror.location ?? prefix}${full.slice(prefix.length)}`
  const slash = moved.indexOf('/')
  const registry = moved.slice(0, slash)
  const credentials = await credentialsOf(host, moved)
  // Docker Hub serves its API under another name than the one in references.
  const server = registry === 'docker.io' ? 'registry-1.docker.io' : registry
  return {
    url: `${scheme}://${server}`,
    repository: moved.slice(slash + 1),
    ...(credentials !== undefined && { credentials }),
  }
}

/**
 * Credentials for `host/repository`, as Base64 of `user:password`, from the files of podman and Docker (containers-auth.json(5)). In a file
 * the longest matching name wins.
 */
async function credentialsOf(host: HostReader, name: string): Promise<string | undefined> {
  const runtime = host.environment.XDG_RUNTIME_DIR || `/run/user/${host.system.uid}`
  const files = [
    host.environment.REGISTRY_AUTH_FILE,
    join(runtime, 'containers/auth.json'),
    '/run/containers/0/auth.json',
    join(host.system.home, '.config/containers/auth.json'),
    join(host.system.home, '.docker/config.json'),
  ]
  const parts = name.split('/')
  const names = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
  if (parts[0] === 'docker.io') names.push('https://index.docker.io/v1/')
  for (const file of files) {
    const known = file ? ((await readParsed(host, file, JSON.parse)) as { auths?: Auths } | undefined) : undefined
    const auth = names.map((each) => known?.auths?.[each]?.auth).find((each) => each !== undefined)
    if (auth !== undefined) return auth
  }
  return undefined
}

type Auths = Readonly<Record<string, { readonly auth?: string } | undefined>>
