import { workingFolder } from '../host/files/paths.ts'
import { ExitCode, HeroPodsError, type RecordedDiagnostic, toDiagnostic } from '../model/errors.ts'
import { visible, visiblePainted } from '../model/values/visible.ts'
import { renderDiagnostic } from '../report/diagnostics.ts'
import type { RedrawnRegion } from '../report/reporters.ts'
import { makeStyle, type Style } from '../report/style.ts'
import { localHost } from './local-host.ts'

/** Options of every command. */
export interface CommonOptions {
  readonly json?: boolean
  readonly instance?: string
}

/** The output of a command. */
export interface Terminal {
  readonly style: Style
  readonly cwd: string
  /** Columns of standard output; undefined: it is not a terminal. */
  readonly width: number | undefined
  /** True if standard output is a terminal. */
  readonly isTerminal: boolean
  /** True if standard output is a terminal that can be redrawn. */
  readonly canRedraw: boolean
  /** Writes text and a line break to standard output; control characters are escaped (see `src/model/values/visible.ts`). */
  print(text: string): void
  /** Writes to standard error, so that hints and warnings stay out of pipes. */
  note(text: string): void
  /** Escapes control characters as `print` does, for code that draws by itself. */
  escaped(text: string): string
}

export function openTerminal(): Terminal {
  const { NO_COLOR, CI, TERM } = localHost.environment
  const tty = process.stdout.isTTY === true
  // Redrawing needs the size of the terminal.
  const sized = (process.stdout.columns ?? 0) > 0 && (process.stdout.rows ?? 0) > 0
  const color = tty && !NO_COLOR && TERM !== 'dumb'
  const escaped = color ? visiblePainted : visible
  return {
    style: makeStyle(color),
    cwd: workingFolder() ?? '/',
    width: tty && (process.stdout.columns ?? 0) > 0 ? process.stdout.columns : undefined,
    isTerminal: tty,
    canRedraw: tty && sized && !CI && TERM !== 'dumb',
    print: (text) => void process.stdout.write(withLineBreak(escaped(text))),
    note: (text) => void process.stderr.write(withLineBreak(escaped(text))),
    escaped,
  }
}

/** The part of a terminal below the printed lines, which is redrawn. Only for a terminal that can redraw. */
export async function openRegion({ escaped }: Terminal): Promise<RedrawnRegion> {
  const { createLogUpdate } = await import('log-update')
  const log = createLogUpdate(process.stdout)
  return {
    update: (text) => log(escaped(text)),
    persist: (text) => log.persist(escaped(text)),
    done: () => log.clear(),
  }
}

const withLineBreak = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)

/** Prints warnings on standard error, also beside a JSON document on standard output. */
export function printWarnings(warnings: readonly RecordedDiagnostic[]): void {
  const terminal = openTerminal()
  for (const one of warnings) terminal.note(renderDiagnostic(one, terminal.style, 'warning', terminal.cwd))
}

/** Prints an error on standard error, or with --json as a JSON document on standard output, and returns the exit code. */
export function reportError(error: unknown, options: CommonOptions): number {
  const diagnostics = error instanceof HeroPodsError ? error.diagnostics : [toDiagnostic(error)]
  const code = error instanceof HeroPodsError && error.refused ? ExitCode.refused : ExitCode.failed
  if (options.json && process.stdout.writable)
    process.stdout.write(`${visible(JSON.stringify({ type: 'error', exitCode: code, errors: diagnostics }))}\n`)
  else {
    const style = makeStyle(process.stderr.isTTY === true && !localHost.environment.NO_COLOR)
    const write = (text: string): void => void process.stderr.write(`${visiblePainted(text)}\n`)
    for (const one of diagnostics) write(renderDiagnostic(one, style, 'error', workingFolder() ?? '/'))
    if (!(error instanceof HeroPodsError) && error instanceof Error && localHost.environment.HEROPODS_DEBUG)
      write(String(error.stack))
  }
  return code
}

/** The command line as it was typed, without values of variables and without users of URLs: other users can read it in the lock. */
export const typedCommand = (): string =>
  ['heropods', ...process.argv.slice(2)]
    .join(' ')
    .replaceAll(/(--var[ =][^\s=]+=)\S+/g, '$1...')
    .replaceAll(/(:\/\/)[^/\s]*@/g, '$1...@')
