import { join } from 'node:path'
import type { Paths } from '../../../../host/files/paths.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { readNetworkRecords, readUnusableRecords } from '../records/records.ts'

type Hosts = NetworkSpec['hosts']

const hostsFolder = (paths: Paths): string => join(paths.run, 'hosts')

/** Writes shared hosts files in place, since they are mounted into containers. */
export async function writeHosts({ host, paths }: WriteContext, hosts: Hosts): Promise<void> {
  for (const [key, content] of Object.entries(hosts)) await host.writeInPlace(join(hostsFolder(paths), key), content)
}

/** Drift of shared hosts files, as text. */
export async function hostsDrift({ host, paths }: ReadContext, hosts: Hosts): Promise<readonly string[]> {
  const drift: string[] = []
  for (const [key, content] of Object.entries(hosts)) {
    const found = await host.readFile(join(hostsFolder(paths), key))
    if (found !== content)
      drift.push(found === undefined ? `hosts file ${key} is gone` : `hosts file ${key} was edited`)
  }
  return drift
}

/** Removes the hosts files that no network uses any more. */
export async function removeStaleHosts({ host, paths }: WriteContext): Promise<void> {
  const records = await readNetworkRecords(host, paths)
  // A record that cannot be read may need any of them.
  if ((await readUnusableRecords(host, paths, records)).size > 0) return
  const needed = new Set([...records.values()].flatMap((spec) => Object.keys(spec.hosts)))
  for (const name of await host.readDir(hostsFolder(paths)))
    if (!needed.has(name)) await host.removeTree(join(hostsFolder(paths), name))
}
