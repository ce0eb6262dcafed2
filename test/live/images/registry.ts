import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Debian's docker-registry on 127.0.0.1, and a registries.conf that maps docker.io to it. */
export class Registry {
  readonly base = mkdtempSync('/tmp/hp-registry-')
  readonly port = 5871
  private server: ChildProcess | undefined

  /** `login`: nobody gets in but `user` with the password `word`. */
  constructor(private readonly options: { readonly login?: boolean } = {}) {}

  /** What podman and HeroPods need to find it, with a podman storage of its own. */
  readonly environment: NodeJS.ProcessEnv = {
    CONTAINERS_REGISTRIES_CONF: join(this.base, 'registries.conf'),
    CONTAINERS_STORAGE_CONF: join(this.base, 'storage.conf'),
  }

  async start(): Promise<void> {
    writeFileSync(
      join(this.base, 'config.yml'),
      `version: 0.1\nstorage: { filesystem: { rootdirectory: ${this.base}/store } }\nhttp: { addr: 127.0.0.1:${this.port} }\nlog: { level: error }\n${this.options.login ? `auth: { htpasswd: { realm: here, path: ${this.base}/htpasswd } }\n` : ''}`,
    )
    // bcrypt of `word`.
    writeFileSync(join(this.base, 'htpasswd'), 'user:$2b$05$abcdefghijklmnopqrstuuQDoL5Sa/TtfS/XN4AY/jgq.HBbO1BTu\n')
    writeFileSync(
      join(this.base, 'registries.conf'),
      `[[registry]]\nprefix = "docker.io"\nlocation = "127.0.0.1:${this.port}"\ninsecure = true\n\n[[registry]]\nlocation = "127.0.0.1:${this.port}"\ninsecure = true\n\n[[registry]]\nlocation = "198.51.100.2"\ninsecure = true\n\n[[registry]]\nlocation = "mirrored.invalid"\n[[registry.mirror]]\nlocation = "127.0.0.1:${this.port}/shop"\ninsecure = true\n`,
    )
    writeFileSync(
      join(this.base, 'storage.conf'),
      `[storage]\ndriver = "overlay"\ngraphroot = "${this.base}/graph"\nrunroot = "${this.base}/run"\n`,
    )
    this.server = spawn('docker-registry', ['serve', join(this.base, 'config.yml')], { stdio: 'ignore' })
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/v2/`).catch(() => undefined)
      if (answer?.ok || answer?.status === 401) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('docker-registry does not answer: is the package docker-registry installed?')
  }

  podman(...args: string[]): string {
    return execFileSync('podman', args, {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, ...this.environment },
    })
  }

  stop(): void {
    if (this.server === undefined) return
    this.server.kill('SIGKILL')
    this.server = undefined
    for (const mount of ['graph/overlay', 'graph', 'run']) spawnSync('umount', ['-lq', join(this.base, mount)])
    rmSync(this.base, { recursive: true, force: true })
  }
}

/**
 * Makes an image from the host's busybox with this configuration, and pushes it as docker.io/NAME:VERSION would be found. `files`: further
 * programs and files, by their path.
 */
export function buildImage(
  registry: Registry,
  name: string,
  config: Record<string, unknown>,
  version = 'latest',
  files: Readonly<Record<string, string>> = {},
): void {
  const folder = makeRootfs(registry, name)
  for (const [path, text] of Object.entries(files)) {
    rmSync(join(folder, 'rootfs', path), { force: true })
    writeFileSync(join(folder, 'rootfs', path), text, { mode: path.startsWith('bin/') ? 0o755 : 0o644 })
  }
  importImage(registry, folder, config, `${name}:${version}`)
}

/** Makes an image of the folder `rootfs`, and pushes it with these options of podman. */
export function importImage(
  registry: Registry,
  folder: string,
  config: Record<string, unknown>,
  reference: string,
  options: readonly string[] = [],
): void {
  execFileSync('tar', ['-cf', join(folder, 'layer.tar'), '-C', join(folder, 'rootfs'), '.'])
  const changes = Object.entries(config).flatMap(([key, value]) => changeOf(key, value))
  const tag = `127.0.0.1:${registry.port}/${reference}`
  registry.podman(
    'import',
    '--quiet',
    ...changes.flatMap((change) => ['--change', change]),
    join(folder, 'layer.tar'),
    tag,
  )
  push(registry, tag, options)
}

/** The same from lines of a Dockerfile, in Docker's format: OCI's knows no HEALTHCHECK. */
export function buildDockerImage(registry: Registry, name: string, lines: readonly string[]): void {
  const folder = makeRootfs(registry, name)
  writeFileSync(join(folder, 'Dockerfile'), ['FROM scratch', 'COPY rootfs /', ...lines, ''].join('\n'))
  const tag = `127.0.0.1:${registry.port}/${name}:latest`
  registry.podman('build', '--quiet', '--format', 'docker', '--tag', tag, folder)
  push(registry, tag)
}

/** One image for several platforms: its file /platform names the platform. */
export function buildForPlatforms(registry: Registry, name: string, platforms: readonly string[]): void {
  const folder = makeRootfs(registry, name)
  const list = `localhost/list-${name.replaceAll('/', '-')}`
  for (const platform of platforms) {
    writeFileSync(join(folder, 'rootfs/platform'), `${platform}\n`)
    writeFileSync(join(folder, 'Containerfile'), 'FROM scratch\nCOPY rootfs /\nCMD ["sleep", "1000"]\n')
    registry.podman('build', '--quiet', '--platform', platform, '--manifest', list, folder)
  }
  const target = `docker://127.0.0.1:${registry.port}/${name}:latest`
  registry.podman('manifest', 'push', '--all', '--quiet', '--tls-verify=false', list, target)
  registry.podman('manifest', 'rm', list)
  registry.podman('image', 'prune', '--force')
}

function push(registry: Registry, tag: string, options: readonly string[] = []): void {
  registry.podman('push', '--quiet', '--tls-verify=false', ...options, tag)
  registry.podman('rmi', tag)
}

/** Programs that the examples of HeroScript use. */
const ofExamples = ['uname', 'ps', 'nslookup', 'head', 'echo', 'grep', 'true', 'false', 'rm', 'printf']

/** A folder of this image's with `rootfs` in it, made from the host's busybox. */
export function makeRootfs(registry: Registry, name: string): string {
  const folder = join(registry.base, 'build', name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'rootfs/bin'), { recursive: true })
  mkdirSync(join(folder, 'rootfs/srv'))
  mkdirSync(join(folder, 'rootfs/etc'))
  writeFileSync(join(folder, 'rootfs/etc/passwd'), 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/srv:/bin/sh\n')
  writeFileSync(join(folder, 'rootfs/etc/group'), 'root:x:0:\nwww-data:x:33:\n')
  writeFileSync(join(folder, 'rootfs/srv/index.html'), '<p>page of the image</p>\n')
  execFileSync('cp', ['/bin/busybox', join(folder, 'rootfs/bin/busybox')])
  for (const applet of ['sh', 'sleep', 'cat', 'httpd', 'wget', 'env', 'ls', 'pwd', 'ip', 'touch', 'id', ...ofExamples])
    execFileSync('ln', ['-sf', 'busybox', join(folder, 'rootfs/bin', applet)])
  return folder
}

/** Dockerfile instructions for fields of an image's configuration. */
function changeOf(key: string, value: unknown): readonly string[] {
  const names: Record<string, string> = {
    Entrypoint: 'ENTRYPOINT',
    Cmd: 'CMD',
    WorkingDir: 'WORKDIR',
    User: 'USER',
    StopSignal: 'STOPSIGNAL',
  }
  if (key === 'Env') return (value as string[]).map((text) => `ENV ${text}`)
  if (key === 'Volumes') return Object.keys(value as object).map((path) => `VOLUME ${path}`)
  if (key === 'ExposedPorts') return Object.keys(value as object).map((port) => `EXPOSE ${port}`)
  if (key === 'Labels') return Object.entries(value as object).map(([name, text]) => `LABEL ${name}=${text}`)
  return [`${names[key]} ${typeof value === 'string' ? value : JSON.stringify(value)}`]
}
