import { pipeline } from 'node:stream/promises'
import { createReadStream, createWriteStream } from '../host/caller-files.ts'
import type { Container } from './container.ts'
import type { ExecOptions, ExecResult } from './exec.ts'

/** The platform of a container. */
export interface PlatformInfo {
  /** ID of os-release(5), e.g. `alpine`; `unknown` without that file. */
  readonly platform: string
  readonly version: string
  /** The machine, e.g. `x86_64`. */
  readonly cpu: string
  readonly hostname: string
}

/**
 * Commands, files and folders inside a container, through programs of its own image (`sh`, `cat`, `ls`, `uname`). Paths are paths of the
 * container and never reach a shell. Each method raises `exec-failed` as `Container.exec` does.
 */
export class ContainerNode {
  constructor(private readonly container: Container) {}

  /** Runs a command: see `Container.exec`. */
  exec(command: string | readonly string[], options?: ExecOptions): Promise<ExecResult> {
    return this.container.exec(command, options)
  }

  /** The content of a file as UTF-8. */
  async fileRead(path: string): Promise<string> {
    return (await this.exec(['cat', '--', path])).stdout
  }

  /** Writes a file. Folders above it must exist. */
  async fileWrite(path: string, content: string | Uint8Array): Promise<void> {
    await this.withPath('cat > "$1"', path, { input: content })
  }

  async fileExists(path: string): Promise<boolean> {
    return (await this.withPath('[ -e "$1" ]', path, { check: false })).exitCode === 0
  }

  /** Removes a file. An absent one is not an error. */
  async fileDelete(path: string): Promise<void> {
    await this.exec(['rm', '-f', '--', path])
  }

  async dirExists(path: string): Promise<boolean> {
    return (await this.withPath('[ -d "$1" ]', path, { check: false })).exitCode === 0
  }

  /** Names in a folder, sorted by the container's `ls`. */
  async list(path: string): Promise<readonly string[]> {
    const { stdout } = await this.exec(['ls', '-A1', '--', path])
    return stdout.split('\n').filter((name) => name !== '')
  }

  /** Copies a file of the host into the container. */
  async upload(source: string, target: string): Promise<void> {
    await this.withPath('cat > "$1"', target, { input: createReadStream(source) })
  }

  /** Copies a file of the container to the host (mode 0600). */
  async download(source: string, target: string): Promise<void> {
    const { PassThrough } = await import('node:stream')
    const bytes = new PassThrough()
    const written = pipeline(bytes, createWriteStream(target, { mode: 0o600 }))
    try {
      await this.exec(['cat', '--', source], { stdout: bytes })
    } finally {
      bytes.end()
      await written
    }
  }

  /** The variables of a command in the container. */
  async environ(): Promise<Readonly<Record<string, string>>> {
    const { stdout } = await this.exec(['cat', '/proc/self/environ'])
    const entries = stdout.split('\0').filter((one) => one.includes('='))
    return Object.fromEntries(entries.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]))
  }

  async info(): Promise<PlatformInfo> {
    const [release, machine, hostname] = await Promise.all([
      this.exec(['cat', '/etc/os-release'], { check: false }),
      this.exec(['uname', '-m']),
      this.exec(['uname', '-n']),
    ])
    const field = (name: string): string =>
      new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(release.stdout)?.[1] ?? 'unknown'
    return {
      platform: field('ID'),
      version: field('VERSION_ID'),
      cpu: machine.stdout.trim(),
      hostname: hostname.stdout.trim(),
    }
  }

  /** A script of ours with a path as its argument, so that the shell never reads the path as a command. */
  private withPath(script: string, path: string, options: ExecOptions): Promise<ExecResult> {
    return this.exec(['/bin/sh', '-c', script, 'sh', path], options)
  }
}
