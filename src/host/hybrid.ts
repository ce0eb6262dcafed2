import { readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { HeroPodsError } from '../model/errors.ts'
import { cgroupHost } from './cgroup.ts'
import type { Host } from './host.ts'
import { findProgram } from './requirements.ts'

/** A runtime call as program (conmon wants its whole path) and leading arguments. */
export interface RuntimeEntry {
  readonly program: string
  readonly args: readonly string[]
}

const whole = (program: string): string => findProgram(program) ?? program
/** Longest time to set up a mount namespace, milliseconds. */
const patience = 5000

/**
 * How to call `crun create` on this host while `act` runs. crun refuses a hybrid host whose v2 tree holds controllers, so there it is
 * called in a mount namespace without that tree. The namespace is a copy made now: mounts that a container needs must stand
 * before. It is held by a process that ends with us, so that a killed run leaves nothing.
 */
export async function withCreateEntry<T>(host: Host, act: (runtime: RuntimeEntry) => Promise<T>): Promise<T> {
  if (!(await cgroupHost()).crunNeedsHiding) return act({ program: whole('crun'), args: [] })
  const holder = await host.hold({ program: 'unshare', args: ['--mount', '--propagation', 'slave', 'cat'] })
  try {
    const namespace = `/proc/${holder.pid}/ns/mnt`
    await awaitNamespace(host, holder.pid, namespace)
    await host.run({
      program: 'nsenter',
      args: [`--mount=${namespace}`, 'umount', '--lazy', '/sys/fs/cgroup/unified'],
    })
    return await act({ program: whole('nsenter'), args: [`--mount=${namespace}`, whole('crun')] })
  } finally {
    await holder.end()
  }
}

/** The namespace is ready when `unshare` has become `cat`. */
async function awaitNamespace(host: Host, pid: number, namespace: string): Promise<void> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(1)) {
    const name = await host.readFile(`/proc/${pid}/comm`)
    if (name === undefined) break
    if (name.trim() === 'cat' && readlinkSync(namespace) !== readlinkSync('/proc/self/ns/mnt')) return
  }
  throw new HeroPodsError({
    code: 'no-mount-namespace',
    message: 'A mount namespace for `crun create` could not be made.',
    hint: 'This host has hybrid cgroups, for which one is needed; booting with one cgroup version avoids it.',
  })
}
