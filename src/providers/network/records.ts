import { join } from 'node:path'
import type { Host, HostReader } from '../../host/host.ts'
import { readJson } from '../../host/json.ts'
import type { Paths } from '../../paths.ts'
import { type Address, address, parseAddress } from '../provider.ts'
import type { NetworkSpec } from './spec.ts'

/** The text every object of ours carries on itself: bridges and veths as their alias. */
export const ownerMark = (paths: Paths, owner: Address): string => `heropods:${paths.id}:${owner}`

/** Whose object a mark names; undefined: none of this instance's. */
export const ownerOf = (paths: Paths, mark: string | undefined): Address | undefined =>
  mark?.startsWith(`heropods:${paths.id}:`) ? (mark.slice(`heropods:${paths.id}:`.length) as Address) : undefined

const folder = (paths: Paths): string => join(paths.data, 'networks')
function recordPath(paths: Paths, network: Address): string {
  const { stack, name } = parseAddress(network)
  return join(folder(paths), stack, `${name}.json`)
}

/** Networks as they were last applied, from the files that say so. */
export async function readNetworkRecords(host: HostReader, paths: Paths): Promise<ReadonlyMap<Address, NetworkSpec>> {
  const records = new Map<Address, NetworkSpec>()
  for (const stack of await host.readDir(folder(paths))) {
    for (const file of await host.readDir(join(folder(paths), stack))) {
      if (!file.endsWith('.json') || file.startsWith('.')) continue
      const record = await readJson<{ spec: NetworkSpec }>(host, join(folder(paths), stack, file))
      if (record) records.set(address(stack, 'network', file.slice(0, -5)), record.spec)
    }
  }
  return records
}

export const writeNetworkRecord = (host: Host, paths: Paths, network: Address, spec: NetworkSpec): Promise<void> =>
  host.writeFile(recordPath(paths, network), JSON.stringify({ owner: network, spec }))

export const removeNetworkRecord = (host: Host, paths: Paths, network: Address): Promise<void> =>
  host.removeTree(recordPath(paths, network))
