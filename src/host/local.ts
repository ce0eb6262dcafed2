import { chmodSync, rmSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type {
  BoundedProgram,
  BoundedResult,
  Command,
  CommandResult,
  HeldProcess,
  InteractiveProgram,
} from './contract/commands.ts'
import type { LockFile, UnnamedFile, UnpackOptions, WriteFileOptions } from './contract/files.ts'
import type { Host } from './host.ts'
import { killPoint } from './kill-point.ts'
import { openLockFile } from './local/files/lock-file.ts'
import { makeFolder } from './local/files/make-folder.ts'
import { removeTrees } from './local/files/remove-tree.ts'
import { isAbsent } from './local/files/stat.ts'
import { unnamedFile } from './local/files/unnamed-file.ts'
import { removeEmptyDir, writeFifo, writeFile, writeInPlace, writeKernel } from './local/files/write.ts'
import { hold, spawnDaemon } from './local/processes/daemon.ts'
import { runWithDescriptors } from './local/processes/run-command.ts'
import { LocalReader, type LocalOptions as ReaderOptions } from './local/reader.ts'
import { Locks } from './lock.ts'
import { commandFailedError } from './process/command-failed.ts'

export { LocalReader } from './local/reader.ts'

interface LocalHostOptions extends ReaderOptions {
  /** Every child of an effect inherits it, so that the lock outlives a killed HeroPods until its last effect has ended. */
  readonly lockDescriptor?: number
  readonly locks?: Locks
}

/** The machine on which HeroPods runs. A process has one; `forRun` makes the others from it. */
export class LocalHost extends LocalReader implements Host {
  readonly locks: Locks
  private readonly lockDescriptor: number | undefined

  constructor(options: LocalHostOptions = {}) {
    super(options)
    this.lockDescriptor = options.lockDescriptor
    this.locks = options.locks ?? new Locks(this)
  }

  forRun(lockDescriptor?: number): LocalHost {
    const { environment, thisProcess: own, locks } = this
    return new LocalHost({
      environment,
      thisProcess: own,
      locks,
      ...(lockDescriptor !== undefined && { lockDescriptor }),
    })
  }

  /** This host with other environment variables, e.g. those of another instance. */
  withEnvironment(environment: Readonly<NodeJS.ProcessEnv>): LocalHost {
    return new LocalHost({ environment, thisProcess: this.thisProcess, locks: this.locks })
  }

  async unpackTree(root: string, folder: string, archive: Readable, options: UnpackOptions): Promise<void> {
    killPoint('before')
    return (await import('./local/files/trees/unpack-tree.ts')).unpackTree(root, folder, archive, options)
  }

  async run(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    const result = await this.attempt(command, signal)
    if (result.exitCode !== 0) throw commandFailedError(result)
    return result
  }

  async attempt(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    killPoint('before')
    const { lockDescriptor } = this
    const inherited = lockDescriptor === undefined || command.leavesDaemon ? [] : [lockDescriptor]
    const result = await runWithDescriptors(
      this.thisProcess,
      command,
      [...(command.descriptors ?? []), ...inherited],
      signal,
    )
    killPoint('after')
    return result
  }

  async spawnDaemon(command: Command): Promise<number> {
    killPoint('before')
    return spawnDaemon(this.thisProcess, await this.cgroups(), command)
  }

  hold(command: Command): Promise<HeldProcess> {
    return hold(command)
  }

  async inOwnCgroup<T>(act: () => Promise<T>): Promise<T> {
    await this.resetAttributes()
    return this.thisProcess.daemons.during(await this.cgroups(), act)
  }

  async runBounded(program: BoundedProgram, signal: AbortSignal): Promise<BoundedResult> {
    const { runBounded } = await import('./local/processes/bounded.ts')
    return runBounded(this.thisProcess, program, signal)
  }

  async interactive(program: InteractiveProgram): Promise<number> {
    const { interactive } = await import('./local/processes/interactive.ts')
    return interactive(this.thisProcess, program)
  }

  async writeFile(path: string, content: string | Buffer, options: WriteFileOptions = {}): Promise<void> {
    killPoint('before')
    await writeFile(path, content, options)
  }

  async writeInPlace(path: string, content: string | Buffer, mode = 0o644): Promise<void> {
    killPoint('before')
    await writeInPlace(path, content, mode)
  }

  async writeKernel(path: string, value: string): Promise<void> {
    killPoint('before')
    await writeKernel(path, value)
  }

  async writeFifo(path: string, text: string): Promise<void> {
    killPoint('before')
    await writeFifo(path, text)
  }

  async makeDir(path: string, mode = 0o700): Promise<void> {
    await makeFolder(path, mode)
  }

  async symlink(target: string, path: string): Promise<void> {
    await fs.symlink(target, path)
  }

  async copyFile(from: string, to: string): Promise<void> {
    await fs.copyFile(from, to)
  }

  async rename(from: string, to: string): Promise<void> {
    killPoint('before')
    await fs.rename(from, to)
  }

  async setMode(path: string, mode: number): Promise<void> {
    chmodSync(path, mode)
  }

  async setOwner(path: string, mode: number, uid: number, gid: number): Promise<void> {
    killPoint('before')
    await fs.chown(path, uid, gid)
    await fs.chmod(path, mode)
  }

  async removeFile(path: string): Promise<void> {
    killPoint('before')
    rmSync(path, { force: true })
  }

  removeEmptyDir(path: string): Promise<boolean> {
    return removeEmptyDir(path)
  }

  async removeTree(path: string): Promise<void> {
    for (const error of (await removeTrees(this, [path])).values()) throw error
  }

  removeTrees(paths: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    return removeTrees(this, paths)
  }

  async unnamedFile(folder: string, text: string): Promise<UnnamedFile> {
    return unnamedFile(folder, text)
  }

  openLockFile(path: string, options?: { readonly strict?: boolean }): Promise<LockFile> {
    return openLockFile(path, options)
  }

  async kill(pid: number, signal: NodeJS.Signals | number): Promise<boolean> {
    if (!Number.isInteger(pid) || pid <= 1) throw new Error(`refusing to signal pid ${pid}`)
    killPoint('before')
    try {
      return process.kill(pid, signal)
    } catch (error) {
      if (isAbsent(error)) return false
      throw error
    }
  }

  resetAttributes(): Promise<void> {
    return this.thisProcess.resetAttributes()
  }
}
