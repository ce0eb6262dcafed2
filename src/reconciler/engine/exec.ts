import type { HostReader } from '../../host/host.ts'
import { crunEnvironment } from '../../host/process/crun-environment.ts'
import type { Address } from '../../model/address.ts'
import { refuse } from '../../model/errors.ts'
import { isLiving } from '../../model/kinds/container.ts'
import { configText } from '../../providers/linux/container/oci/config-text.ts'
import { execProcess } from '../../providers/linux/container/oci/exec-process.ts'
import { execArgs, ownProcess } from '../../providers/linux/container/process/exec.ts'
import { lookAt } from '../../providers/linux/container/process/run-state.ts'
import type { Session } from '../session.ts'

export interface ExecOptions {
  readonly argv: readonly string[]
  /** NAME=VALUE over the container's own. */
  readonly env?: readonly string[]
  /** The command gets a terminal. */
  readonly terminal?: boolean
  readonly workdir?: string
  /** `user[:group]`, names or numbers; default: the container's own. */
  readonly user?: string
}

/** A command inside a container, ready to be run: needs neither session nor lock any more. */
export interface PreparedExec {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Text that the program reads from descriptor 3. */
  readonly data: string
  /** Where files lie that have no name once the program runs. */
  readonly folder: string
  /** What the exit code of the program says of the command: 126 it cannot be run, 127 there is none, else its own. */
  exitCode(code: number): Promise<number>
}

/** What crun answers when it could not run a command; a command may answer the same. */
const runtimeFailure = 255

/** Raises `not-running`, `needs-apply` (refused). */
export async function prepareExec(session: Session, container: Address, options: ExecOptions): Promise<PreparedExec> {
  const read = session.readContext()
  const { state = 'absent', running } = (await lookAt(read, container)) ?? {}
  if (!isLiving(state) || running?.process === undefined)
    throw refuse({
      code: 'not-running',
      message: `${container} is not running (${state}).`,
      hint: '`heropods start` or `heropods apply` starts it.',
    })
  const root = `/proc/${running.process.pid}/root`
  const own = await ownProcess(read, container)
  if (own === undefined)
    throw refuse({
      code: 'needs-apply',
      message: `${container} is not whole.`,
      hint: 'Run `heropods apply` on its stack.',
    })
  const { argv, env = [], terminal = false, workdir, user } = options
  const file = async (path: string): Promise<string> => (await read.host.readInRoot(root, path)) ?? ''
  const inside = execProcess(own, {
    args: argv,
    env,
    terminal,
    ...(workdir !== undefined && { cwd: workdir }),
    ...(user !== undefined && {
      user: { stated: user, passwd: await file('/etc/passwd'), group: await file('/etc/group') },
    }),
  })
  return {
    program: 'crun',
    args: execArgs(session.paths, running.id),
    env: await crunEnvironment(read.host),
    data: configText(inside),
    folder: session.paths.run,
    exitCode: async (code) => (code === runtimeFailure ? whyNotRun(read.host, root, inside.env, argv[0] ?? '') : code),
  }
}

/** 127: there is no such program; 126: there is, and it cannot be run. */
async function whyNotRun(host: HostReader, root: string, env: readonly string[], program: string): Promise<number> {
  const path = env.find((text) => text.startsWith('PATH='))?.slice('PATH='.length) ?? ''
  const places = program.includes('/') ? [program] : path.split(':').map((folder) => `${folder}/${program}`)
  for (const place of places) {
    const found = await host.statTarget(await host.resolveInRoot(root, place))
    if (found !== undefined) return found.kind === 'file' && (found.mode & 0o111) !== 0 ? runtimeFailure : 126
  }
  return 127
}
