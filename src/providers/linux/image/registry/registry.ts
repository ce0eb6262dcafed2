import type { HostReader } from '../../../../host/host.ts'

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
  /** The platforms of the image, if none of them is the requested one. */
  readonly platforms?: readonly string[]
}

export interface Refusal {
  /** Host and port of the registry. */
  readonly registry: string
  readonly image: string
  /** HTTP status: 404 unknown, 401 or 403 not without another login. */
  readonly status: number
}

const refusalStatuses = [401, 403, 404]

/**
 * Asks registries for the digest of a reference (HEAD of the manifest, OCI distribution). Uses registries.conf and auth.json. With a
 * platform it is the digest of the image for that platform; without one it may be that of an index of several platforms.
 */
export async function askRegistries(host: HostReader, ref: string, platform?: string): Promise<RegistryAnswer> {
  const reference = parseReference(ref)
  if (reference.digest !== undefined && platform === undefined) return { digest: reference.digest }
  const { endpoints } = await import('./digest-endpoints.ts')
  let refused: RegistryAnswer = {}
  for (const endpoint of await endpoints(host, reference)) {
    const answer = await ask(endpoint, reference, platform).catch((): RegistryAnswer => ({}))
    if (answer.digest !== undefined || answer.platforms !== undefined) return answer
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

async function ask(
  endpoint: Endpoint,
  { tag, digest: pinned }: Reference,
  platform: string | undefined,
): Promise<RegistryAnswer> {
  const repository = `${endpoint.url}/v2/${endpoint.repository}`
  const url = `${repository}/manifests/${pinned ?? tag}`
  const request = requester(endpoint)
  const answer = await request(url, platform === undefined ? 'HEAD' : 'GET')
  if (answer.ok && platform !== undefined)
    return (await import('./registry-platform.ts')).ofPlatform(answer, platform, (blob) =>
      request(`${repository}/blobs/${blob}`, 'GET'),
    )
  const digest = answer.headers.get('docker-content-digest')
  if (answer.ok && digest !== null) return { digest }
  const { status } = answer
  if (!refusalStatuses.includes(status)) return {}
  const image = `${endpoint.repository}${pinned === undefined ? `:${tag}` : `@${pinned}`}`
  return { refusal: { registry: new URL(url).host, image, status } }
}

export type Requester = (url: string, method: 'HEAD' | 'GET') => Promise<Response>

/** Sends requests to one endpoint, after the first 401 with the authorization that it asks for. */
export function requester({ credentials }: Endpoint): Requester {
  const basic = credentials && `Basic ${credentials}`
  let authorization: string | undefined
  const send: Requester = (url, method) =>
    fetch(url, {
      method,
      headers: { accept: manifestTypes, ...(authorization && { authorization }) },
      signal: AbortSignal.timeout(timeoutMs),
    })
  return async (url, method) => {
    const answer = await send(url, method)
    if (answer.status !== 401 || authorization !== undefined) return answer
    const challenge = answer.headers.get('www-authenticate') ?? ''
    authorization = challenge.startsWith('Bearer') ? await bearer(challenge, basic) : basic
    return send(url, method)
  }
}

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
