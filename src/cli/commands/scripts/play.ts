import { playActions, playableActions, playResult } from '../../../api/script/play.ts'
import { actionText } from '../../../heroscript/action-text.ts'
import type { InstanceAction } from '../../../heroscript/instances.ts'
import type { ActionResult } from '../../../heroscript/run-actions.ts'
import { ExitCode, HeroPodsError, placeText } from '../../../model/errors.ts'
import { renderTable } from '../../../report/table.ts'
import { handleInterrupts } from '../../interrupts.ts'
import { durationOption } from '../../options.ts'
import { type CommonOptions, openTerminal, reportError } from '../../terminal.ts'
import { readScript } from './read-script.ts'

export interface PlayOptions extends CommonOptions {
  readonly dryRun?: boolean
  readonly lockTimeout?: string
}

/**
 * `heropods play FILE`: runs a HeroScript. Standard output has the output of its commands, standard error a line for each action. Raises all
 * errors of the script before anything runs (refused), and the errors of the action that failed.
 */
export async function play(file: string, options: PlayOptions): Promise<number> {
  const instance = options.instance === undefined ? {} : { name: options.instance }
  const actions = playableActions(readScript(file), instance)
  return options.dryRun ? show(actions, options) : run(actions, options)
}

/** Prints the effect of each action. Nothing is read or changed. */
async function show(actions: readonly InstanceAction[], { json }: PlayOptions): Promise<number> {
  const terminal = openTerminal()
  if (json) terminal.print(JSON.stringify({ actions: actions.map(plannedAction) }))
  else {
    const rows = actions.map((one) => [String(one.place.line), one.instance, actionText(one)])
    terminal.print(await renderTable(['LINE', 'INSTANCE', 'EFFECT'], rows, terminal.style))
  }
  return ExitCode.done
}

const plannedAction = (one: InstanceAction) => ({
  action: one.action,
  instance: one.instance,
  line: one.place.line,
  parameters: one.parameters,
  effect: actionText(one),
})

async function run(actions: readonly InstanceAction[], options: PlayOptions): Promise<number> {
  const terminal = openTerminal()
  const interrupts = handleInterrupts(terminal)
  const hooks = options.json
    ? { onEnd: (result: ActionResult) => terminal.print(JSON.stringify({ type: 'action', ...playResult(result) })) }
    : { onStart: (one: InstanceAction) => terminal.note(`${placeText(one.place)} ${actionText(one)}`) }
  try {
    const { lockTimeout } = options
    const waiting = lockTimeout === undefined ? {} : { lockTimeoutMs: durationOption('--lock-timeout', lockTimeout) }
    const streams = options.json ? {} : { stdout: process.stdout, stderr: process.stderr }
    await playActions(actions, { ...streams, ...waiting, signal: interrupts.stop }, hooks)
    return ExitCode.done
  } catch (error) {
    if (!(error instanceof HeroPodsError && error.diagnostics[0]?.code === 'interrupted')) throw error
    reportError(error, options)
    return ExitCode.interrupted
  } finally {
    interrupts.release()
  }
}
