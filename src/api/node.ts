import { HeroPodsError } from '../model/errors.ts'
import { ExecFailedError, type ExecOptions, type ExecResult } from './exec.ts'
import { openSource, writeTarget } from './local-files.ts'

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
 * reach a shell as text. Each method raises `exec-failed` if its command fails, and `file-missing` if the file or folder does not exist.
 * @hideconstructor
 */
export class Node {
  readonly #run: RunCommand
  readonly #interactive: (argv: readonly string[]) => Promise<number>
  readonly #place: string

  /** @internal Programs use `Container.node` or `HeroPods.node`. `place`: for messages, e.g. `in web`. */
  constructor(run: RunCommand, interactive: (argv: readonly string[]) => Promise<number>, place: string) {
    this.#run = run
    this.#interactive = interactive
    this.#place = place
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
    return (await this.execOn(path, ['cat', '--', path])).stdout
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
    const { stdout } = await this.execOn(path, ['ls', '-A1', '--', path])
    return stdout.split('\n').filter((name) => name !== '')
  }

  /** Copies a file of this host to the node. Folders above the target must exist. */
  async upload(source: string, target: string): Promise<void> {
    await this.withPath('cat > "$1"', target, { input: await openSource(source) })
  }

  /** Copies a file of the node to this host (mode 0600). After a failure an earlier file is as it was. */
  download(source: string, target: string): Promise<void> {
    return writeTarget(target, (stdout) => this.execOn(source, ['cat', '--', source], { stdout }))
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

  /** Runs a command that reads a file or folder. Raises `file-missing` if it does not exist. */
  private async execOn(path: string, argv: readonly string[], options?: ExecOptions): Promise<ExecResult> {
    try {
      return await this.exec(argv, options)
    } catch (error) {
      if (!(error instanceof ExecFailedError) || (await this.fileExists(path))) throw error
      const message = `There is no file or folder ${JSON.stringify(path)} ${this.#place}.`
      throw new HeroPodsError({ code: 'file-missing', message, hint: '`list` shows the names in a folder.' })
    }
  }

  /** A script of ours with a path as its argument, so that the shell never reads the path as a command. */
  private withPath(script: string, path: string, options: ExecOptions): Promise<ExecResult> {
    return this.exec(['/bin/sh', '-c', script, 'sh', path], options)
  }
}
