const reference =
  /^(?:(?<host>[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d+)?)\/)?(?<path>[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?<tag>:[A-Za-z0-9_][\w.-]{0,127})?(?<digest>@sha256:[0-9a-f]{64})?$/

/** The ID of an image. It is valid on one host only, and no registry has such repository names. */
const imageId = /^(sha256:)?[0-9a-f]{64}$/

interface Parts {
  readonly registry: string | undefined
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/** The parts of a reference; without a registry if the text names none. undefined: the text is not a reference. */
function partsOf(text: string): Parts | undefined {
  const groups = imageId.test(text) ? undefined : reference.exec(text)?.groups
  if (groups === undefined) return undefined
  const { host, path = '', tag, digest } = groups
  const isHost = host !== undefined && (host.includes('.') || host.includes(':') || host === 'localhost')
  const repository = isHost || host === undefined ? path : `${host}/${path}`
  return { registry: isHost ? host : undefined, repository, tag, digest }
}

/** The full reference: `nginx` is docker.io/library/nginx:latest, as with Docker. undefined: the text is not a reference. Pure. */
export function fullReference(text: string): string | undefined {
  const parts = partsOf(text)
  if (parts === undefined) return undefined
  const { registry = 'docker.io', tag, digest } = parts
  const isOfficial = registry === 'docker.io' && !parts.repository.includes('/')
  const repository = isOfficial ? `library/${parts.repository}` : parts.repository
  return `${registry}/${repository}${tag ?? (digest ? '' : ':latest')}${digest ?? ''}`
}

/**
 * The full reference of an image that is made on this host: `web` is localhost/web:latest, as with podman. A name with a registry keeps it.
 * undefined: the text is not a name, or it has a digest. Pure.
 */
export function localReference(text: string): string | undefined {
  const parts = partsOf(text)
  if (parts === undefined || parts.digest !== undefined) return undefined
  return fullReference(parts.registry === undefined ? `localhost/${text}` : text)
}

const archiveEnding = /\.(?:tgz|tbz2?|txz|tzst|tar(?:\.(?:gz|bz2|xz|zst|lz4|lzma|Z))?)$/i

/** A name for the image in an archive, from the name of the file: `Alpine 3.20.tgz` is `alpine_3.20`. Pure. */
export const nameOfArchive = (file: string): string =>
  (file.split('/').at(-1) ?? '')
    .replace(archiveEnding, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '_')
    .replaceAll(/[._-]{2,}/g, '_')
    .replaceAll(/^[._-]+|[._-]+$/g, '')

/** The names by which a user may mean an image, full: the one that Docker would use, and that of an image of this host. Pure. */
export const referencesOf = (text: string): readonly string[] =>
  [fullReference(text), localReference(text)].filter((name) => name !== undefined)
