import type { HostReader } from '../../../host/host.ts'

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const timeoutMs = 3000

export interface Reference {
  readonly registry: string
  readonly repository: string
  readonly tag: string
  readonly digest?: string
}

/** Splits a full reference, `registry/repository:tag@digest`. */
export function parseReference(ref: string): Reference {
  const [named = '', digest] = ref.split('@')
  const slash = named.indexOf('/')
  const rest = named.slice(slash + 1)
  const colon = rest.lastIndexOf(':')
  const [repository, tag] = colon > 0 ? [rest.slice(0, colon), rest.slice(colon + 1)] : [rest, 'latest']
  return { registry: named.slice(0, slash), repository, tag, ...(digest !== undefined && { digest }) }
}

/** The answer of the registries for a reference. Without a field: no registry answers, and the plan shows "known after apply". */
export interface RegistryAnswer {
  readonly digest?: string
  /** The last refusal, if no registry or mirror has the reference. */
  readonly refusal?: Refusal
}

export interface Refusal {
  /** Host and port of the registry. */
  readonly registry: string
  readonly image: string
  /** HTTP status: 404 unknown, 401 or 403 not without another login. */
  readonly status: number
}

const refusalStatuses = [401, 403, 404]

/** Asks registries for the digest of a reference (HEAD of the manifest, OCI distribution). Uses registries.conf and auth.json. */
export async function askRegistries(host: HostReader, ref: string): Promise<RegistryAnswer> {
  const reference = parseReference(ref)
  if (reference.digest !== undefined) return { digest: reference.digest }
  const { endpoints } = await import('./digest-endpoints.ts')
  let refused: RegistryAnswer = {}
  for (const endpoint of await endpoints(host, reference)) {
    const answer = await ask(endpoint, reference).catch((): RegistryAnswer => ({}))
    if (answer.digest !== undefined) return answer
    if (answer.refusal !== undefined) refused = answer
  }
  return refused
}

/** A registry or mirror that may have a repository, with the credentials for it. */
export interface Endpoint {
  readonly url: string
  readonly repository: string
  readonly credentials?: string
}

async function ask(endpoint: Endpoint, { tag }: Reference): Promise<RegistryAnswer> {
  const url = `${endpoint.url}/v2/${endpoint.repository}/manifests/${tag}`
  const basic = endpoint.credentials && `Basic ${endpoint.credentials}`
  let answer = await head(url, undefined)
  if (answer.status === 401) {
    const challenge = answer.headers.get('www-authenticate') ?? ''
    const token = challenge.startsWith('Bearer') ? await bearer(challenge, basic) : basic
    answer = await head(url, token)
  }
  const digest = answer.headers.get('docker-content-digest')
  if (answer.ok && digest !== null) return { digest }
  const { status } = answer
  if (!refusalStatuses.includes(status)) return {}
  return { refusal: { registry: new URL(url).host, image: `${endpoint.repository}:${tag}`, status } }
}

const head = (url: string, authorization: string | undefined): Promise<Response> =>
  fetch(url, {
    method: 'HEAD',
    headers: { accept: manifestTypes, ...(authorization && { authorization }) },
    signal: AbortSignal.timeout(timeoutMs),
  })

async function bearer(challenge: string, basic: string | undefined): Promise<string | undefined> {
  const fields = Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
  if (!fields.realm) return undefined
  const url = new URL(fields.realm)
  for (const name of ['service', 'scope']) if (fields[name]) url.searchParams.set(name, fields[name])
  const answer = await fetch(url, {
    headers: basic ? { authorization: basic } : {},
    signal: AbortSignal.timeout(timeoutMs),
  })
  const { token, access_token } = (await answer.json()) as { token?: string; access_token?: string }
  const given = token ?? access_token
  return given && `Bearer ${given}`
}
