import { join } from 'node:path'
import { type HeroPodsError, messageOf, refusedError } from '../model/errors.ts'
import type { LockFile } from './contract/files.ts'
import type { Host } from './host.ts'
import type { LockHolder } from './lock.ts'

/** The same folder for every installation. HEROPODS_RUN_DIR cannot be used, since each installation may have another one. */
const folder = '/run/heropods-host'
/** A run that replaces a network holds it until the containers have stopped. */
const maxWaitSeconds = 60

/**
 * The lock of the addresses and ports of a network namespace; the error codes call it the host lock. Runs find free addresses and ports by reading the host, so a run holds this lock from that read until
 * links and rules exist; it excludes runs of other instances and installations. The lock file is named by the inode of the namespace
 * and removed on release. The kernel frees the lock when its holder dies.
 */
export class NetworkLock {
  private file: LockFile | undefined

  constructor(
    private readonly host: Host,
    private readonly holder: LockHolder,
  ) {}

  get held(): boolean {
    return this.file !== undefined
  }

  /** A child that inherits this descriptor holds the lock until it ends. */
  get descriptor(): number | undefined {
    return this.file?.descriptor
  }

  /** Takes the lock if it is free now. Raises `host-lock` (refused) if the lock file cannot be used. */
  tryAcquire(): Promise<boolean> {
    return this.lockWithin(0)
  }

  /** Takes the lock, waiting for its holder. Raises `host-busy` (refused) with the holder after a minute. */
  async acquire(): Promise<void> {
    if (await this.lockWithin(maxWaitSeconds)) return
    throw refusedError({
      code: 'host-busy',
      message: `The addresses and ports of this host have been locked by ${await this.otherHolder()} for more than ${maxWaitSeconds} seconds.`,
      hint: 'Run the command again when that run has ended.',
      retryable: true,
    })
  }

  async release(): Promise<void> {
    const { file } = this
    if (file === undefined) return
    this.file = undefined
    await this.host.removeFile(await this.path())
    await file.close()
  }

  private async lockWithin(waitSeconds: number): Promise<boolean> {
    if (this.held) return true
    const path = await this.path()
    const failure = await this.makeFolder()
    await this.checkFolder(failure)
    const deadline = Date.now() + waitSeconds * 1000
    for (;;) {
      const file = await this.open(path)
      const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000))
      if (!(await file.lock('exclusive', left))) {
        await file.close()
        return false
      }
      // The previous holder has removed its file, so other runs may have made a new one.
      if (await file.isCurrent()) {
        await file.write(JSON.stringify(this.holder))
        this.file = file
        return true
      }
      await file.close()
    }
  }

  private async path(): Promise<string> {
    return join(folder, `net-${(await this.host.statTarget('/proc/self/ns/net'))?.inode}`)
  }

  /** Returns the reason if the folder could not be made. */
  private makeFolder(): Promise<string | undefined> {
    return this.host.makeDir(folder).then(() => undefined, messageOf)
  }

  /** Raises `host-lock` if the folder does not exist, or if another user than root could write in it. */
  private async checkFolder(failure = 'it could not be made'): Promise<void> {
    const found = await this.host.stat(folder).catch(() => undefined)
    if (found === undefined) throw lockUnusableError(failure)
    if (found.kind !== 'folder' || found.uid !== this.host.system.uid || (found.mode & 0o022) !== 0)
      throw lockUnusableError('it is not a folder that only root can write')
  }

  private open(path: string): Promise<LockFile> {
    return this.host.openLockFile(path, { strict: true }).catch((error: unknown) => {
      throw lockUnusableError(messageOf(error))
    })
  }

  private async otherHolder(): Promise<string> {
    try {
      const text = await this.host.readFile(await this.path())
      const { command, user, pid }: Partial<LockHolder> = JSON.parse(text ?? '')
      return `\`${command}\` of ${user} (pid ${pid})`
    } catch {
      return 'another run'
    }
  }
}

const lockUnusableError = (reason: string): HeroPodsError =>
  refusedError({
    code: 'host-lock',
    message: `The lock of this host’s addresses and ports cannot be taken in ${folder}: ${reason}.`,
    hint: 'Make /run a folder that root can write. Network namespaces need it too.',
  })
