import { createHash } from 'node:crypto'
import { type CgroupHost, readCgroups } from '../../src/host/cgroup.ts'
import type {
  BoundedProgram,
  BoundedResult,
  Command,
  CommandResult,
  HeldProcess,
  StreamResult,
} from '../../src/host/contract/commands.ts'
import type { FileStat, FileSystem, LockFile, UnnamedFile, WriteFileOptions } from '../../src/host/contract/files.ts'
import type { Caller, ProbeAnswer, ProcessIdentity } from '../../src/host/contract/processes.ts'
import { resolveInRoot } from '../../src/host/files/in-root.ts'
import { mountsBelow } from '../../src/host/files/mounts.ts'
import { FileFault } from '../../src/host/files/plain-file.ts'
import type { Host } from '../../src/host/host.ts'
import { Locks } from '../../src/host/lock.ts'
import { commandFailedError } from '../../src/host/process/command-failed.ts'
import { type Entry, MemoryFiles, systemError } from './memory-files.ts'

/** Answers a command; undefined: success without output. It may change the host, as the program would. */
export type Script = (command: Command, host: RecordingHost) => Partial<CommandResult> | undefined

/** The run was ended before its next effect. */
export class Stopped extends Error {}

/** A host in memory. It records every effect in order, answers commands by a script, and can stop before any effect. */
export class RecordingHost implements Host {
  readonly files = new MemoryFiles()
  /** Effects in the order in which they happened, such as `write /path` and `run ip -batch -`. */
  readonly effects: string[] = []
  /** All commands, also those that only read. */
  readonly commands: string[] = []
  /** Inputs of the commands that have one. */
  readonly inputs: string[] = []
  /** Living processes: pid to start time. A signal ends one, unless `ignoring` holds it. */
  readonly processes = new Map<number, number>()
  readonly ignoring = new Set<string>()
  /** Types of file systems by their mount points (statfs(2)); by default cgroup v2. */
  readonly fileSystems = new Map([['/sys/fs/cgroup', 0x63677270]])
  /** Cgroups of living processes: pid to folder. */
  readonly cgroupOf = new Map<number, string>()
  /** Number of the effect before which the run stops, and all effects after it; undefined: none. */
  stopAt: number | undefined
  environment: Readonly<NodeJS.ProcessEnv> = {}
  readonly damage = new Map<string, string>()
  readonly locks = new Locks(this)
  readonly system = {
    platform: 'linux',
    hostname: 'test',
    architecture: 'x64',
    kernel: '6.1.0',
    cpus: 2,
    home: '/root',
    pid: 1000,
    uid: 0,
    gid: 0,
  }
  private readonly locked = new Set<string>()
  private descriptors = 100
  private readonly unnamedFiles = new Map<number, string>()
  private stopped = false

  constructor(private readonly script: Script = () => undefined) {
    this.processes.set(this.system.pid, 1)
    this.files.makeFolder('/sys/fs/cgroup', 0o755)
  }

  forRun(): Host {
    return this
  }

  /** True once a run was stopped at `stopAt`. */
  get isStopped(): boolean {
    return this.stopped
  }

  /** Another run begins after a stop: nothing is recorded yet, and the kernel has freed the locks. Files and processes stay. */
  restart(): void {
    for (const list of [this.effects, this.commands, this.inputs]) list.length = 0
    this.stopAt = undefined
    this.stopped = false
    this.locked.clear()
    this.damage.clear()
  }

  async cgroups(): Promise<CgroupHost> {
    return readCgroups(this)
  }

  private effect(text: string): void {
    if (this.effects.length + 1 === this.stopAt) this.stopped = true
    if (this.stopped) throw new Stopped(`before: ${text}`)
    this.effects.push(text)
  }

  // Commands

  async query(given: Command): Promise<CommandResult> {
    const command = this.withBatches(given)
    this.commands.push(textOf(command))
    if (command.input !== undefined) this.inputs.push(String(command.input))
    const silent = { command, exitCode: 0, signal: undefined, stdout: '', stderr: '', missing: false }
    return { ...silent, ...this.script(command, this) }
  }

  /** The command with the lines of the unnamed files that a batch of `ip` reads, in place of their descriptors. */
  private withBatches(command: Command): Command {
    if (command.program !== 'ip' || command.input === undefined) return command
    const input = String(command.input).replaceAll(
      /^(.*) -force -batch \/proc\/self\/fd\/(\d+)\n/gm,
      (_, start: string, number: string) => {
        const text = this.unnamedFiles.get(command.descriptors?.[Number(number) - 3] ?? -1) ?? ''
        return text.replaceAll(/^/gm, `${start} `).slice(0, -start.length - 1)
      },
    )
    return { ...command, input }
  }

  async attempt(command: Command): Promise<CommandResult> {
    this.effect(`run ${textOf(command)}`)
    return this.query(command)
  }

  async run(command: Command): Promise<CommandResult> {
    const result = await this.attempt(command)
    if (result.exitCode !== 0) throw commandFailedError(result)
    return result
  }

