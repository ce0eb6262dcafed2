import { join } from 'node:path'
import type { HostReader } from '../../../host/host.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import { slotOfNetns } from '../run-names.ts'

export const netnsFolder = '/run/netns'

/** Replica slots of this instance that have a network namespace. */
export async function readNamespaces(read: ReadContext): Promise<ReadonlySet<ResourceAddress>> {
  const names = await read.host.readDir(netnsFolder)
  return new Set(names.flatMap((name) => slotOfNetns(read.paths, name) ?? []))
}

/** Inode of a named namespace, as /proc/PID/ns/net shows it; undefined: it does not exist. */
export async function namespaceInode(host: HostReader, name: string): Promise<number | undefined> {
  return (await host.statTarget(join(netnsFolder, name)).catch(() => undefined))?.inode
}
