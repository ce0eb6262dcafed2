import { ExitCode } from '../../../model/errors.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ContainerOutcomes, ContainerResult, StopOptions } from '../../../reconciler/engine/containers.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { outcomeEvents, publishAsCommand } from '../../command-events.ts'
import { containersByNames, ownedContainers } from '../../container-view.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { handleInterrupts } from '../../interrupts.ts'
import { refuseNotCreated } from '../../not-created.ts'
import { durationOption } from '../../options.ts'
import { type CommonOptions, openTerminal, reportError } from '../../terminal.ts'

export interface ContainerOptions extends CommonOptions {
  /** Kill timeout; a plain number is seconds. */
  readonly time?: string
}

type Operate = (
  engine: Engine,
  containers: readonly ResourceAddress[],
  options: StopOptions,
) => Promise<ContainerOutcomes>

const resultTexts: Readonly<Record<ContainerResult, string>> = {
  started: 'started',
  'already running': 'runs already',
  stopped: 'stopped',
  restarted: 'restarted',
  'no longer unhealthy': 'is no longer unhealthy',
  paused: 'paused',
  'already paused': 'is paused already',
  unpaused: 'unpaused',
  'not paused': 'is not paused',
}

/**
 * Runs an operation of the engine on the named containers, under the instance lock, and prints the result of each. Returns the exit
 * code. Raises `unknown-container`, `ambiguous-name` (refused).
 */
export async function onContainers(
  names: readonly string[],
  options: ContainerOptions,
  operate: Operate,
): Promise<number> {
  const terminal = openTerminal()
  const grace = options.time === undefined ? undefined : durationOption('--time', options.time)
  return withWriterEngine(
    options,
    async (engine) => {
      const snapshot = await engine.observe()
      await refuseNotCreated(engine, snapshot, names)
      const addresses = containersByNames(ownedContainers(snapshot), names).map(({ address }) => address)
      const { abort: signal, release } = handleInterrupts(terminal)
      const stopOptions = { signal, ...(grace !== undefined && { grace }) }
      const outcomes = await operate(engine, addresses, stopOptions).finally(release)
      await publishAsCommand(engine, options, outcomeEvents(outcomes))
      return printOutcomes(outcomes, options)
    },
    { optionalRecords: true },
  )
}

/** Prints the result of one container, with the remark about its stop. */
export function printResult(
  address: ResourceAddress,
  result: ContainerResult,
  { json, note }: { readonly json: boolean | undefined; readonly note?: string | undefined },
): void {
  const text = resultTexts[result]
  openTerminal().print(
    json
      ? JSON.stringify({ container: address, result: text, note })
      : `${address} ${text}${note === undefined ? '' : `: it ${note}`}`,
  )
}

/** Prints the result of each container and returns the exit code. */
function printOutcomes(outcomes: ContainerOutcomes, options: CommonOptions): number {
  const codes = outcomes.map(({ address, result, error, ...rest }) => {
    if (result === undefined) return reportError(error, options)
    printResult(address, result, { json: options.json, ...rest })
    return ExitCode.done
  })
  // `refused` means that nothing changed: with several containers only if every one was refused.
  const [first = ExitCode.done, ...others] = codes.filter((code) => code !== ExitCode.done)
  return others.length + 1 === codes.length || first === ExitCode.done ? first : ExitCode.failed
}
