import { ExitCode, refusedError } from '../../../model/errors.ts'
import { isOneOff } from '../../../model/one-off/one-off.ts'
import { removes } from '../../../model/plan.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { forgetContainers } from '../../../reconciler/engine/instance/instances.ts'
import type { Engine, Planned } from '../../../reconciler/engine.ts'
import { jsonReporter, lineReporter } from '../../../report/reporters.ts'
import { publishAsCommand, removedEvents } from '../../command-events.ts'
import { containersByName, type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { handleInterrupts } from '../../interrupts.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface RmOptions extends CommonOptions {
  readonly force?: boolean
}

/**
 * `heropods rm`: removes containers with their layers and anonymous volumes; the next apply of their stack creates them again. Raises
 * `still-running`, `unknown-container`, `ambiguous-name` (refused).
 */
export const rm = (names: readonly string[], options: RmOptions): Promise<number> =>
  withWriterEngine(
    options,
    async (engine) => {
      const snapshot = await engine.observe()
      const all = ownedContainers(snapshot)
      const named = names.flatMap((name) => containersByName(all, name))
      if (!options.force) refuseRunning(named)
      // A plan of its own, so that names and rules of the networks follow.
      const containers = named.map(addressOf)
      const code = await applyRemoval(engine, await engine.planRemove(containers, snapshot), options, {
        // The history is that of stacks.
        continuesGeneration: containers.every(isOneOff),
      })
      if (containers.some(isOneOff)) await engine.tearDownIfEmpty()
      return code
    },
    { optionalRecords: true },
  )

const addressOf = ({ address }: Pick<OwnedContainer, 'address'>): ResourceAddress => address

function refuseRunning(containers: readonly OwnedContainer[]): void {
  const running = containers.find(({ actual }) => actual.pid !== undefined)
  if (running)
    throw refusedError({
      code: 'still-running',
      message: `${running.address} is running.`,
      hint: 'Stop it first, or use `--force`.',
    })
}

async function applyRemoval(
  engine: Engine,
  planned: Planned,
  options: RmOptions,
  { continuesGeneration }: { readonly continuesGeneration: boolean },
): Promise<number> {
  const terminal = openTerminal()
  const reporter = options.json
    ? jsonReporter(terminal.print)
    : lineReporter(terminal.print, terminal.style, terminal.cwd)
  const { stop, abort, release } = handleInterrupts(terminal)
  try {
    const result = await engine.apply(planned, { reporter, drainSignal: stop, abortSignal: abort, continuesGeneration })
    const done = planned.plan.steps.filter((step) => result.outcomes.get(step.id)?.status === 'done')
    const removed = done
      .filter((step) => removes(step, 'container'))
      .map(({ id, address }) => {
        const outcome = result.outcomes.get(id)
        return { address, note: outcome?.status === 'done' ? outcome.note : undefined }
      })
    await forgetContainers(localHost, engine.paths, removed.map(addressOf))
    await publishAsCommand(engine, options, removedEvents(removed))
    if (result.interrupted) return ExitCode.interrupted
    return result.ok ? ExitCode.done : ExitCode.failed
  } finally {
    release()
  }
}