  async stream(command: Command, onChunk: (chunk: Buffer) => boolean): Promise<StreamResult> {
    const { exitCode, stdout, stderr, missing } = await this.query(command)
    return { exitCode: stdout === '' || onChunk(Buffer.from(stdout)) ? exitCode : undefined, stderr, missing }
  }

  follow(command: Command): { stop(): void } {
    this.commands.push(textOf(command))
    return { stop: () => undefined }
  }

  async spawnDaemon(command: Command): Promise<number> {
    this.effect(`daemon ${textOf(command)}`)
    await this.query(command)
    return this.newProcess()
  }

  async hold(command: Command): Promise<HeldProcess> {
    await this.query(command)
    const pid = this.newProcess()
    return { pid, end: async () => void this.processes.delete(pid) }
  }

  inOwnCgroup<T>(act: () => Promise<T>): Promise<T> {
    return act()
  }

  async runBounded({ program, args }: BoundedProgram): Promise<BoundedResult> {
    const { exitCode, stdout } = await this.attempt({ program, args })
    return { exitCode, timedOut: false, output: stdout }
  }

  async interactive(command: Command): Promise<number> {
    return (await this.attempt(command)).exitCode ?? 0
  }

  // Files that are read

  async readFile(path: string): Promise<string | undefined> {
    return (await this.readBytes(path))?.toString()
  }

  async readBytes(path: string): Promise<Buffer | undefined> {
    if (path.endsWith('/cgroup.procs')) return Buffer.from(this.pidsIn(path.slice(0, -'/cgroup.procs'.length)))
    const found = this.files.target(path)
    return found?.kind === 'file' ? found.content : undefined
  }

  async readStart(path: string, length: number): Promise<Buffer> {
    return (await this.existing(path)).subarray(0, length)
  }

  async readEnd(path: string, length: number): Promise<Buffer | undefined> {
    return (await this.readBytes(path))?.subarray(-length)
  }

  async readPlainFile(path: string, most: number): Promise<Buffer> {
    const bytes = await this.readBytes(path)
    if (bytes === undefined) throw new FileFault('absent', `there is no file ${path}`)
    if (bytes.length > most) throw new FileFault('unreadable', `${path} is larger than ${most / 2 ** 20} MiB`)
    return bytes
  }

  async sha256(path: string): Promise<string> {
    return createHash('sha256')
      .update(await this.existing(path))
      .digest('hex')
  }

  async readDir(path: string): Promise<readonly string[]> {
    return this.files.names(path)
  }

  async readSubfolders(path: string): Promise<readonly string[]> {
    return this.files.names(path).filter((name) => this.files.get(`${path}/${name}`)?.kind === 'folder')
  }

  async readLink(path: string): Promise<string | undefined> {
    return this.files.linkTarget(path)
  }

  async realPath(path: string): Promise<string | undefined> {
    return this.files.realPath(path)
  }

  async stat(path: string): Promise<FileStat | undefined> {
    return statOf(this.files.get(path))
  }

  async statTarget(path: string): Promise<FileStat | undefined> {
    return statOf(this.files.target(path))
  }

  async fileSystem(path: string): Promise<FileSystem | undefined> {
    return this.files.target(path) && { type: this.fileSystems.get(path) ?? 0, freeBytes: 2 ** 40 }
  }

  async resolveInRoot(root: string, path: string): Promise<string> {
    return resolveInRoot((one) => this.files.linkTarget(one), root, path)
  }

  async readInRoot(root: string, path: string): Promise<string | undefined> {
    return this.readFile(await this.resolveInRoot(root, path))
  }

  async statInRoot(root: string, path: string): Promise<FileStat | undefined> {
    return this.statTarget(await this.resolveInRoot(root, path))
  }

  async packTree(): Promise<never> {
    throw new Error('this host has no archives')
  }

  async unpackTree(): Promise<never> {
    throw new Error('this host has no archives')
  }

  async isLocked(path: string): Promise<boolean> {
    return this.locked.has(path)
  }

  watchPath(): { close(): void } {
    return { close: () => undefined }
  }

  private async existing(path: string): Promise<Buffer> {
    const bytes = await this.readBytes(path)
    if (bytes === undefined) throw systemError('ENOENT', path)
    return bytes
  }

  // Files that are written

  async writeFile(path: string, content: string | Buffer, options: WriteFileOptions = {}): Promise<void> {
    this.effect(`write ${path}`)
    const { mode = 0o600, uid = 0, gid = 0 } = options
    this.files.set(path, { content: Buffer.from(content), mode, uid, gid })
  }

  async writeInPlace(path: string, content: string | Buffer, mode = 0o644): Promise<void> {
    this.effect(`write in place ${path}`)
    this.files.set(path, { content: Buffer.from(content), mode }, true)
  }

  async writeKernel(path: string, value: string): Promise<void> {
    this.effect(`set ${path} ${value}`)
    this.files.set(path, { content: Buffer.from(value) }, true)
  }

  async writeFifo(path: string, text: string): Promise<void> {
    this.effect(`pipe ${path} ${text}`)
    if (this.files.get(path) === undefined) throw systemError('ENOENT', path)
  }

