import { damageWarnings } from '../host/files/json.ts'
import { Engine, type SessionOptions } from '../reconciler/engine.ts'
import { heropodsCommand } from './heropods-command.ts'
import { localHost } from './local-host.ts'
import { durationOption } from './options.ts'
import { type CommonOptions, printWarnings, typedCommand } from './terminal.ts'

/** Options of commands that change the host or the records. */
export interface WriteOptions extends CommonOptions {
  /** How long to wait for another run, as `30s`; a plain number is seconds. */
  readonly lockTimeout?: string
}

/** Conditions under which a command can work. */
interface Needs {
  /** It continues with a warning if the records cannot be used. */
  readonly optionalRecords?: boolean
  /** It moves damaged records aside. */
  readonly repairs?: boolean
  /** How containers are started, if not as usual. */
  readonly runtimeOptions?: SessionOptions['runtimeOptions']
  /** Others wait for it, since it takes only moments. */
  readonly brief?: boolean
  /** The command as others read it in the lock. Default: as it was typed. */
  readonly command?: string
}

/** Calls `act` with the engine of the instance, opened for reading, and closes it afterwards. Raises the errors of `Engine.open`. */
export const withEngine = <T>(options: CommonOptions, act: (engine: Engine) => Promise<T>): Promise<T> =>
  runWithEngine({ ...options, write: false, optionalRecords: true }, act)

/** Calls `act` with the engine as the only writer of the instance, and closes it afterwards. Raises the errors of `Engine.open`. */
export const withWriterEngine = <T>(
  options: WriteOptions,
  act: (engine: Engine) => Promise<T>,
  needs: Needs = {},
): Promise<T> => runWithEngine({ ...options, ...needs, write: true }, act)

/** Opens the engine for one command. Only this function reads the environment and the command line for it. */
export const openEngine = (options: WriteOptions & Needs & { readonly write: boolean }): Promise<Engine> =>
  Engine.open({
    host: localHost,
    ...(options.instance !== undefined && { instance: options.instance }),
    write: options.write,
    ...(options.optionalRecords && { optionalRecords: true }),
    ...(options.repairs && { repairs: true }),
    ...(options.lockTimeout !== undefined && { lockTimeoutMs: durationOption('--lock-timeout', options.lockTimeout) }),
    ...(options.brief && { brief: true }),
    ...(options.runtimeOptions && { runtimeOptions: options.runtimeOptions }),
    command: options.command ?? typedCommand(),
    heropodsCommand: heropodsCommand(),
  })

async function runWithEngine<T>(
  options: WriteOptions & Needs & { readonly write: boolean },
  act: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine(options)
  try {
    return await act(engine)
  } finally {
    await engine.close()
    // The plan of a writer contains the warnings about damaged records.
    printWarnings([...engine.warnings, ...(options.write ? [] : damageWarnings(engine.hostReader))])
  }
}
