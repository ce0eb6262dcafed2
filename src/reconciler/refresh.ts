import type { ResourceAddress } from '../model/resource-address.ts'
import { specHash } from '../model/values/stable-json.ts'
import { leasesOf } from '../providers/by-kind.ts'
import { observeAll } from './reconcile.ts'
import { type Repaired, repairRecords } from './repair-records.ts'
import type { Session } from './session.ts'

export interface RefreshResult extends Repaired {
  readonly recorded: readonly ResourceAddress[]
  readonly forgotten: readonly ResourceAddress[]
}

/** Makes the records equal to the state of the host's objects, damaged records first. Changes records only. */
export async function refresh(session: Session): Promise<RefreshResult> {
  const repaired = await repairRecords(session)
  const { observations, state } = await observeAll(session)
  const owned = [...observations].flatMap(([address, one]) =>
    one.presence === 'owned' && one.spec !== undefined ? [{ address, spec: one.spec }] : [],
  )
  const recorded = owned.filter((one) => !state.inventory.has(one.address))
  const present = new Set(owned.map((one) => one.address))
  const forgotten = [...state.inventory.keys()].filter((address) => !present.has(address))
  for (const one of recorded) {
    const record = { address: one.address, specHash: specHash(one.spec), generation: state.generation }
    await session.state.markComplete(`${one.address}:update`, record)
  }
  const leases = [...observations].flatMap(([address, one]) =>
    one.presence === 'owned' ? leasesOf(session.runtime.providers, address, one) : [],
  )
  const stale = state.leases.map((lease) => lease.container).filter((container) => !present.has(container))
  await session.state.saveLeases(leases, stale)
  await session.state.forget(forgotten)
  await session.state.writeCopy()
  return { ...repaired, recorded: recorded.map((one) => one.address).sort(), forgotten: forgotten.sort() }
}
