import { instanceFolders } from '../host/files/base-folders.ts'
import { type Paths, watchLockPath } from '../host/files/paths.ts'
import type { Lock } from '../host/lock.ts'
import { HeroPodsError, refusedError } from '../model/errors.ts'
import type { GenerationOrigin } from '../model/generation.ts'
import { Engine } from '../reconciler/engine.ts'
import { Daemon } from './daemon.ts'
import type { WatchOptions } from './options.ts'

/**
 * `heropods watch`: keeps the host equal to a folder or repository until `signal`. Raises `watch-running` (refused) and the errors of its
 * parts at the start. Later errors are reported, and the work is tried again.
 */
export async function watch(options: WatchOptions): Promise<void> {
  const paths = instanceFolders(options.environment, options.instance)
  const open = (write: boolean, origin: GenerationOrigin = {}): Promise<Engine> =>
    Engine.open({ ...sessionOf(options), write, ...origin })
  // Checks the host and makes the key before anything else.
  await (await open(false)).close()
  const lock = await onlyWatch(paths, options)
  const daemon = new Daemon(options, paths, open)
  try {
    await daemon.start()
    await new Promise<void>((resolve) => {
      if (options.signal.aborted) resolve()
      options.signal.addEventListener('abort', () => resolve(), { once: true })
    })
  } finally {
    await daemon.stop()
    await lock.release()
  }
}

const sessionOf = ({
  host,
  instance,
  command,
  heropodsCommand,
}: WatchOptions): Omit<Parameters<typeof Engine.open>[0], 'write'> => ({
  host,
  ...(instance !== undefined && { instance }),
  createsKey: true,
  brief: true,
  command,
  heropodsCommand,
  // An apply of watch does not wait for a stable process: the following reconciles verify its containers.
  runtimeOptions: { dependencies: 'defer', stableMs: 0 },
})

async function onlyWatch(paths: Paths, { host, command, environment }: WatchOptions): Promise<Lock> {
  const holder = { pid: host.system.pid, user: environment.SUDO_USER ?? environment.USER ?? 'root', command }
  try {
    const since = new Date().toISOString()
    return await host.locks.acquire(watchLockPath(paths), {
      holder: { ...holder, since, brief: true },
      timeoutMs: 0,
    })
  } catch (error) {
    if (!(error instanceof HeroPodsError)) throw error
    throw refusedError({
      code: 'watch-running',
      message: `Another watch of this instance is running. ${error.message}`,
      hint: 'An instance has one watch. Use another `--instance`, or put the stacks in the same folder.',
    })
  }
}
