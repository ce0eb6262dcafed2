import { type StdioOptions, spawn } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs'
import * as fs from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HeroPodsError } from '../model/errors.ts'
import { OwnCgroup } from './cgroup.ts'
import { makeFolder } from './files/make-folder.ts'
import { mountsBelow } from './files/mounts.ts'
import { replacing } from './files/set-aside.ts'
import { temporaryName } from './files/temporary.ts'
import type { Command, CommandResult, FileStat, Host, HostReader } from './host.ts'
import { killPoint } from './kill-point.ts'
import { dropAttributes } from './process/attributes.ts'
import { withOrdinaryOomScore } from './process/oom-score.ts'
import { commandFailed, runPlainly, runWithDescriptors, traceCommand } from './process/run-command.ts'
import { safePath } from './requirements.ts'

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code
const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'ESRCH'].includes(codeOf(error) ?? '')
/** Milliseconds. */
const longRemoval = 600_000

/**
 * The answer of `read`, or `otherwise` where the thing read is not there. Small local files are read in one go: an asynchronous
 * read costs ten times as much, and observing a thousand containers reads ten thousand.
 */
function orElse<T>(read: () => T, otherwise: T, alsoAbsent?: string): T {
  try {
    return read()
  } catch (error) {
    if (isAbsent(error) || (error as NodeJS.ErrnoException).code === alsoAbsent) return otherwise
    throw error
  }
}

/** The machine HeroPods runs on, to be looked at only. */
export class LocalReader implements HostReader {
  query(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    const { descriptors } = command
    return descriptors === undefined ? runPlainly(command, signal) : runWithDescriptors(command, descriptors, signal)
  }

  async readFile(path: string): Promise<string | undefined> {
    return orElse<string | undefined>(() => readFileSync(path, 'utf8'), undefined, 'EISDIR')
  }

  async readBytes(path: string): Promise<Buffer | undefined> {
    return orElse<Buffer | undefined>(() => readFileSync(path), undefined, 'EISDIR')
  }

  async readDir(path: string): Promise<readonly string[]> {
    return orElse(() => readdirSync(path), []).sort()
  }

  async readLink(path: string): Promise<string | undefined> {
    return orElse<string | undefined>(() => readlinkSync(path), undefined)
  }

  async stat(path: string): Promise<FileStat | undefined> {
    // Without an exception: most of what is asked for while observing is not there.
    const stat = orElse<Stats | undefined>(() => lstatSync(path, { throwIfNoEntry: false }), undefined)
    return (
      stat && {
        kind: kindOf(stat),
        mode: stat.mode & 0o7777,
        uid: stat.uid,
        gid: stat.gid,
        size: stat.size,
        mtimeMs: stat.mtimeMs,
        inode: stat.ino,
        ...deviceOf(stat),
      }
    )
  }
}

export interface LocalHostOptions {
  /** Handed to every effect child, so that the lock outlives a killed HeroPods until its last effect has ended. */
  readonly lockDescriptor?: number
}

/** The machine HeroPods runs on, to be changed. */
export class LocalHost extends LocalReader implements Host {
  constructor(private readonly options: LocalHostOptions = {}) {
    super()
  }

  async run(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    const result = await this.attempt(command, signal)
    if (result.exitCode !== 0) throw commandFailed(result)
    return result
  }

  async attempt(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    killPoint('before')
    const { lockDescriptor } = this.options
    const inherited = lockDescriptor === undefined || command.leavesDaemon ? [] : [lockDescriptor]
    const result = await runWithDescriptors(command, [...(command.descriptors ?? []), ...inherited], signal)
    killPoint('after')
    return result
  }

  async spawnDaemon(command: Command): Promise<number> {
    killPoint('before')
    traceCommand(command)
    await dropAttributes()
    const child = privately(() =>
      spawn(command.program, [...command.args], {
        detached: true,
        cwd: '/',
        env: { PATH: safePath, LC_ALL: 'C', ...command.env },
        stdio: ['ignore', 'ignore', 'ignore', ...(command.descriptors ?? [])] as StdioOptions,
      }),
    )
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    child.unref()
    const pid = child.pid as number
    // One that has ended at once is found out by whoever waits for it.
    await OwnCgroup.adopt(pid).catch((error: unknown) => {
      if (!isAbsent(error)) throw error
    })
    return pid
  }

