import { setTimeout as delay } from 'node:timers/promises'
import { HeroPodsError } from '../model/errors.ts'
import type { Host } from './host.ts'
import { findProgram } from './requirements.ts'

/** How to call the runtime: the full path of the program, which conmon needs, and its first arguments. */
export interface OciRuntimeCommand {
  readonly program: string
  readonly args: readonly string[]
}

/** Longest time to set up a mount namespace, milliseconds. */
const setUpTimeoutMs = 5000

/**
 * Runs `act` with the command for `crun create` on this host. crun refuses a hybrid host whose v2 tree has controllers, so there it runs in
 * a mount namespace without that tree. The namespace copies the present mounts, so a container's mounts must exist before. A process that
 * ends with this one holds the namespace, so a killed run leaves nothing.
 */
export async function withCreateCommand<T>(host: Host, act: (runtime: OciRuntimeCommand) => Promise<T>): Promise<T> {
  const crun = await fullPath(host, 'crun')
  if (!(await host.cgroups()).crunNeedsHiding) return act({ program: crun, args: [] })
  const holder = await host.hold({ program: 'unshare', args: ['--mount', '--propagation', 'slave', 'cat'] })
  try {
    const namespace = `/proc/${holder.pid}/ns/mnt`
    await awaitNamespace(host, holder.pid, namespace)
    await host.run({
      program: 'nsenter',
      args: [`--mount=${namespace}`, 'umount', '--lazy', '/sys/fs/cgroup/unified'],
    })
    return await act({ program: await fullPath(host, 'nsenter'), args: [`--mount=${namespace}`, crun] })
  } finally {
    await holder.end()
  }
}

const fullPath = async (host: Host, program: string): Promise<string> => (await findProgram(host, program)) ?? program

/** The namespace is ready when `unshare` has become `cat`. */
async function awaitNamespace(host: Host, pid: number, namespace: string): Promise<void> {
  const own = await host.readLink('/proc/self/ns/mnt')
  for (const deadline = Date.now() + setUpTimeoutMs; Date.now() < deadline; await delay(1)) {
    const name = await host.readFile(`/proc/${pid}/comm`)
    if (name === undefined) break
    if (name.trim() === 'cat' && (await host.readLink(namespace)) !== own) return
  }
  throw new HeroPodsError({
    code: 'no-mount-namespace',
    message: 'A mount namespace for `crun create` could not be made.',
    hint: 'A host with hybrid cgroups needs one. Boot with one cgroup version to avoid it.',
  })
}
