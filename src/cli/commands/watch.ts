import { ExitCode, refuse } from '../../model/errors.ts'
import { renderDiagnostic } from '../../report/diagnostics.ts'
import { renderEvent } from '../../report/event-text.ts'
import { type CommonOptions, openTerminal, typedCommand } from '../context.ts'
import { planInputs } from '../inputs.ts'
import { selfCommand } from '../self.ts'
import { type WatchSourceOptions, watchSource } from '../watch-source.ts'

export interface WatchCommandOptions extends CommonOptions, WatchSourceOptions {
  readonly var?: readonly string[]
  readonly varFile?: readonly string[]
  readonly profile?: readonly string[]
}

/** `heropods watch`: keeps the host equal to a folder or a repository until it is told to stop; then everything runs on. */
export async function watchCommand(folder: string | undefined, options: WatchCommandOptions): Promise<number> {
  const terminal = openTerminal()
  const { style } = terminal
  const { cwd, variables, variableFiles, profiles } = planInputs(folder === undefined ? [] : [folder], options)
  const { wish, settleMs, listen } = watchSource(folder, options, {
    url: process.env.HEROPODS_GIT_URL,
    cwd,
  })
  if (wish === undefined)
    throw refuse({
      code: 'usage',
      message: 'Neither a folder nor a repository is given.',
      hint: '`heropods watch FOLDER`, or `heropods watch --git URL`.',
    })
  const ending = new AbortController()
  const end = (): void => ending.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
  const { watch } = await import('../../watch/watch.ts')
  await watch({
    environment: process.env,
    ...(options.instance !== undefined && { instance: options.instance }),
    command: typedCommand(),
    self: selfCommand(),
    source: wish,
    settleMs,
    variables,
    variableFiles,
    profiles,
    cwd,
    listen,
    signal: ending.signal,
    onStart: ({ address }) => {
      if (address !== undefined && !options.json) terminal.note(`Status page, metrics and health: http://${address}/`)
    },
    onEvent: (event) => terminal.print(options.json ? JSON.stringify(event) : renderEvent(event, style)),
    warn: (diagnostic) =>
      terminal.note(
        options.json
          ? JSON.stringify({ type: 'warning', ...diagnostic })
          : renderDiagnostic(diagnostic, style, 'warning', terminal.cwd),
      ),
  })
  return ExitCode.done
}
