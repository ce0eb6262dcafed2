import { ExitCode } from '../../../model/errors.ts'
import type { Engine, Planned } from '../../../reconciler/engine.ts'
import type { LeftObject } from '../../../reconciler/plan/boot-steps.ts'
import { renderDiagnostic } from '../../../report/diagnostics.ts'
import { applyPlan } from '../../confirm-and-apply.ts'
import { type WriteOptions, withWriterEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal, printWarnings, type Terminal } from '../../terminal.ts'

/** At boot another run, such as the first one of watch, can take long. */
const lockTimeout = '10m'

/**
 * `heropods boot`: starts the containers of all stacks from their records, as their restart policies require, in the order of their
 * dependencies. Ends no process, asks nothing, and can be repeated. Returns the exit code: 1 if anything that should run could not be
 * started.
 */
export const boot = (options: WriteOptions): Promise<number> =>
  withWriterEngine({ ...options, lockTimeout: options.lockTimeout ?? lockTimeout }, async (engine) => {
    const terminal = openTerminal()
    const { planned, stacks, left, failures } = await engine.planBoot()
    if (!options.json) {
      for (const { stack, generation } of stacks) terminal.print(`${stack}: generation ${generation}`)
      printWarnings(planned?.plan.warnings ?? [])
    }
    const code = planned === undefined ? ExitCode.done : await start(engine, planned, options, terminal)
    if (stacks.length === 0 && failures.length === 0 && !options.json)
      terminal.print('There is nothing to start: no stack is recorded.')
    printLeft(left, options, terminal)
    for (const one of failures) {
      if (options.json) terminal.print(JSON.stringify({ type: 'boot.failed', error: one }))
      else terminal.note(renderDiagnostic(one, terminal.style, 'error', terminal.cwd))
    }
    const isComplete = failures.length === 0 && left.every(({ isIntended }) => isIntended)
    return code === ExitCode.done && !isComplete ? ExitCode.failed : code
  })

async function start(engine: Engine, planned: Planned, options: WriteOptions, terminal: Terminal): Promise<number> {
  await engine.maintain(planned.snapshot)
  if (planned.snapshot.observations.size > 0) engine.leaveServerRunning()
  if (planned.plan.steps.length > 0 || options.json)
    // The records stay as they are: a boot is not a generation.
    return applyPlan(engine, planned, options, terminal, { continuesGeneration: true })
  terminal.print('All containers that start at boot are running.')
  return ExitCode.done
}

function printLeft(left: readonly LeftObject[], { json }: CommonOptions, terminal: Terminal): void {
  for (const { address, why, isIntended } of left) {
    if (json) terminal.print(JSON.stringify({ type: 'boot.left', address, why, intended: isIntended }))
    else terminal.print(`${terminal.style.warning('-')} ${address} ${why}${isIntended ? '' : '; run `heropods apply`'}`)
  }
}
