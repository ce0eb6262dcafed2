import { ExitCode } from '../model/errors.ts'
import { silenceCallbacks } from '../providers/container/process/exit-callbacks.ts'
import { relaunch } from '../providers/container/process/relaunch.ts'
import { restartContainer, stopContainer } from '../providers/container/process/restart.ts'
import type { WriteContext } from '../providers/provider.ts'
import { observeAll } from '../reconciler/reconcile.ts'
import { type CommonOptions, openTerminal, tellError } from './context.ts'
import { writing } from './instance-session.ts'
import { interruptible } from './interruptible.ts'
import { durationOption } from './options.ts'
import { selfCommand } from './self.ts'
import { namedContainers, type OwnedContainer, ownedContainers } from './views.ts'

export interface ActOptions extends CommonOptions {
  /** Grace; a plain number is seconds. */
  readonly time?: string
}

type Act = (write: WriteContext, one: OwnedContainer) => Promise<string>

/** Acts on each named container under the instance's lock; one failure does not keep the others from being done. */
async function onEach(names: readonly string[], options: CommonOptions, act: Act): Promise<number> {
  const terminal = openTerminal()
  return writing(
    options,
    async (session) => {
      const all = ownedContainers(await observeAll(session))
      const wanted = names.flatMap((name) => namedContainers(all, name))
      const { abort, release } = interruptible(terminal)
      const write = session.writeContext({ signal: abort })
      const outcomes = await Promise.all(wanted.map((one) => outcomeOf(act(write, one), one))).finally(release)
      const codes = outcomes.map((outcome) => {
        if ('error' in outcome) return tellError(outcome.error, options)
        const { container, result } = outcome
        terminal.print(options.json ? JSON.stringify({ container, result }) : `${container} ${result}`)
        return ExitCode.done
      })
      // Refused means that nothing was touched: of several, only where each was.
      const failed = codes.filter((code) => code !== ExitCode.done)
      return failed.length === 0
        ? ExitCode.done
        : failed.length === codes.length
          ? (failed[0] as number)
          : ExitCode.failed
    },
    { optionalRecords: true },
  )
}

const outcomeOf = (done: Promise<string>, { address: container }: OwnedContainer) =>
  done.then(
    (result) => ({ container, result }),
    (error: unknown) => ({ container, error }),
  )

const lives = (one: OwnedContainer): boolean => one.actual.pid !== undefined

/** `heropods start`: a stopped or ended container runs again as it was. */
export const start = (names: readonly string[], options: ActOptions): Promise<number> =>
  onEach(names, options, async (write, one) => {
    if (lives(one)) return 'runs already'
    await silenceCallbacks(write, [one.address])
    await relaunch(write, one.address, { self: selfCommand(), restarts: 0, held: false })
    return 'started'
  })

/** `heropods stop`: its stop signal, its grace, then SIGKILL. It stays stopped until the next start or apply. */
export const stop = (names: readonly string[], options: ActOptions): Promise<number> =>
  onEach(names, options, async (write, one) => {
    await stopContainer(write, one.address, graceOf(options))
    return 'stopped'
  })

/** `heropods restart`: a new process; address, files and what it wrote stay. */
export const restart = (names: readonly string[], options: ActOptions): Promise<number> =>
  onEach(names, options, async (write, one) => {
    await restartContainer(write, one.address, selfCommand(), graceOf(options))
    return 'restarted'
  })

const graceOf = ({ time }: ActOptions): number | undefined =>
  time === undefined ? undefined : durationOption('--time', time)

export interface RmOptions extends CommonOptions {
  readonly force?: boolean
}

/** `heropods rm`: containers go, with their layers and anonymous volumes; the next apply of their stack makes them anew. */
export async function rm(names: readonly string[], options: RmOptions): Promise<number> {
  const { destroyTargets } = await import('./remove-containers.ts')
  return destroyTargets(names, options)
}
