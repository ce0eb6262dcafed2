import type { Generation } from '../../model/generation.ts'
import type { Plan, Step } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'

/** The newest run that had a step for an object. */
export interface LastChange {
  readonly run: Generation
  readonly step: Step
  /** All its steps in this run: a replacement has two. */
  readonly steps: readonly Step[]
}

/**
 * The newest change of each object that `isMeant` accepts. Reads plans from the newest on, until all of `known` are found; of other
 * addresses, as of removed objects, only those in the plans that were read.
 */
export async function lastChanges(
  generations: readonly Generation[],
  planOf: (generation: number) => Promise<Plan | undefined>,
  isMeant: (address: ResourceAddress) => boolean,
  known: readonly ResourceAddress[],
): Promise<ReadonlyMap<ResourceAddress, LastChange>> {
  const found = new Map<ResourceAddress, LastChange>()
  for (const run of generations.toReversed()) {
    const isComplete = known.length > 0 && known.every((address) => found.has(address))
    if (isComplete) break
    const all = (await planOf(run.generation))?.steps ?? []
    for (const step of all.filter(({ address }) => isMeant(address)))
      if (!found.has(step.address))
        found.set(step.address, { run, step, steps: all.filter(({ address }) => address === step.address) })
  }
  return found
}
