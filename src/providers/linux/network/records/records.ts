import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import type { Paths } from '../../../../host/files/paths.ts'
import type { Host, HostReader } from '../../../../host/host.ts'
import { type Address, address, parseAddress } from '../../../../model/address.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import { both, object, type Shape } from '../../../../model/values/shape.ts'
import { parseNetworkRecord } from './parse-record.ts'

const folder = (paths: Paths): string => join(paths.data, 'networks')
function recordPath(paths: Paths, network: Address): string {
  const { stack, name } = parseAddress(network)
  return join(folder(paths), stack, `${name}.json`)
}

/** Stacks and networks have names of these characters; whatever else lies there is not ours to use. */
const usableName = /^[\w.~@+-]+$/

/** Files of records by the network that each is of. */
async function recordFiles(host: HostReader, paths: Paths): Promise<readonly [Address, string][]> {
  const files: [Address, string][] = []
  for (const stack of await host.readDir(folder(paths))) {
    for (const file of await host.readDir(join(folder(paths), stack))) {
      if (!file.endsWith('.json') || file.startsWith('.') || !usableName.test(stack + file)) continue
      files.push([address(stack, 'network', file.slice(0, -5)), join(folder(paths), stack, file)])
    }
  }
  return files
}

/** Every value of it is looked at. */
const networkRecord: Shape<{ spec: unknown }> = both(object({}), (value) => {
  try {
    parseNetworkRecord((value as { readonly spec?: unknown }).spec)
    return undefined
  } catch (error) {
    return `has a wrong value: ${(error as Error).message}`
  }
})

async function readRecord(host: HostReader, path: string): Promise<NetworkSpec | undefined> {
  const record = await readJson<{ spec: unknown }>(host, path, networkRecord)
  return record && parseNetworkRecord(record.spec)
}

/** Networks as they were last applied, from the files that say so. A record that cannot be used is as good as lost. */
export async function readNetworkRecords(host: HostReader, paths: Paths): Promise<ReadonlyMap<Address, NetworkSpec>> {
  const records = new Map<Address, NetworkSpec>()
  for (const [at, path] of await recordFiles(host, paths)) {
    const spec = await readRecord(host, path)
    if (spec) records.set(at, spec)
  }
  return records
}

/** Networks whose records cannot be used, and why. */
export async function readUnusableRecords(
  host: HostReader,
  paths: Paths,
  usable: ReadonlyMap<Address, NetworkSpec>,
): Promise<ReadonlyMap<Address, string>> {
  const faults = new Map<Address, string>()
  for (const [at, path] of await recordFiles(host, paths)) {
    if (usable.has(at)) continue
    const fault = host.damage.get(path)
    if (fault) faults.set(at, `it ${fault}`)
  }
  return faults
}

export const writeNetworkRecord = (host: Host, paths: Paths, network: Address, spec: NetworkSpec): Promise<void> =>
  host.writeFile(recordPath(paths, network), JSON.stringify({ owner: network, spec }))

/** Writes a record that was lost, if what is known of the network is whole. */
export async function rebuildNetworkRecord(
  { host, paths }: { readonly host: Host; readonly paths: Paths },
  network: Address,
  spec: NetworkSpec | undefined,
): Promise<boolean> {
  if (spec === undefined || networkRecord({ spec }) !== undefined) return false
  await writeNetworkRecord(host, paths, network, spec)
  return true
}

export const removeNetworkRecord = (host: Host, paths: Paths, network: Address): Promise<void> =>
  host.removeTree(recordPath(paths, network))
