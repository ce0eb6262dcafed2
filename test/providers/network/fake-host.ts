import { instancePaths } from '../../../src/host/files/paths.ts'
import type { Command, CommandResult, FileStat, Host } from '../../../src/host/host.ts'
import type { WriteContext } from '../../../src/providers/provider.ts'

type Answer = (command: Command) => Partial<CommandResult> | undefined

/** A host whose files are a map. It records every command and answers it as the test says; by default with success and no output. */
export class FakeHost implements Host {
  readonly files = new Map<string, string>()
  readonly commands: string[] = []
  /** Inputs of the commands that have one. */
  readonly inputs: string[] = []
  /** Values written to files of the kernel. */
  readonly kernel = new Map<string, string>()

  constructor(private readonly answer: Answer = () => undefined) {}

  async attempt(command: Command): Promise<CommandResult> {
    this.commands.push([command.program, ...command.args].join(' '))
    if (command.input !== undefined) this.inputs.push(String(command.input))
    return {
      command,
      exitCode: 0,
      signal: undefined,
      stdout: '',
      stderr: '',
      missing: false,
      ...this.answer(command),
    }
  }

  query(command: Command): Promise<CommandResult> {
    return this.attempt(command)
  }

  async run(command: Command): Promise<CommandResult> {
    const result = await this.attempt(command)
    if (result.exitCode !== 0) throw new Error(`${command.program} failed`)
    return result
  }

  async readFile(path: string): Promise<string | undefined> {
    return this.kernel.get(path) ?? this.files.get(path)
  }

  async readBytes(path: string): Promise<Buffer | undefined> {
    const text = this.files.get(path)
    return text === undefined ? undefined : Buffer.from(text)
  }

  async readDir(path: string): Promise<readonly string[]> {
    const names = [...this.files.keys()]
      .filter((file) => file.startsWith(`${path}/`))
      .map((file) => file.slice(path.length + 1).split('/')[0] ?? '')
    return [...new Set(names)].sort()
  }

  async readLink(): Promise<string | undefined> {
    return undefined
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const text = this.files.get(path)
    if (text === undefined) return undefined
    return { kind: 'file', mode: 0o600, uid: 0, gid: 0, size: text.length, mtimeMs: 0, inode: 1 }
  }

  async writeFile(path: string, content: string | Buffer): Promise<void> {
    this.files.set(path, String(content))
  }

  async writeInPlace(path: string, content: string | Buffer): Promise<void> {
    this.files.set(path, String(content))
  }

  async writeKernel(path: string, value: string): Promise<void> {
    this.kernel.set(path, value)
  }

  async removeTree(path: string): Promise<void> {
    for (const file of [...this.files.keys()]) if (file === path || file.startsWith(`${path}/`)) this.files.delete(file)
  }

  async makeDir(): Promise<void> {}
  async setOwner(): Promise<void> {}

  async rename(from: string, to: string): Promise<void> {
    const text = this.files.get(from)
    if (text !== undefined) this.files.set(to, text)
    this.files.delete(from)
  }

  spawnDaemon = unused
  hold = unused
  inOwnCgroup = unused
  kill = unused
}

const unused = (): Promise<never> => Promise.reject(new Error('A test of networks needs no processes.'))

export const paths = instancePaths({ HEROPODS_DIR: '/test/data', HEROPODS_RUN_DIR: '/test/run' })

export const writeContext = (host: Host): WriteContext => ({
  host,
  paths,
  once: (_key, read) => read(),
  signal: new AbortController().signal,
  resolveSecrets: (text) => text,
  progress: () => undefined,
})
