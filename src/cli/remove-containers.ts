import { ExitCode, refuse } from '../model/errors.ts'
import { jsonReporter, lineReporter } from '../report/reporters.ts'
import type { RmOptions } from './commands/act.ts'
import { openTerminal } from './context.ts'
import { writing } from './instance-session.ts'
import { interruptible } from './interruptible.ts'
import { namedContainers, ownedContainers } from './views.ts'

/** Removes single containers through a plan of their own, so that names and rules of their networks follow. */
export async function destroyTargets(names: readonly string[], options: RmOptions): Promise<number> {
  const terminal = openTerminal()
  return writing(
    options,
    async (engine) => {
      const observed = await engine.observe()
      const all = ownedContainers(observed)
      const wanted = names.flatMap((name) => namedContainers(all, name))
      const running = wanted.find((one) => one.actual.pid !== undefined)
      if (running && !options.force)
        throw refuse({
          code: 'still-running',
          message: `${running.address} is running.`,
          hint: 'Stop it first, or give --force.',
        })
      const planned = await engine.remove(
        wanted.map((one) => one.address),
        observed,
      )
      const reporter = options.json
        ? jsonReporter(terminal.print)
        : lineReporter(terminal.print, terminal.style, terminal.cwd)
      const { stop, abort, release } = interruptible(terminal)
      try {
        const result = await engine.apply(planned, { reporter, signal: stop, abort })
        if (result.interrupted) return ExitCode.interrupted
        return result.ok ? ExitCode.done : ExitCode.failed
      } finally {
        release()
      }
    },
    { optionalRecords: true },
  )
}
