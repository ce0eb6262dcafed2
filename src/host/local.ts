import { execFile, type StdioOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs'
import * as fs from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HeroPodsError } from '../errors.ts'
import { dropAttributes } from './attributes.ts'
import { OwnCgroup } from './cgroup.ts'
import type { Command, CommandResult, FileStat, Host, HostReader } from './host.ts'
import { killPoint } from './kill-point.ts'
import { mountsBelow } from './mounts.ts'
import { safePath } from './requirements.ts'

const defaultTimeout = 60_000
const maxOutput = 256 * 1024 * 1024

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')

/**
 * The answer of `read`, or `otherwise` where the thing read is not there. Small local files are read in one go: an asynchronous
 * read costs ten times as much, and observing a thousand containers reads ten thousand.
 */
function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch (error) {
    if (isAbsent(error)) return otherwise
    throw error
  }
}

/** The machine HeroPods runs on, to be looked at only. */
export class LocalReader implements HostReader {
  /** Most of an empty diff is loading: a reader does without execa. */
  query(command: Command, signal?: AbortSignal): Promise<CommandResult> {
    if (command.descriptors !== undefined) return this.execute(command, [], signal)
    traceCommand(command)
    return new Promise((resolve) => {
      const child = execFile(
        command.program,
        [...command.args],
        {
          env: { PATH: safePath, LC_ALL: 'C', ...command.env },
          cwd: command.cwd ?? '/',
          timeout: command.timeout ?? defaultTimeout,
          maxBuffer: maxOutput,
          ...(signal && { signal }),
        },
        (error, stdout, stderr) => {
          const failure = error as (Error & { code?: number | string; signal?: string }) | null
          resolve({
            command,
            exitCode: failure === null ? 0 : typeof failure.code === 'number' ? failure.code : undefined,
            signal: failure?.signal ?? undefined,
            stdout,
            stderr: stderr || (typeof failure?.code === 'string' ? failure.message : ''),
            missing: failure?.code === 'ENOENT',
          })
        },
      )
      // A program that ends before it has read everything is told by its exit code.
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(command.input ?? '')
    })
  }

  async readFile(path: string): Promise<string | undefined> {
    return orElse<string | undefined>(() => readFileSync(path, 'utf8'), undefined)
  }

  async readBytes(path: string): Promise<Buffer | undefined> {
    return orElse<Buffer | undefined>(() => readFileSync(path), undefined)
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

  /** One result shape for every ending; execa is loaded at the first command only. */
  protected async execute(
    command: Command,
    inherited: readonly number[],
    signal?: AbortSignal,
  ): Promise<CommandResult> {
    const { execa } = await import('execa')
    traceCommand(command)
    const descriptors = [...inherited, ...(command.descriptors ?? [])]
    const result = await execa(command.program, [...command.args], {
      reject: false,
      extendEnv: false,
      env: { PATH: safePath, LC_ALL: 'C', ...command.env },
      cwd: command.cwd ?? '/',
      timeout: command.timeout ?? defaultTimeout,
      maxBuffer: maxOutput,
      stripFinalNewline: false,
      stdio: [command.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', ...descriptors] as [
        'pipe',
        'pipe',
        'pipe',
      ],
      ...(command.input !== undefined && { input: command.input }),
      ...(signal && { cancelSignal: signal }),
    })
    return {
      command,
      exitCode: result.exitCode,
      signal: result.signal,
      stdout: String(result.stdout ?? ''),
      stderr: String(result.stderr ?? ''),
      missing: result.code === 'ENOENT',
    }
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
    const result = await this.execute(command, inherited, signal)
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
    await OwnCgroup.adopt(pid)
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
    const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`)
    const mode = options.mode ?? 0o600
    try {
      await fs.writeFile(temporary, content, { mode, flag: 'wx' })
      await fs.chmod(temporary, mode)
      if (options.uid !== undefined || options.gid !== undefined)
        await fs.chown(temporary, options.uid ?? 0, options.gid ?? 0)
      await fs.rename(temporary, path)
    } catch (error) {
      await fs.rm(temporary, { force: true })
      throw error
    }
  }

  async writeInPlace(path: string, content: string | Buffer, mode = 0o644): Promise<void> {
    killPoint('before')
    await this.makeDir(dirname(path))
    const file = await fs.open(path, fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_NOFOLLOW, mode)
    try {
      const bytes = Buffer.from(content)
      await file.write(bytes, 0, bytes.length, 0)
      await file.truncate(bytes.length)
      await file.chmod(mode)
    } finally {
      await file.close()
    }
  }

  async writeKernel(path: string, value: string): Promise<void> {
    killPoint('before')
    await fs.writeFile(path, value, { flag: 'r+' })
  }

  async makeDir(path: string, mode = 0o700): Promise<void> {
    await fs.mkdir(path, { recursive: true, mode })
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
    await fs.rm(path, { recursive: true, force: true })
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

/** Starts a daemon whose files are nobody else's. Nothing else runs meanwhile: a spawn is over when it returns. */
function privately<T>(start: () => T): T {
  const before = process.umask(0o077)
  try {
    return start()
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

function commandFailed(result: CommandResult): HeroPodsError {
  const { program, args } = result.command
  if (result.missing) {
    return new HeroPodsError({
      code: 'tool-missing',
      message: `The program ${program} is not installed.`,
      hint: '`heropods doctor` says how to install what is missing.',
    })
  }
  const ending = result.signal ? `ended by ${result.signal}` : `exit code ${result.exitCode}`
  const said = result.stderr.trim() || result.stdout.trim()
  return new HeroPodsError({
    code: 'command-failed',
    message: `\`${[program, ...args].join(' ').slice(0, 300)}\` failed (${ending})${said ? `: ${said.slice(-2000)}` : ''}`,
    retryable: true,
  })
}

/** One argv a line, for whoever wants to see or count what is started. */
export function traceCommand(command: Command): void {
  const file = process.env.HEROPODS_DEBUG_COMMANDS
  if (file) appendFileSync(file, `${JSON.stringify([command.program, ...command.args])}\n`)
}
