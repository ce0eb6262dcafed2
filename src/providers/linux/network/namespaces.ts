import { join } from 'node:path'
import type { Paths } from '../../../host/files/paths.ts'
import type { HostReader } from '../../../host/host.ts'
import { type Address, address, parseAddress, replicaSlot } from '../../../model/address.ts'
import type { ReadContext } from '../../provider.ts'

export const netnsFolder = '/run/netns'

/** Start of the names of this instance's network namespaces. */
export const netnsPrefix = (paths: Paths): string => `hp${paths.id}+`

/** Name of a container's network namespace. */
export function netnsName(paths: Paths, container: Address): string {
  const { stack, name } = parseAddress(replicaSlot(container))
  return `${netnsPrefix(paths)}${stack}+${name}`
}

/** Replica slots of this instance that have a network namespace. */
export async function readNamespaces(read: ReadContext): Promise<ReadonlySet<Address>> {
  const prefix = netnsPrefix(read.paths)
  const names = (await read.host.readDir(netnsFolder)).filter((name) => name.startsWith(prefix))
  return new Set(
    names.map((name) => {
      const [stack = '', container = ''] = name.slice(prefix.length).split('+')
      return address(stack, 'container', container)
    }),
  )
}

/** Inode of a named namespace, as in /proc/PID/ns/net; undefined: there is none. */
export async function namespaceInode(host: HostReader, name: string): Promise<number | undefined> {
  return (await host.statTarget(join(netnsFolder, name)).catch(() => undefined))?.inode
}
