import { ExitCode, refusedError } from '../../../model/errors.ts'
import { renderDiagnostic } from '../../../report/diagnostics.ts'
import { renderEvent } from '../../../report/event-text.ts'
import { renderPlan } from '../../../report/plan-text.ts'
import { makeStyle } from '../../../report/style.ts'
import { heropodsCommand } from '../../heropods-command.ts'
import { localHost } from '../../local-host.ts'
import { planInputs } from '../../stack-inputs.ts'
import { type CommonOptions, openTerminal, typedCommand } from '../../terminal.ts'
import { pageToken } from './page-token.ts'
import { type WatchSourceOptions, watchSource } from './source-options.ts'

export interface WatchCommandOptions extends CommonOptions, WatchSourceOptions {
  readonly var?: readonly string[]
  readonly varFile?: readonly string[]
  readonly profile?: readonly string[]
}

/**
 * `heropods watch`: reconciles the host with a folder or a repository until SIGINT or SIGTERM; containers then keep running. Raises
 * `usage` and the errors of `watch` and of the source options.
 */
export async function watchCommand(folder: string | undefined, options: WatchCommandOptions): Promise<number> {
  const terminal = openTerminal()
  const { cwd, variables, variableFiles, profiles } = planInputs(folder === undefined ? [] : [folder], options)
  const { request, settleMs, listen, forge } = watchSource(folder, options, {
    url: localHost.environment.HEROPODS_GIT_URL,
    cwd,
    hasForgeToken: Boolean(localHost.environment.HEROPODS_FORGE_TOKEN),
  })
  if (request === undefined)
    throw refusedError({
      code: 'usage',
      message: 'Neither a folder nor a repository is given.',
      hint: '`heropods watch FOLDER`, or `heropods watch --git URL`.',
    })
  const { watch } = await import('../../../watch/watch.ts')
  await watch({
    host: localHost,
    environment: localHost.environment,
    ...(options.instance !== undefined && { instance: options.instance }),
    command: typedCommand(),
    heropodsCommand: heropodsCommand(),
    source: request,
    settleMs,
    variables,
    variableFiles,
    profiles,
    cwd,
    listen,
    token: listen === undefined ? undefined : pageToken(options, localHost.environment),
    forge,
    signal: endSignal(),
    onStart: ({ address }) => {
      if (address !== undefined && !options.json) terminal.note(`Status page, metrics and health: http://${address}/`)
    },
    renderPlan: (plan) => renderPlan(plan, { style: makeStyle(false), hints: false }),
    onEvent: (event) => {
      // Each retry that fails for the same reason is counted, not printed.
      if (options.json || event.count === undefined)
        terminal.print(options.json ? JSON.stringify(event) : renderEvent(event, terminal.style))
    },
    warn: (diagnostic) =>
      terminal.note(
        options.json
          ? JSON.stringify({ type: 'warning', ...diagnostic })
          : renderDiagnostic(diagnostic, terminal.style, 'warning', terminal.cwd),
      ),
  })
  return ExitCode.done
}

function endSignal(): AbortSignal {
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort())
  return ending.signal
}
