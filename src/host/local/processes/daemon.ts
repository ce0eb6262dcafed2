import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import type { CgroupHost } from '../../cgroup.ts'
import type { Command, HeldProcess } from '../../contract/commands.ts'
import { safePath } from '../../requirements.ts'
import { isAbsent } from '../files/stat.ts'
import { traceCommand } from './run-command.ts'
import type { ThisProcess } from './this-process.ts'

/** See `CommandRunner.spawnDaemon`. */
export async function spawnDaemon(own: ThisProcess, cgroups: CgroupHost, command: Command): Promise<number> {
  traceCommand(command)
  await own.resetAttributes()
  const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', ...(command.descriptors ?? [])]
  const child = withPrivateUmask(() =>
    own.oomScore.duringStart(() =>
      spawn(command.program, [...command.args], {
        detached: true,
        cwd: '/',
        env: { PATH: safePath, LC_ALL: 'C', ...command.env },
        stdio,
      }),
    ),
  )
  const pid = await pidOf(child)
  child.unref()
  // If the daemon has ended already, the caller finds out by itself.
  await own.daemons.adopt(cgroups, pid).catch((error: unknown) => {
    if (!isAbsent(error)) throw error
  })
  return pid
}

/** See `CommandRunner.hold`. */
export async function hold(command: Command): Promise<HeldProcess> {
  traceCommand(command)
  const child = spawn(command.program, [...command.args], {
    cwd: '/',
    env: { PATH: safePath, LC_ALL: 'C' },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const pid = await pidOf(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    pid,
    end: () => {
      child.stdin?.end()
      return ended
    },
  }
}

const pidOf = (child: ChildProcess): Promise<number> =>
  new Promise<number>((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? -1))
    child.once('error', reject)
  })

/** Runs `start` with umask 077, so that only root can read files of the daemon. `start` is synchronous, so no other code gets this umask. */
function withPrivateUmask<T>(start: () => T): T {
  const before = process.umask(0o077)
  try {
    return start()
  } finally {
    process.umask(before)
  }
}
