import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createReadStream, createWriteStream } from '../host/caller-files.ts'
import type { ExecOptions, ExecResult } from './exec.ts'

/** The platform of a node. */
export interface PlatformInfo {
  /** ID of os-release(5), e.g. `alpine`; `unknown` without that file. */
  readonly platform: string
  readonly version: string
  /** The machine, e.g. `x86_64`. */
  readonly cpu: string
  readonly hostname: string
}

export type RunCommand = (command: string | readonly string[], options?: ExecOptions) => Promise<ExecResult>

/**
 * Commands, files and folders of a container or of the host, through its own programs (`sh`, `cat`, `ls`, `rm`, `uname`). Paths never
 * reach a shell as text. Each method raises `exec-failed` if its command fails.
 * @hideconstructor
 */
export class Node {
  readonly #run: RunCommand
  readonly #interactive: (argv: readonly string[]) => Promise<number>

  /** @internal Programs use `Container.node` or `HeroPods.node`. */
  constructor(run: RunCommand, interactive: (argv: readonly string[]) => Promise<number>) {
    this.#run = run
    this.#interactive = interactive
  }

  /** Runs a command: a text for `/bin/sh -c`, or a program with its arguments. See `Container.exec`. */
  exec(command: string | readonly string[], options?: ExecOptions): Promise<ExecResult> {
    return this.#run(command, options)
  }

  /** Runs a command with the terminal of this process. Returns its exit code. */
  execInteractive(command: string | readonly string[]): Promise<number> {
    return this.#interactive(typeof command === 'string' ? ['/bin/sh', '-c', command] : command)
  }

  /** An interactive shell with the terminal of this process. Returns its exit code. */
  shell(): Promise<number> {
    return this.#interactive(['/bin/sh'])
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

  /** Names in a folder, as `ls` sorts them. */
  async list(path: string): Promise<readonly string[]> {
    const { stdout } = await this.exec(['ls', '-A1', '--', path])
    return stdout.split('\n').filter((name) => name !== '')
  }

  /** Copies a file of this host to the node. */
  async upload(source: string, target: string): Promise<void> {
    await this.withPath('cat > "$1"', target, { input: createReadStream(source) })
  }

  /** Copies a file of the node to this host (mode 0600). */
  async download(source: string, target: string): Promise<void> {
    const bytes = new PassThrough()
    const written = pipeline(bytes, createWriteStream(target, { mode: 0o600 }))
    try {
      await this.exec(['cat', '--', source], { stdout: bytes })
    } finally {
      bytes.end()
      await written
    }
  }

  /** The environment of a command on the node. */
  async environGet(): Promise<Readonly<Record<string, string>>> {
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
