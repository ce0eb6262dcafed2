import { setAside } from '../host/files/set-aside.ts'
import { type Resource, recordedResource } from '../model/desired.ts'
import type { Diagnostic } from '../model/errors.ts'
import { entriesOf, type ResourceAddress } from '../model/resource-address.ts'
import { specHash } from '../model/values/stable-json.ts'
import { revisionsOf } from './history/history.ts'
import { createUnsealer } from './history/seal.ts'
import type { Snapshot } from './observe.ts'
import { observeAll } from './reconcile.ts'
import type { Session } from './session.ts'

export interface Repaired {
  /** Files that were damaged, each by the name it has now. */
  readonly setAside: readonly string[]
  /** Objects whose records were written again. */
  readonly rebuilt: readonly ResourceAddress[]
  readonly failures: readonly Diagnostic[]
}

/**
 * Sets damaged records aside and writes them again, from the specs in the history and from the objects on the host. Objects are not
 * changed.
 */
export async function repairRecords(session: Session): Promise<Repaired> {
  const host = session.writeHost()
  const before = await observeAll(session)
  const unseal = createUnsealer(session.key)
  const names: string[] = [...(await session.state.repair((name, sealed) => unseal(name, sealed) !== undefined))]
  for (const path of [...host.damage.keys()].sort()) {
    names.push(await setAside(host, path))
    host.damage.delete(path)
  }
  const specs = await appliedSpecs(session, before)
  const lost = {
    observed: before.observations,
    applied: specs,
    observe: async () => (await observeAll(session)).observations,
  }
  const { rebuilt, failures } = await session.runtime.rebuildRecords(session.writeContext(), lost)
  return { setAside: names, rebuilt: [...rebuilt].sort(), failures }
}

/** The spec that was last applied of each object: the one that its record names, else that of the newest good generation. */
async function appliedSpecs({ state }: Session, { observations, state: records }: Snapshot) {
  const good = new Set((await state.generations()).filter((one) => one.result === 'done').map((one) => one.generation))
  const found = new Map<ResourceAddress, Resource>()
  const exact = new Set<ResourceAddress>()
  for (const { generation, document } of revisionsOf(await state.history())) {
    for (const record of document.values())
      for (const [address, spec] of entriesOf(record.resources)) {
        if (exact.has(address) || !observations.has(address)) continue
        if (records.inventory.get(address)?.specHash === specHash(spec)) exact.add(address)
        else if (found.has(address) || !good.has(generation)) continue
        const one = recordedResource(address, spec)
        if (one) found.set(address, one)
      }
  }
  return found
}
