import { parseAddress } from '../model/address.ts'
import { ExitCode, refuse } from '../model/errors.ts'
import { ownerLabel, stackOfOwner } from '../model/ownership.ts'
import { applyPlan, makePlan, observeAll } from '../reconciler/reconcile.ts'
import { jsonReporter, lineReporter } from '../report/reporters.ts'
import type { RmOptions } from './act-commands.ts'
import { openTerminal } from './context.ts'
import { writing } from './instance-session.ts'
import { interruptible } from './interruptible.ts'
import { namedContainers, type OwnedContainer, ownedContainers } from './views.ts'

/** The stack of a container, and of whoever manages it: who names it means it. */
const stacksOf = ({ address, spec }: OwnedContainer): readonly string[] => {
  const owner = spec?.labels[ownerLabel]
  return [parseAddress(address).stack, ...(owner === undefined ? [] : [stackOfOwner(owner)])]
}

/** Removes single containers through a plan of their own, so that names and rules of their networks follow. */
export async function destroyTargets(names: readonly string[], options: RmOptions): Promise<number> {
  const terminal = openTerminal()
  return writing(
    options,
    async (session) => {
      const all = ownedContainers(await observeAll(session))
      const wanted = names.flatMap((name) => namedContainers(all, name))
      const running = wanted.find((one) => one.actual.pid !== undefined)
      if (running && !options.force)
        throw refuse({
          code: 'still-running',
          message: `${running.address} is running.`,
          hint: 'Stop it first, or give --force.',
        })
      const planned = await makePlan(
        session,
        { stacks: [], vault: new Map() },
        {
          destroy: [...new Set(wanted.flatMap(stacksOf))],
          targets: wanted.map((one) => one.address),
        },
      )
      const reporter = options.json
        ? jsonReporter(terminal.print)
        : lineReporter(terminal.print, terminal.style, terminal.cwd)
      const { stop, abort, release } = interruptible(terminal)
      try {
        const result = await applyPlan(session, planned, { reporter, signal: stop, abort })
        if (result.interrupted) return ExitCode.interrupted
        return result.ok ? ExitCode.done : ExitCode.failed
      } finally {
        release()
      }
    },
    { optionalRecords: true },
  )
}
