import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as os from 'node:os'
import type { Readable } from 'node:stream'
import { type CgroupHost, readCgroups } from '../cgroup.ts'
import type { Command, CommandResult, StreamResult } from '../contract/commands.ts'
import type { FileStat, FileSystem, PackOptions, WatchOptions } from '../contract/files.ts'
import type { Caller, ProbeAnswer, ProcessIdentity } from '../contract/processes.ts'
import { resolveInRoot } from '../files/in-root.ts'
import { readPlainFile } from '../files/plain-file.ts'
import type { HostReader, System } from '../host.ts'
import { parseStat } from '../process/process.ts'
import { readInRoot } from './files/in-root.ts'
import { isLocked } from './files/lock-file.ts'
import { fileStat, linkTarget, orElse } from './files/stat.ts'
import { watchPath } from './files/watch-path.ts'
import { callerOf } from './processes/caller.ts'
import { follow } from './processes/follow.ts'
import { runWithDescriptors, runWithoutDescriptors } from './processes/run-command.ts'
import { stream } from './processes/stream.ts'
import { ThisProcess } from './processes/this-process.ts'

export interface LocalOptions {
  /** Default: the environment of this process. */
  readonly environment?: Readonly<NodeJS.ProcessEnv>
  /** State of this process; hosts of one process share it. */
  readonly thisProcess?: ThisProcess
}

/**
 * The machine on which HeroPods runs, read only. Its reads are synchronous: an asynchronous read of a small file costs ten times as
 * much, and an observation of a thousand containers makes fifteen thousand.
 */
export class LocalReader implements HostReader {
  readonly damage = new Map<string, string>()
  readonly system: System = new LocalSystem()
  readonly environment: Readonly<NodeJS.ProcessEnv>
  protected readonly thisProcess: ThisProcess
  private cgroupHost: Promise<CgroupHost> | undefined

  constructor(options: LocalOptions = {}) {
    this.environment = options.environment ?? process.env
    this.thisProcess = options.thisProcess ?? new ThisProcess()
  }

  query(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    const { descriptors } = command
    return descriptors === undefined
      ? runWithoutDescriptors(this.thisProcess, command, signal)
      : runWithDescriptors(this.thisProcess, command, descriptors, signal)
  }

  stream(command: Command, onChunk: (chunk: Buffer) => boolean): Promise<StreamResult> {
    return stream(command, onChunk)
  }

  follow(command: Command, onLine: (line: string) => void, onEnd: (reason: string) => void): { stop(): void } {
    return follow(command, onLine, onEnd)
  }

  async readFile(path: string): Promise<string | undefined> {
    return orElse<string | undefined>(() => fs.readFileSync(path, 'utf8'), undefined, 'EISDIR')
  }

  async readBytes(path: string): Promise<Buffer | undefined> {
    return orElse<Buffer | undefined>(() => fs.readFileSync(path), undefined, 'EISDIR')
  }

  async readStart(path: string, length: number): Promise<Buffer> {
    const file = fs.openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, fs.readSync(file, bytes, 0, length, 0))
    } finally {
      fs.closeSync(file)
    }
  }

  async readEnd(path: string, length: number): Promise<Buffer | undefined> {
    const file = orElse<number | undefined>(() => fs.openSync(path, 'r'), undefined)
    if (file === undefined) return undefined
    try {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, fs.readSync(file, bytes, 0, length, Math.max(0, fs.fstatSync(file).size - length)))
    } finally {
      fs.closeSync(file)
    }
  }

  async readPlainFile(path: string, most: number): Promise<Buffer> {
    return readPlainFile(path, most)
  }

  async sha256(path: string): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of fs.createReadStream(path)) hash.update(chunk)
    return hash.digest('hex')
  }

  async readDir(path: string): Promise<readonly string[]> {
    return orElse(() => fs.readdirSync(path), []).sort()
  }

  async readSubfolders(path: string): Promise<readonly string[]> {
    const entries = orElse<fs.Dirent[]>(() => fs.readdirSync(path, { withFileTypes: true }), [])
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
  }

  async readLink(path: string): Promise<string | undefined> {
    return orElse<string | undefined>(() => fs.readlinkSync(path), undefined)
  }

  async realPath(path: string): Promise<string | undefined> {
    try {
      return fs.realpathSync(path)
    } catch {
      return undefined
    }
  }

  async stat(path: string): Promise<FileStat | undefined> {
    // Without an exception, since most paths that an observation reads are absent.
    const stat = orElse<fs.Stats | undefined>(() => fs.lstatSync(path, { throwIfNoEntry: false }), undefined)
    return stat && fileStat(stat)
  }

  async statTarget(path: string): Promise<FileStat | undefined> {
    const stat = orElse<fs.Stats | undefined>(() => fs.statSync(path, { throwIfNoEntry: false }), undefined)
    return stat && fileStat(stat)
  }

  async fileSystem(path: string): Promise<FileSystem | undefined> {
    const found = orElse<fs.StatsFs | undefined>(() => fs.statfsSync(path), undefined)
    return found && { type: found.type, freeBytes: found.bavail * found.bsize }
  }

  async resolveInRoot(root: string, path: string): Promise<string> {
    return resolveInRoot(linkTarget, root, path)
  }

  async readInRoot(root: string, path: string): Promise<string | undefined> {
    return readInRoot(root, path)
  }

  async statInRoot(root: string, path: string): Promise<FileStat | undefined> {
    return (await import('./files/trees/stat-in-root.ts')).statInRoot(root, path)
  }

  async packTree(root: string, path: string, options: PackOptions): Promise<Readable> {
    return (await import('./files/trees/pack-tree.ts')).packTree(root, path, options)
  }

  isLocked(path: string): Promise<boolean> {
    return isLocked(path)
  }

  watchPath(path: string, options: WatchOptions): { close(): void } {
    return watchPath(path, options)
  }

  async processIdentity(pid: number): Promise<ProcessIdentity | undefined> {
    return identityOf(pid)
  }

  async isAlive(known: ProcessIdentity | undefined): Promise<boolean> {
    return known !== undefined && identityOf(known.pid)?.startTime === known.startTime
  }

  caller(): Caller {
    return callerOf(this.environment)
  }

  async probeHttp(...asked: Parameters<HostReader['probeHttp']>): Promise<ProbeAnswer> {
    return (await import('./probes.ts')).probeHttp(...asked)
  }

  async probeTcp(...asked: Parameters<HostReader['probeTcp']>): Promise<ProbeAnswer> {
    return (await import('./probes.ts')).probeTcp(...asked)
  }

  cgroups(): Promise<CgroupHost> {
    this.cgroupHost ??= readCgroups(this)
    return this.cgroupHost
  }
}

function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    return parseStat(pid, fs.readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return undefined
  }
}

/** Computes a field when it is read: a list of CPUs takes a millisecond. */
class LocalSystem implements System {
  readonly platform = process.platform
  readonly architecture = process.arch
  readonly pid = process.pid

  get hostname(): string {
    return os.hostname()
  }

  get kernel(): string {
    return os.release()
  }

  get cpus(): number {
    return os.cpus().length
  }

  get home(): string {
    return os.homedir()
  }

  get uid(): number {
    return process.geteuid?.() ?? -1
  }

  get gid(): number {
    return process.getegid?.() ?? -1
  }
}
