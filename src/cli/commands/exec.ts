import { interactive } from '../../host/process/interactive.ts'
import { HeroPodsError, refuse } from '../../model/errors.ts'
import type { PreparedExec } from '../../reconciler/engine/exec.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { type CommonOptions, tellError } from '../context.ts'
import { reading } from '../instance-session.ts'
import { namedContainers, ownedContainers } from '../views.ts'

export interface ExecCommandOptions extends CommonOptions {
  readonly interactive?: boolean
  readonly tty?: boolean
  readonly env?: readonly string[]
  readonly user?: string
  readonly workdir?: string
}

/** HeroPods itself failed; what the command answers is its own (Docker's convention). */
const ownFailure = 125

/** `heropods exec`: runs argv as it stands inside a container and exits with its code; 126 not executable, 127 not found. */
export async function exec(name: string, stated: readonly string[], options: ExecCommandOptions): Promise<number> {
  const argv = stated[0] === '--' ? stated.slice(1) : stated
  try {
    if (options.tty && !process.stdin.isTTY)
      throw refuse({
        code: 'not-a-terminal',
        message: 'Standard input is no terminal.',
        hint: 'Leave -t out; -i alone passes input on.',
      })
    const prepared = await reading(options, (engine) => prepare(engine, name, argv, options))
    const code = await interactive(prepared.program, prepared.args, {
      ...prepared,
      stdin: options.interactive ?? false,
      terminal: options.tty ?? false,
    })
    return prepared.exitCode(code)
  } catch (error) {
    tellError(error, options)
    return ownFailure
  }
}

async function prepare(
  engine: Engine,
  name: string,
  argv: readonly string[],
  { env = [], tty = false, workdir, user }: ExecCommandOptions,
): Promise<PreparedExec> {
  const [one] = namedContainers(ownedContainers(await engine.observe()), name)
  for (const text of env)
    if (!text.includes('='))
      throw new HeroPodsError({ code: 'usage', message: `-e ${text} has no value.`, hint: 'Write -e NAME=VALUE.' })
  return engine.exec(one.address, {
    argv,
    env,
    terminal: tty,
    ...(workdir !== undefined && { workdir }),
    ...(user !== undefined && { user }),
  })
}
