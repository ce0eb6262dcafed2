import { damageNotices } from '../host/files/json.ts'
import type { Diagnostic } from '../model/errors.ts'
import { Engine } from '../reconciler/engine.ts'
import { renderDiagnostic } from '../report/diagnostics.ts'
import { type CommonOptions, openTerminal, typedCommand } from './context.ts'
import { durationOption } from './options.ts'
import { selfCommand } from './self.ts'

/** Options of commands that change something. */
export interface WriteOptions extends CommonOptions {
  /** How long to wait for another run, as `30s`; a plain number is seconds. */
  readonly lockTimeout?: string
}

/** What a command can do without. */
interface Needs {
  /** It goes on where the records cannot be used, and says so. */
  readonly optionalRecords?: boolean
  /** It sets damaged records aside. */
  readonly repairs?: boolean
}

/** Opens the instance for reading, for as long as `act` takes. */
export const reading = <T>(options: CommonOptions, act: (engine: Engine) => Promise<T>): Promise<T> =>
  during({ ...options, write: false, optionalRecords: true }, act)

/** Opens the instance as its only writer, for as long as `act` takes. */
export const writing = <T>(options: WriteOptions, act: (engine: Engine) => Promise<T>, needs: Needs = {}): Promise<T> =>
  during({ ...options, ...needs, write: true }, act)

/** Opens the engine for one command: the environment and the command line are read here and nowhere else. */
export const openEngine = (options: WriteOptions & Needs & { readonly write: boolean }): Promise<Engine> =>
  Engine.open({
    environment: process.env,
    ...(options.instance !== undefined && { instance: options.instance }),
    write: options.write,
    ...(options.optionalRecords && { optionalRecords: true }),
    ...(options.repairs && { repairs: true }),
    ...(options.lockTimeout !== undefined && { lockTimeoutMs: durationOption('--lock-timeout', options.lockTimeout) }),
    command: typedCommand(),
    self: selfCommand(),
  })

async function during<T>(
  options: WriteOptions & Needs & { readonly write: boolean },
  act: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine(options)
  try {
    return await act(engine)
  } finally {
    await engine.close()
    // A plan tells of damaged records itself.
    showNotices([...engine.notices, ...(options.write ? [] : damageNotices(engine.reader))])
  }
}

/** On standard error, also beside a JSON document. */
export function showNotices(notices: readonly Diagnostic[]): void {
  const terminal = openTerminal()
  for (const one of notices) terminal.note(renderDiagnostic(one, terminal.style, 'warning', terminal.cwd))
}
