import type { Command } from '../../../host/host.ts'
import type { ImageConfig, ImageHealthcheck } from '../../../model/kinds/image.ts'
import { formatPlatform, platformText } from '../../../model/kinds/images/platform.ts'
import type { ImageToBuild } from '../../image-operations.ts'

/** Variables through which podman finds its storage, registries and credentials. */
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
const pullTimeoutMs = 3_600_000

type Environment = Readonly<NodeJS.ProcessEnv>

/** `environment` is the environment of this run. The child gets only the variables of `passedOn`. */
const podman = (environment: Environment, args: readonly string[], timeoutMs?: number): Command => ({
  program: 'podman',
  args,
  env: Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = environment[name]
      return value === undefined ? [] : [[name, value]]
    }),
  ),
  ...(timeoutMs !== undefined && { timeoutMs }),
})

/** `temporary`: folder for the layers while they are downloaded; default: podman's own. */
export const pull = (
  environment: Environment,
  ref: string,
  { temporary, platform }: { readonly temporary?: string | undefined; readonly platform?: string | undefined },
): Command => {
  const ofPlatform = platform === undefined ? [] : ['--platform', platform]
  const command = podman(environment, ['pull', '--quiet', ...ofPlatform, ref], pullTimeoutMs)
  return temporary === undefined ? command : { ...command, env: { ...command.env, TMPDIR: temporary } }
}
export const exists = (environment: Environment, ref: string): Command => podman(environment, ['image', 'exists', ref])
export const inspect = (environment: Environment, ref: string): Command =>
  podman(environment, ['image', 'inspect', ref])
export const mount = (environment: Environment, ref: string): Command => podman(environment, ['image', 'mount', ref])
export const unmount = (environment: Environment, ref: string): Command =>
  podman(environment, ['image', 'unmount', ref])
export const remove = (environment: Environment, ref: string): Command => podman(environment, ['image', 'rm', ref])

export const load = (environment: Environment, path: string): Command =>
  podman(environment, ['load', '--quiet', '--input', path], pullTimeoutMs)
/** Docker's format, since OCI's has no HEALTHCHECK. */
export const build = (
  environment: Environment,
  { ref, folder, file, args }: Pick<ImageToBuild, 'ref' | 'folder' | 'file' | 'args'>,
): Command =>
  podman(
    environment,
    [
      ...['build', '--format', 'docker', '--tag', ref, ...(file === undefined ? [] : ['--file', file])],
      // Podman 4.3 uses cached steps of another value of an argument.
      ...(args.length > 0 ? ['--no-cache', ...args.flatMap((one) => ['--build-arg', one])] : []),
      ...['--', folder],
    ],
    pullTimeoutMs,
  )
/** Ids of all images. */
export const ids = (environment: Environment): Command => podman(environment, ['images', '--quiet', '--no-trunc'])
/** Copies the files of a mounted image, with owners, times and attributes. */
export const copy = (from: string, to: string): Command => ({
  program: 'cp',
  args: ['--archive', '--no-target-directory', from, to],
  timeoutMs: pullTimeoutMs,
})

/** The same command on a separate storage in a folder. */
export const inStore =
  (folder: string) =>
  (command: Command): Command => ({
    ...command,
    cwd: folder,
    args: [
      // Podman limits the path of --runroot to 50 characters.
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
  readonly Created?: string
  readonly Os?: string
  readonly Architecture?: string
  readonly Variant?: string
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

/** Parses the output of `podman image inspect`. */
export function parseInspect(stdout: string): Inspected {
  const image = (JSON.parse(stdout) as readonly PodmanImage[])[0] as PodmanImage
  const { Volumes, ExposedPorts, ...config } = image.Config ?? {}
  return {
    id: image.Id,
    digest: image.Digest ?? `sha256:${image.Id}`,
    config: {
      ...config,
      ...(image.Healthcheck && { Healthcheck: image.Healthcheck }),
      ...(image.Created && { Created: image.Created }),
      ...(image.Os && image.Architecture && { Platform: platformOf(image.Os, image.Architecture, image.Variant) }),
      ...(Volumes && { Volumes: Object.keys(Volumes).sort() }),
      ...(ExposedPorts && { ExposedPorts: Object.keys(ExposedPorts).sort() }),
    },
  }
}

const platformOf = (os: string, architecture: string, variant: string | undefined): string => {
  const text = formatPlatform({ os, architecture, ...(variant && { variant }) })
  return platformText(text) ?? text
}
