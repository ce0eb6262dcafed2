import type { Address } from '../../model/address.ts'
import { ExitCode } from '../../model/errors.ts'
import type { ContainerOutcome, ContainerResult, StopOptions } from '../../reconciler/engine/containers.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { type CommonOptions, openTerminal, tellError } from '../context.ts'
import { writing } from '../instance-session.ts'
import { interruptible } from '../interruptible.ts'
import { durationOption } from '../options.ts'
import { namedContainers, ownedContainers } from '../views.ts'

export interface ActOptions extends CommonOptions {
  /** Grace; a plain number is seconds. */
  readonly time?: string
}

type Operate = (
  engine: Engine,
  containers: readonly Address[],
  options: StopOptions,
) => Promise<readonly ContainerOutcome[]>

const words: Readonly<Record<ContainerResult, string>> = {
  started: 'started',
  'already running': 'runs already',
  stopped: 'stopped',
  restarted: 'restarted',
  'no longer unhealthy': 'is no longer unhealthy',
}

/** Works on the named containers under the instance's lock, and says what came of each. */
async function onEach(names: readonly string[], options: ActOptions, operate: Operate): Promise<number> {
  const terminal = openTerminal()
  const grace = options.time === undefined ? undefined : durationOption('--time', options.time)
  return writing(
    options,
    async (engine) => {
      const all = ownedContainers(await engine.observe())
      const wanted = names.flatMap((name) => namedContainers(all, name)).map((one) => one.address)
      const { abort: signal, release } = interruptible(terminal)
      const how = { signal, ...(grace !== undefined && { grace }) }
      return tellOutcomes(await operate(engine, wanted, how).finally(release), options)
    },
    { optionalRecords: true },
  )
}

/** Says what came of each container, and answers the exit code. */
function tellOutcomes(outcomes: readonly ContainerOutcome[], options: CommonOptions): number {
  const terminal = openTerminal()
  const codes = outcomes.map(({ address, result, error }) => {
    if (result === undefined) return tellError(error, options)
    const text = words[result]
    terminal.print(options.json ? JSON.stringify({ container: address, result: text }) : `${address} ${text}`)
    return ExitCode.done
  })
  // Refused means that nothing was touched: of several, only where each was.
  const [first = ExitCode.done, ...others] = codes.filter((code) => code !== ExitCode.done)
  return others.length + 1 === codes.length || first === ExitCode.done ? first : ExitCode.failed
}

/** `heropods start`: a stopped or ended container runs again as it was. */
export const start = (names: readonly string[], options: ActOptions): Promise<number> =>
  onEach(names, options, (engine, containers, how) => engine.start(containers, how))

/** `heropods stop`: its stop signal, its grace, then SIGKILL. It stays stopped until the next start or apply. */
export const stop = (names: readonly string[], options: ActOptions): Promise<number> =>
  onEach(names, options, (engine, containers, how) => engine.stop(containers, how))

/** `heropods restart`: a new process; address, files and what it wrote stay. */
export const restart = (names: readonly string[], options: ActOptions): Promise<number> =>
  onEach(names, options, (engine, containers, how) => engine.restart(containers, how))

export interface RmOptions extends CommonOptions {
  readonly force?: boolean
}

/** `heropods rm`: containers go, with their layers and anonymous volumes; the next apply of their stack makes them anew. */
export async function rm(names: readonly string[], options: RmOptions): Promise<number> {
  const { destroyTargets } = await import('../remove-containers.ts')
  return destroyTargets(names, options)
}
