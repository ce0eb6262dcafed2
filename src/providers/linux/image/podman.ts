import type { Command } from '../../../host/host.ts'
import type { ImageConfig, ImageHealthcheck } from '../../../model/kinds/image.ts'

/** Podman finds its storage, registries and credentials through these. */
const passedOn = [
  'HOME',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'CONTAINERS_CONF',
  'CONTAINERS_STORAGE_CONF',
  'CONTAINERS_REGISTRIES_CONF',
  'REGISTRY_AUTH_FILE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
]

/** A pull may take as long as the network needs; Ctrl-C ends it. */
const pullTimeout = 3_600_000

const podman = (args: readonly string[], timeout?: number): Command => ({
  program: 'podman',
  args,
  env: Object.fromEntries(
    passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] as string]])),
  ),
  ...(timeout !== undefined && { timeout }),
})

export const pull = (ref: string): Command => podman(['pull', '--quiet', ref], pullTimeout)
export const exists = (ref: string): Command => podman(['image', 'exists', ref])
export const inspect = (ref: string): Command => podman(['image', 'inspect', ref])
export const mount = (ref: string): Command => podman(['image', 'mount', ref])
export const unmount = (ref: string): Command => podman(['image', 'unmount', ref])
export const remove = (ref: string): Command => podman(['image', 'rm', ref])

export const load = (path: string): Command => podman(['load', '--quiet', '--input', path], pullTimeout)
/** Ids of all images. */
export const ids = (): Command => podman(['images', '--quiet', '--no-trunc'])
/** Copies what is mounted, with owners, times and attributes. */
export const copy = (from: string, to: string): Command => ({
  program: 'cp',
  args: ['--archive', '--no-target-directory', from, to],
  timeout: pullTimeout,
})

/** The same commands for a storage of its own in a folder. */
export const inStore =
  (folder: string) =>
  (command: Command): Command => ({
    ...command,
    cwd: folder,
    args: [
      // Podman takes no longer path than 50 characters for this one.
      ...['--root', `${folder}/root`, '--runroot', '/proc/self/cwd/run', '--tmpdir', `${folder}/tmp`],
      ...['--storage-driver', 'overlay', ...command.args],
    ],
  })

export interface Inspected {
  readonly id: string
  readonly digest: string
  readonly config: ImageConfig
}

interface PodmanImage {
  readonly Id: string
  readonly Digest?: string
  readonly Healthcheck?: ImageHealthcheck
  readonly Config?: {
    readonly Entrypoint?: readonly string[]
    readonly Cmd?: readonly string[]
    readonly Env?: readonly string[]
    readonly WorkingDir?: string
    readonly User?: string
    readonly StopSignal?: string
    readonly Volumes?: Readonly<Record<string, unknown>>
    readonly ExposedPorts?: Readonly<Record<string, unknown>>
    readonly Labels?: Readonly<Record<string, string>>
  }
}

/** Reads the answer of `podman image inspect`. */
export function parseInspect(stdout: string): Inspected {
  const image = (JSON.parse(stdout) as readonly PodmanImage[])[0] as PodmanImage
  const { Volumes, ExposedPorts, ...config } = image.Config ?? {}
  return {
    id: image.Id,
    digest: image.Digest ?? `sha256:${image.Id}`,
    config: {
      ...config,
      ...(image.Healthcheck && { Healthcheck: image.Healthcheck }),
      ...(Volumes && { Volumes: Object.keys(Volumes).sort() }),
      ...(ExposedPorts && { ExposedPorts: Object.keys(ExposedPorts).sort() }),
    },
  }
}