  async hold(command: Command): Promise<{ readonly pid: number; end(): Promise<void> }> {
    traceCommand(command)
    const child = spawn(command.program, [...command.args], {
      cwd: '/',
      env: { PATH: safePath, LC_ALL: 'C' },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    return {
      pid: child.pid as number,
      end: () => {
        child.stdin?.end()
        return ended
      },
    }
  }

  async inOwnCgroup<T>(act: () => Promise<T>): Promise<T> {
    await dropAttributes()
    return OwnCgroup.during(act)
  }

  async writeFile(
    path: string,
    content: string | Buffer,
    options: { mode?: number; uid?: number; gid?: number } = {},
  ): Promise<void> {
    killPoint('before')
    await this.makeDir(dirname(path))
    const temporary = join(dirname(path), temporaryName())
    const mode = options.mode ?? 0o600
    try {
      await fs.writeFile(temporary, content, { mode, flag: 'wx' })
      await fs.chmod(temporary, mode)
      if (options.uid !== undefined || options.gid !== undefined)
        await fs.chown(temporary, options.uid ?? 0, options.gid ?? 0)
      await replacing(path, () => fs.rename(temporary, path))
    } catch (error) {
      await fs.rm(temporary, { force: true })
      if (!(await fitsInPlace(error, path, content))) throw about(path, error)
      await this.writeInPlace(path, content, mode)
    }
  }

  async writeInPlace(path: string, content: string | Buffer, mode = 0o644): Promise<void> {
    killPoint('before')
    await this.makeDir(dirname(path))
    const flags = fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_NOFOLLOW
    const file = await replacing(path, () => fs.open(path, flags, mode))
    try {
      const bytes = Buffer.from(content)
      await file.write(bytes, 0, bytes.length, 0)
      await file.truncate(bytes.length)
      await file.chmod(mode)
    } catch (error) {
      throw about(path, error)
    } finally {
      await file.close()
    }
  }

  async writeKernel(path: string, value: string): Promise<void> {
    killPoint('before')
    await fs.writeFile(path, value, { flag: 'r+' }).catch((error: unknown) => {
      throw about(path, error)
    })
  }

  async makeDir(path: string, mode = 0o700): Promise<void> {
    await makeFolder(path, mode)
  }

  async setOwner(path: string, mode: number, uid: number, gid: number): Promise<void> {
    killPoint('before')
    await fs.chown(path, uid, gid)
    await fs.chmod(path, mode)
  }

  async rename(from: string, to: string): Promise<void> {
    killPoint('before')
    await fs.rename(from, to)
  }

  async removeTree(path: string): Promise<void> {
    killPoint('before')
    const mounted = await mountsBelow(this, path)
    if (mounted.length > 0) {
      throw new HeroPodsError({
        code: 'still-mounted',
        message: `${path} is not removed: ${mounted[0]} is still mounted.`,
        hint: 'Find its user with `fuser -vm`, end it and run the command again.',
        retryable: true,
      })
    }
    try {
      await fs.rm(path, { recursive: true, force: true })
    } catch (error) {
      // Node tries a file that may not go as a folder, and says that it is not one.
      const { path: place } = error as NodeJS.ErrnoException
      if (codeOf(error) === 'ENOTDIR' && place !== undefined) {
        await fs.unlink(place)
        return this.removeTree(path)
      }
      if (codeOf(error) !== 'ENAMETOOLONG') throw error
      // Node goes by paths, which end at 4096 bytes; rm goes from folder to folder.
      const args = ['--recursive', '--force', '--one-file-system', '--', path]
      await this.run({ program: 'rm', args, timeout: longRemoval })
    }
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
}

/** A write's error names no path, and that of a passing name the wrong one. */
const about = (path: string, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error ? Object.assign(error, { path, dest: undefined }) : error

/** Whether a full disk still takes this content, since the file's own blocks hold it: records say what goes before it can go. */
async function fitsInPlace(error: unknown, path: string, content: string | Buffer): Promise<boolean> {
  if (!['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')) return false
  const stat = await fs.lstat(path).catch(() => undefined)
  return stat?.isFile() === true && Buffer.byteLength(content) <= stat.size
}

/** Starts a daemon whose files are nobody else's. Nothing else runs meanwhile: a spawn is over when it returns. */
function privately<T>(start: () => T): T {
  const before = process.umask(0o077)
  try {
    return withOrdinaryOomScore(start)
  } finally {
    process.umask(before)
  }
}

/** How Linux packs a device's numbers (makedev(3)). */
function deviceOf(stat: Stats): Pick<FileStat, 'device'> {
  if (!stat.isBlockDevice() && !stat.isCharacterDevice()) return {}
  const number = BigInt(stat.rdev)
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n)
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n)
  return { device: { type: stat.isBlockDevice() ? 'b' : 'c', major: Number(major), minor: Number(minor) } }
}

function kindOf(stat: Stats): FileStat['kind'] {
  if (stat.isDirectory()) return 'folder'
  if (stat.isSymbolicLink()) return 'link'
  if (stat.isSocket()) return 'socket'
  if (stat.isFIFO()) return 'fifo'
  return stat.isFile() ? 'file' : 'device'
}
