import { join } from 'node:path'
import type { HostReader } from '../../../../host/host.ts'
import { crunEnvironment } from '../../../../host/process/crun-environment.ts'
import { refusedError } from '../../../../model/errors.ts'
import { hasProcess } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ExecOptions, PreparedExec } from '../../../operations.ts'
import type { ReadContext } from '../../../provider.ts'
import { configText } from '../oci/config-text.ts'
import { execProcess } from '../oci/exec-process.ts'
import { awaitHold } from '../process/await-hold.ts'
import { execArgs, ownProcess } from '../process/exec.ts'
import { notRunningError } from './not-running.ts'

/** Exit code of crun if it could not run a command. A command can also end with this code. */
const runtimeFailure = 255

/** Prepares a command for a running container. Raises `not-running`, `needs-apply` (refused). */
export async function prepareExec(
  read: ReadContext,
  container: ResourceAddress,
  options: ExecOptions,
): Promise<PreparedExec> {
  const { state = 'absent', running } = (await awaitHold(read, container)) ?? {}
  if (!hasProcess(state) || running?.process === undefined) throw notRunningError(container, state)
  if (state === 'paused')
    throw refusedError({
      code: 'not-running',
      message: `${container} is paused.`,
      hint: `\`heropods unpause ${container}\` lets it continue.`,
    })
  const root = `/proc/${running.process.pid}/root`
  const own = await ownProcess(read, container)
  if (own === undefined)
    throw refusedError({
      code: 'needs-apply',
      message: `${container} has no valid config.json.`,
      hint: 'Run `heropods apply` on its stack.',
    })
  const { argv, env = [], terminal = false, workdir, user, pidFile } = options
  const file = async (path: string): Promise<string> => (await read.host.readInRoot(root, path)) ?? ''
  const inside = execProcess(own, {
    args: argv,
    env,
    terminal,
    ...(workdir !== undefined && { cwd: workdir }),
    ...(user !== undefined && {
      user: { name: user, passwd: await file('/etc/passwd'), group: await file('/etc/group') },
    }),
  })
  return {
    program: 'crun',
    args: execArgs(
      read.paths,
      running.id,
      pidFile === undefined ? [] : [`--pid-file=${join(read.paths.run, pidFile)}`],
    ),
    env: await crunEnvironment(read.host),
    data: configText(inside),
    folder: read.paths.run,
    hasInnerTerminal: terminal,
    exitCode: async (code) => (code === runtimeFailure ? whyNotRun(read.host, root, inside.env, argv[0] ?? '') : code),
  }
}

/** 127: the program does not exist; 126: it exists but cannot be run. */
async function whyNotRun(host: HostReader, root: string, env: readonly string[], program: string): Promise<number> {
  const search = env.find((text) => text.startsWith('PATH='))?.slice('PATH='.length) ?? ''
  const candidates = program.includes('/') ? [program] : search.split(':').map((folder) => `${folder}/${program}`)
  for (const path of candidates) {
    const found = await host.statTarget(await host.resolveInRoot(root, path))
    if (found !== undefined) return found.kind === 'file' && (found.mode & 0o111) !== 0 ? runtimeFailure : 126
  }
  return 127
}
