import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import type { Paths } from '../../../../host/files/paths.ts'
import type { Host, HostReader } from '../../../../host/host.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import { parseResourceAddress, type ResourceAddress, resourceAddress } from '../../../../model/resource-address.ts'
import type { Shape } from '../../../../model/values/shape.ts'
import { isRecord } from '../../../../model/values/unknown.ts'
import { parseNetworkSpec } from './parse-record.ts'

const folder = (paths: Paths): string => join(paths.data, 'networks')
function recordPath(paths: Paths, network: ResourceAddress): string {
  const { stack, name } = parseResourceAddress(network)
  return join(folder(paths), stack, `${name}.json`)
}

/** Names of stacks and networks have only these characters. Other files in the folder are ignored. */
const usableName = /^[\w.~@+-]+$/

/** The networks that have a record, each with the path of its file. */
async function recordFiles(host: HostReader, paths: Paths): Promise<readonly [ResourceAddress, string][]> {
  const files: [ResourceAddress, string][] = []
  for (const stack of await host.readDir(folder(paths))) {
    for (const file of await host.readDir(join(folder(paths), stack))) {
      if (!file.endsWith('.json') || file.startsWith('.') || !usableName.test(stack + file)) continue
      files.push([resourceAddress(stack, 'network', file.slice(0, -5)), join(folder(paths), stack, file)])
    }
  }
  return files
}

/** Checks every value of a record. */
const networkRecord: Shape<{ readonly spec: unknown }> = (value) => {
  if (!isRecord(value)) return 'is not an object'
  try {
    parseNetworkSpec(value.spec)
    return undefined
  } catch (error) {
    return `has a wrong value: ${error instanceof Error ? error.message : error}`
  }
}

async function readRecord(host: HostReader, path: string): Promise<NetworkSpec | undefined> {
  const record = await readJson(host, path, networkRecord)
  return record && parseNetworkSpec(record.spec)
}

/** Networks as they were last applied, from their records on disk. A record that cannot be used counts as lost. */
export async function readNetworkRecords(
  host: HostReader,
  paths: Paths,
): Promise<ReadonlyMap<ResourceAddress, NetworkSpec>> {
  const records = new Map<ResourceAddress, NetworkSpec>()
  for (const [address, path] of await recordFiles(host, paths)) {
    const spec = await readRecord(host, path)
    if (spec) records.set(address, spec)
  }
  return records
}

/** Networks whose records cannot be used, with the reason of each. */
export async function readUnusableRecords(
  host: HostReader,
  paths: Paths,
  usable: ReadonlyMap<ResourceAddress, NetworkSpec>,
): Promise<ReadonlyMap<ResourceAddress, string>> {
  const faults = new Map<ResourceAddress, string>()
  for (const [address, path] of await recordFiles(host, paths)) {
    if (usable.has(address)) continue
    const fault = host.damage.get(path)
    if (fault) faults.set(address, `it ${fault}`)
  }
  return faults
}

export const writeNetworkRecord = (
  host: Host,
  paths: Paths,
  network: ResourceAddress,
  spec: NetworkSpec,
): Promise<void> => host.writeFile(recordPath(paths, network), JSON.stringify({ owner: network, spec }))

/** Writes a lost record, if the known spec is complete. Returns false if it is not. */
export async function rebuildNetworkRecord(
  { host, paths }: { readonly host: Host; readonly paths: Paths },
  network: ResourceAddress,
  spec: NetworkSpec | undefined,
): Promise<boolean> {
  if (spec === undefined || networkRecord({ spec }) !== undefined) return false
  await writeNetworkRecord(host, paths, network, spec)
  return true
}

export const removeNetworkRecord = (host: Host, paths: Paths, network: ResourceAddress): Promise<void> =>
  host.removeTree(recordPath(paths, network))
