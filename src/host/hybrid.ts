import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { cgroupHost } from './cgroup.ts'
import type { Host } from './host.ts'

/** A runtime call as program (conmon wants its whole path) and leading arguments. */
export interface RuntimeEntry {
  readonly program: string
  readonly args: readonly string[]
}

const direct: RuntimeEntry = { program: '/usr/bin/crun', args: [] }

/**
 * How to call `crun create` on this host while `act` runs. crun refuses a hybrid host whose v2 tree holds controllers, so there it is
 * called in a mount namespace without that tree, pinned for as long as `act` takes. The namespace is a copy made now: mounts
 * that a container needs must stand before.
 */
export async function withCreateEntry<T>(
  host: Host,
  folder: string,
  act: (runtime: RuntimeEntry) => Promise<T>,
): Promise<T> {
  if (!(await cgroupHost()).crunNeedsHiding) return act(direct)
  await removeLeftovers(host, folder)
  const place = join(folder, `pin-${randomBytes(4).toString('hex')}`)
  const pin = join(place, 'mnt')
  await host.makeDir(place)
  // A namespace can only be pinned on a mount that is private.
  await host.run({
    program: 'mount',
    args: ['--make-private', '-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'tmpfs', place],
  })
  try {
    await host.writeFile(pin, '')
    await pinNamespace(host, pin)
    return await act({ program: '/usr/bin/nsenter', args: [`--mount=${pin}`, 'crun'] })
  } finally {
    await unpin(host, place)
  }
}

/** util-linux 2.38 may bind the namespace before it has left the old one, which the kernel refuses (EINVAL): then again. */
async function pinNamespace(host: Host, pin: string): Promise<void> {
  const args = [`--mount=${pin}`, '--propagation', 'slave', 'umount', '--lazy', '/sys/fs/cgroup/unified']
  for (let tries = 0; tries < 20; tries += 1)
    if ((await host.query({ program: 'unshare', args })).exitCode === 0) return
  await host.run({ program: 'unshare', args })
}

async function unpin(host: Host, place: string): Promise<void> {
  await host.query({ program: 'umount', args: ['--lazy', join(place, 'mnt')] })
  await host.query({ program: 'umount', args: ['--lazy', place] })
  await host.removeTree(place)
}

const ours = new Set<string>()

/** Pins of a killed run; those of this process are in use. */
async function removeLeftovers(host: Host, folder: string): Promise<void> {
  if (ours.has(folder)) return
  ours.add(folder)
  for (const name of await host.readDir(folder)) if (name.startsWith('pin-')) await unpin(host, join(folder, name))
}
