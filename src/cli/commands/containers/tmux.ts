import { ExitCode } from '../../../model/errors.ts'
import { attachCommand, openContainerPane } from '../../../reconciler/engine/tmux.ts'
import { withEngine } from '../../engine-session.ts'
import { heropodsCommand } from '../../heropods-command.ts'
import { localHost } from '../../local-host.ts'
import { namedContainers } from '../../not-created.ts'
import { countOption } from '../../options.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'
import { requireValues } from './exec.ts'

export interface TmuxOptions extends CommonOptions {
  readonly window?: string
  readonly pane?: string
  readonly title?: string
  readonly reset?: boolean
  readonly env?: readonly string[]
  readonly detach?: boolean
}

/**
 * `heropods tmux`: runs a command in a container in a pane of tmux, in the session of the instance, and shows the session on a terminal.
 * Raises `unknown-container`, `ambiguous-name` (refused), `tool-missing`.
 */
export async function tmux(name: string, typed: readonly string[], options: TmuxOptions): Promise<number> {
  const argv = typed[0] === '--' ? typed.slice(1) : typed
  const env = requireValues(options.env ?? [])
  const { container, session } = await withEngine(options, async (engine) => {
    const [found] = await namedContainers(engine, name)
    return { container: found.address, session: engine.paths.instance }
  })
  await openContainerPane(localHost, container, {
    session,
    window: options.window,
    pane: countOption('--pane', options.pane ?? '0'),
    title: options.title,
    reset: options.reset ?? false,
    heropodsCommand: heropodsCommand(),
    argv: argv.length > 0 ? argv : ['/bin/sh'],
    env,
  })
  const terminal = openTerminal()
  if (process.stdin.isTTY && !options.detach && !options.json)
    return localHost.interactive(attachCommand(localHost, session))
  terminal.print(
    options.json ? JSON.stringify({ session, container }) : `\`tmux attach -t ${session}\` shows the pane.`,
  )
  return ExitCode.done
}
