import type { Resource } from '../../model/desired.ts'
import { firstLine } from '../../model/errors.ts'
import type { Generation } from '../../model/generation.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { State } from '../../state/state.ts'
import type { Snapshot } from '../observe.ts'

/** The objects whose creation failed after a part of them existed, with the reason. Reads the history only if there may be one. */
export async function failedCreations(
  state: Pick<State, 'generations'>,
  desired: ReadonlyMap<ResourceAddress, Resource>,
  { observations, state: { inventory, inventoryUnknown } }: Snapshot,
): Promise<ReadonlyMap<ResourceAddress, string>> {
  if (inventoryUnknown) return new Map()
  const unrecorded = [...desired.keys()].filter(
    (address) => observations.get(address)?.presence === 'owned' && !inventory.has(address),
  )
  return unrecorded.length === 0 ? new Map() : failuresOf(unrecorded, await state.generations())
}

/** The newest failure of each object: `generation 3: exited with code 1 right after its start`. Pure. */
function failuresOf(
  addresses: readonly ResourceAddress[],
  generations: readonly Generation[],
): ReadonlyMap<ResourceAddress, string> {
  const newest = generations.flatMap(({ generation, failures = [] }) =>
    failures.flatMap(({ address, message }): [ResourceAddress, string][] =>
      address === undefined || !addresses.includes(address)
        ? []
        : [[address, `generation ${generation}: ${withoutSubject(message, address)}`]],
    ),
  )
  return new Map(newest)
}

const withoutSubject = (message: string, address: ResourceAddress): string =>
  firstLine(message).replace(/\.$/, '').replace(`${address} `, '')
