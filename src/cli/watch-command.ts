import { ExitCode, refuse } from '../errors.ts'
import { renderDiagnostic } from '../report/diagnostics.ts'
import { renderEvent } from '../report/event-text.ts'
import type { SourceWish } from '../watch/source/source.ts'
import { type CommonOptions, openTerminal, typedCommand } from './context.ts'
import { planInputs } from './inputs.ts'
import { durationOption } from './options.ts'

export interface WatchCommandOptions extends CommonOptions {
  readonly git?: string
  readonly branch?: string
  readonly path?: string
  readonly poll?: string
  readonly verifySignatures?: boolean
  readonly allowedSigners?: string
  readonly keyring?: string
  readonly settle?: string
  readonly listen?: string | boolean
  readonly var?: readonly string[]
  readonly varFile?: readonly string[]
  readonly profile?: readonly string[]
}

const defaultListen = '127.0.0.1:9180'
const defaultSettle = 500

/** `heropods watch`: keeps the host equal to a folder or a repository until it is told to stop; then everything runs on. */
export async function watchCommand(folder: string | undefined, options: WatchCommandOptions): Promise<number> {
  const terminal = openTerminal()
  const { style } = terminal
  const { variables, variableFiles, profiles } = planInputs([], options)
  const ending = new AbortController()
  const end = (): void => ending.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
  const { watch } = await import('../watch/watch.ts')
  await watch({
    environment: process.env,
    ...(options.instance !== undefined && { instance: options.instance }),
    command: typedCommand(),
    source: sourceOf(folder, options),
    settleMs: options.settle === undefined ? defaultSettle : durationOption('--settle', options.settle),
    variables,
    variableFiles,
    profiles,
    cwd: terminal.cwd,
    listen: options.listen === false ? undefined : typeof options.listen === 'string' ? options.listen : defaultListen,
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

function sourceOf(folder: string | undefined, options: WatchCommandOptions): SourceWish {
  const url = options.git ?? process.env.HEROPODS_GIT_URL
  if (folder !== undefined && options.git !== undefined)
    throw refuse({
      code: 'usage',
      message: 'A folder and a repository are given.',
      hint: 'Name the folder in the repository with --path.',
    })
  if (folder !== undefined) return { kind: 'directory', folder }
  if (url === undefined || url === '')
    throw refuse({
      code: 'usage',
      message: 'Nothing to watch is named.',
      hint: '`heropods watch FOLDER`, or `heropods watch --git URL`.',
    })
  const { branch, path, verifySignatures, allowedSigners, keyring, poll } = options
  return {
    kind: 'git',
    url,
    ...(branch !== undefined && { branch }),
    ...(path !== undefined && { path }),
    ...(verifySignatures !== undefined && { verifySignatures }),
    ...(allowedSigners !== undefined && { allowedSigners }),
    ...(keyring !== undefined && { keyring }),
    ...(poll !== undefined && { pollMs: durationOption('--poll', poll) }),
  }
}
