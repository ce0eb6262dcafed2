import { workingFolder } from '../host/files/paths.ts'
import { ExitCode, HeroPodsError, toDiagnostic } from '../model/errors.ts'
import { visible, visiblePainted } from '../model/values/visible.ts'
import { renderDiagnostic } from '../report/diagnostics.ts'
import { makeStyle, type Style } from '../report/style.ts'

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean
  readonly instance?: string
}

/** How a command speaks. */
export interface Terminal {
  readonly style: Style
  readonly cwd: string
  /** Whether standard output is a terminal that may be drawn on. */
  readonly live: boolean
  /** What would steer a terminal is shown, not written (see `src/model/values/visible.ts`). */
  print(text: string): void
  /** To standard error: hints and warnings stay out of pipes. */
  note(text: string): void
  /** The same text as `print` writes, for what draws by itself. */
  shown(text: string): string
}

export function openTerminal(): Terminal {
  const { NO_COLOR, CI, TERM } = process.env
  const tty = process.stdout.isTTY === true
  // A terminal that does not know its size cannot be drawn on.
  const sized = (process.stdout.columns ?? 0) > 0 && (process.stdout.rows ?? 0) > 0
  const color = tty && !NO_COLOR && TERM !== 'dumb'
  const shown = color ? visiblePainted : visible
  return {
    style: makeStyle(color),
    cwd: workingFolder() ?? '/',
    live: tty && sized && !CI && TERM !== 'dumb',
    print: (text) => void process.stdout.write(whole(shown(text))),
    note: (text) => void process.stderr.write(whole(shown(text))),
    shown,
  }
}

const whole = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)

/** Tells what went wrong, on standard error or as a JSON document, and answers the exit code. */
export function tellError(error: unknown, options: CommonOptions): number {
  const diagnostics = error instanceof HeroPodsError ? error.diagnostics : [toDiagnostic(error)]
  const code = error instanceof HeroPodsError && error.refused ? ExitCode.refused : ExitCode.failed
  if (options.json && process.stdout.writable)
    process.stdout.write(`${visible(JSON.stringify({ type: 'error', exitCode: code, errors: diagnostics }))}\n`)
  else {
    const style = makeStyle(process.stderr.isTTY === true && !process.env.NO_COLOR)
    const say = (text: string): void => void process.stderr.write(`${visiblePainted(text)}\n`)
    for (const one of diagnostics) say(renderDiagnostic(one, style, 'error', workingFolder() ?? '/'))
    if (!(error instanceof HeroPodsError) && error instanceof Error && process.env.HEROPODS_DEBUG)
      say(String(error.stack))
  }
  return code
}

/** The command as its user typed it, without the values of variables and the users of URLs: others are shown it. */
export const typedCommand = (): string =>
  ['heropods', ...process.argv.slice(2)]
    .join(' ')
    .replaceAll(/(--var[ =][^\s=]+=)\S+/g, '$1...')
    .replaceAll(/(:\/\/)[^/\s]*@/g, '$1...@')
