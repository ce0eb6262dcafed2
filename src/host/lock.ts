import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { HeroPodsError, refusedError } from '../model/errors.ts'
import { flag, number, object, optional, text } from '../model/values/shape.ts'
import type { LockFile } from './contract/files.ts'
import type { Host, HostReader } from './host.ts'

export interface LockHolder {
  readonly pid: number
  readonly user: string
  readonly command: string
  /** RFC 3339. */
  readonly since: string
  /** It holds the lock only for short times, such as `heropods watch`. Other runs wait for it. */
  readonly brief?: boolean
}

const holderShape = object({ pid: number, user: text, command: text, since: text, brief: optional(flag) })

export interface Lock {
  /** A child that inherits this descriptor holds the lock too. */
  readonly descriptor: number
  /** True if the run that held the lock before was killed. */
  readonly afterKill: boolean
  release(): Promise<void>
}

/** How long a run waits for the lock of another run by default, milliseconds. 0: only as long as `minimumWaitMs`. */
export const defaultLockTimeoutMs = 0

export interface LockOptions {
  readonly holder: LockHolder
  readonly timeoutMs: number
  /** Ends the wait. */
  readonly signal?: AbortSignal
}

interface HeldLock {
  readonly file: LockFile
  readonly afterKill: boolean
  references: number
}

/** Shortest wait for a brief holder or for programs of a killed run, and for a holder without a record. Milliseconds. */
const [graceMs, unknownHolderWaitMs] = [30_000, 1000]
/** Milliseconds between two tries. */
const retryIntervalMs = 100
const holderPath = (path: string): string => `${path}.holder`

/** The locks that one process holds. Calls for the same path share one hold. */
export class Locks {
  private readonly holds = new Map<string, HeldLock>()

  constructor(private readonly host: Host) {}

  /**
   * Takes the lock at `path`. Raises `lock-held` (refused) with the holder if it is not free within `timeoutMs`, and `interrupted` once
   * `signal` is aborted. Always waits for a brief holder, unless this run is brief too. Also waits for the programs of a killed run,
   * which hold its lock until they end.
   */
  async acquire(path: string, options: LockOptions): Promise<Lock> {
    const known = this.holds.get(path)
    if (known) return this.addReference(path, known)
    await this.host.makeDir(dirname(path))
    const file = await this.host.openLockFile(path)
    try {
      await this.wait(path, file, options)
    } catch (error) {
      await file.close()
      throw error
    }
    // The previous holder may have removed the instance together with its lock file.
    if (!(await file.isCurrent())) {
      await file.close()
      return this.acquire(path, options)
    }
    const afterKill = (await this.host.stat(holderPath(path))) !== undefined
    // Only other runs read this record, so a failure on a full disk is ignored.
    await this.host.writeFile(holderPath(path), JSON.stringify(options.holder)).catch(() => undefined)
    const hold = { file, afterKill, references: 0 }
    this.holds.set(path, hold)
    return this.addReference(path, hold)
  }

  private async wait(path: string, file: LockFile, { holder, timeoutMs, signal }: LockOptions): Promise<void> {
    const startedAt = Date.now()
    while (!(await file.lock('exclusive'))) {
      const other = await readHolder(this.host, path)
      const wait = holder.brief ? 0 : await minimumWaitMs(this.host, other)
      if (signal?.aborted) throw interruptedError()
      const left = startedAt + Math.max(timeoutMs, wait) - Date.now()
      if (left <= 0) throw await lockHeldError(this.host, other)
      await delay(Math.min(retryIntervalMs, left))
    }
  }

  private addReference(path: string, hold: HeldLock): Lock {
    hold.references += 1
    return {
      descriptor: hold.file.descriptor,
      afterKill: hold.afterKill,
      release: async () => {
        hold.references -= 1
        if (hold.references > 0) return
        this.holds.delete(path)
        await this.host.removeFile(holderPath(path))
        await hold.file.close()
      },
    }
  }
}

/** The recorded holder of a lock. The record is valid only while the lock is held. */
export async function readHolder(host: HostReader, path: string): Promise<LockHolder | undefined> {
  try {
    const holder: unknown = JSON.parse((await host.readFile(holderPath(path))) ?? '')
    return isHolder(holder) ? holder : undefined
  } catch {
    return undefined
  }
}

const isHolder = (value: unknown): value is LockHolder => holderShape(value) === undefined

const isGone = async (host: HostReader, { pid }: LockHolder): Promise<boolean> =>
  (await host.processIdentity(pid)) === undefined

async function minimumWaitMs(host: HostReader, holder: LockHolder | undefined): Promise<number> {
  if (holder === undefined) return unknownHolderWaitMs
  return holder.brief || (await isGone(host, holder)) ? graceMs : 0
}

const interruptedError = (): HeroPodsError =>
  new HeroPodsError({ code: 'interrupted', message: 'The wait for another run was interrupted.', retryable: true })

/** The error that names the holder of a lock. */
export async function lockHeldError(host: HostReader, holder: LockHolder | undefined): Promise<HeroPodsError> {
  const refused = { code: 'lock-held', retryable: true } as const
  const wait = 'Wait until it has ended, or use `--lock-timeout 30s`.'
  if (holder === undefined) return refusedError({ ...refused, message: 'Another run holds this instance.', hint: wait })
  const run = `\`${holder.command}\` of ${holder.user} (pid ${holder.pid}), since ${holder.since}`
  return (await isGone(host, holder))
    ? refusedError({
        ...refused,
        message: `A run was killed, but a program that it started is still running: ${run}.`,
        hint: 'Wait until that program has ended, or end it.',
      })
    : refusedError({ ...refused, message: `Another run holds this instance: ${run}.`, hint: wait })
}
