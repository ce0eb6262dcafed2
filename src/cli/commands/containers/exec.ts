import { HeroPodsError, refusedError } from '../../../model/errors.ts'
import type { Engine, PreparedExec } from '../../../reconciler/engine.ts'
import { withEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { namedContainers } from '../../not-created.ts'
import { type CommonOptions, reportError } from '../../terminal.ts'

export interface ExecCommandOptions extends CommonOptions {
  readonly interactive?: boolean
  readonly tty?: boolean
  readonly env?: readonly string[]
  readonly user?: string
  readonly workdir?: string
}

/** Exit code for failures of HeroPods itself, as in Docker; any other code is that of the command. */
const ownFailure = 125

/**
 * `heropods exec`: runs a command inside a container, without a shell, and returns its exit code; 126 if it is not executable, 127 if
 * it does not exist.
 */
export async function exec(name: string, typed: readonly string[], options: ExecCommandOptions): Promise<number> {
  const argv = typed[0] === '--' ? typed.slice(1) : typed
  try {
    if (options.tty && !process.stdin.isTTY)
      throw refusedError({
        code: 'not-a-terminal',
        message: 'Standard input is not a terminal.',
        hint: 'Use `-i` without `-t`.',
      })
    const prepared = await withEngine(options, (engine) => prepare(engine, name, argv, options))
    const code = await localHost.interactive({
      ...prepared,
      stdin: options.interactive ?? false,
      terminal: options.tty ?? false,
    })
    return prepared.exitCode(code)
  } catch (error) {
    reportError(error, options)
    return ownFailure
  }
}

async function prepare(
  engine: Engine,
  name: string,
  argv: readonly string[],
  { env = [], tty = false, workdir, user }: ExecCommandOptions,
): Promise<PreparedExec> {
  const [container] = await namedContainers(engine, name)
  return engine.exec(container.address, {
    argv,
    env: requireValues(env),
    terminal: tty,
    ...(workdir !== undefined && { workdir }),
    ...(user !== undefined && { user }),
  })
}

/** Returns the variables. Raises `usage` if one has no value. */
export function requireValues(env: readonly string[]): readonly string[] {
  for (const text of env)
    if (!text.includes('='))
      throw new HeroPodsError({ code: 'usage', message: `-e ${text} has no value.`, hint: 'Write -e NAME=VALUE.' })
  return env
}