  async makeDir(path: string, mode = 0o700): Promise<void> {
    this.files.makeFolder(path, mode)
  }

  async symlink(target: string, path: string): Promise<void> {
    this.effect(`link ${path} -> ${target}`)
    if (this.files.get(path) !== undefined) throw systemError('EEXIST', path)
    this.files.set(path, { kind: 'link', content: Buffer.from(target) })
  }

  async copyFile(from: string, to: string): Promise<void> {
    this.effect(`copy ${from} -> ${to}`)
    this.files.set(to, { content: await this.existing(from) })
  }

  async rename(from: string, to: string): Promise<void> {
    this.effect(`rename ${from} -> ${to}`)
    this.files.rename(from, to)
  }

  async setMode(path: string, mode: number): Promise<void> {
    this.change(path, { mode })
  }

  async setOwner(path: string, mode: number, uid: number, gid: number): Promise<void> {
    this.effect(`owner ${path} ${uid}:${gid}`)
    this.change(path, { mode, uid, gid })
  }

  async removeFile(path: string): Promise<void> {
    this.effect(`remove ${path}`)
    if (this.files.get(path)?.kind === 'folder') throw systemError('EISDIR', path)
    this.files.remove(path)
  }

  async removeEmptyDir(path: string): Promise<boolean> {
    const found = this.files.get(path)
    if (found === undefined) return true
    if (found.kind !== 'folder') throw systemError('ENOTDIR', path)
    // Files of a cgroup are the kernel's: they go with the folder.
    const below = path.startsWith('/sys/fs/cgroup/') ? await this.readSubfolders(path) : this.files.names(path)
    if (below.length > 0 || this.pidsIn(path) !== '') return false
    this.files.remove(path)
    return true
  }

  async removeTree(path: string): Promise<void> {
    this.effect(`remove ${path}`)
    const mounted = await mountsBelow(this, path)
    if (mounted.length > 0) throw new Error(`${mounted[0]} is still mounted`)
    this.files.remove(path)
  }

  async removeTrees(paths: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    for (const path of paths) await this.removeTree(path)
    return new Map()
  }

  async unnamedFile(_folder: string, text: string): Promise<UnnamedFile> {
    this.descriptors += 1
    this.unnamedFiles.set(this.descriptors, text)
    return { descriptor: this.descriptors, read: () => text, close: () => undefined }
  }

  async openLockFile(path: string): Promise<LockFile> {
    if (this.files.get(path) === undefined) this.files.set(path, {})
    const { inode } = this.files.get(path) ?? {}
    let holds = false
    this.descriptors += 1
    return {
      descriptor: this.descriptors,
      lock: async () => {
        if (this.locked.has(path)) return holds
        this.locked.add(path)
        holds = true
        return true
      },
      isCurrent: async () => this.files.get(path)?.inode === inode,
      write: async (text) => this.files.set(path, { content: Buffer.from(text) }, true),
      close: async () => {
        if (holds) this.locked.delete(path)
      },
    }
  }

  private change(path: string, given: Partial<Entry>): void {
    const known = this.files.get(path)
    if (known === undefined) throw systemError('ENOENT', path)
    this.files.set(path, { ...known, ...given }, true)
  }

  // Processes

  async processIdentity(pid: number): Promise<ProcessIdentity | undefined> {
    const startTime = this.processes.get(pid)
    return startTime === undefined ? undefined : { pid, startTime }
  }

  async isAlive(known: ProcessIdentity | undefined): Promise<boolean> {
    return known !== undefined && this.processes.get(known.pid) === known.startTime
  }

  async kill(pid: number, signal: NodeJS.Signals | number): Promise<boolean> {
    this.effect(`kill ${pid} ${signal}`)
    if (!this.processes.has(pid)) return false
    if (!this.ignoring.has(`${pid} ${signal}`)) this.processes.delete(pid)
    return true
  }

  async resetAttributes(): Promise<void> {}

  caller(): Caller {
    return { user: 'root' }
  }

  async probeHttp(): Promise<ProbeAnswer> {
    return { ok: true, output: 'HTTP 200' }
  }

  async probeTcp(): Promise<ProbeAnswer> {
    return { ok: true, output: '' }
  }

  private pidsIn(cgroup: string): string {
    const pids = [...this.cgroupOf].filter(([pid, folder]) => folder === cgroup && this.processes.has(pid))
    return pids.map(([pid]) => `${pid}\n`).join('')
  }

  private newProcess(): number {
    const pid = Math.max(...this.processes.keys()) + 1
    this.processes.set(pid, pid)
    return pid
  }
}

const textOf = ({ program, args }: Command): string => [program, ...args].join(' ')

const statOf = (entry: Entry | undefined): FileStat | undefined =>
  entry && {
    kind: entry.kind,
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    size: entry.content.length,
    mtimeMs: entry.mtimeMs,
    ctimeMs: entry.mtimeMs,
    inode: entry.inode,
    dev: 1,
  }
