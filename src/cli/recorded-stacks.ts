import type { StackRecord } from '../model/generation.ts'
import type { Engine } from '../reconciler/engine.ts'

/** The stacks of the newest generation as they are recorded, also those of which nothing exists on the host. */
export async function recordedStacks(engine: Engine): Promise<ReadonlyMap<string, StackRecord>> {
  const generations = await engine.generations()
  return engine.stackRecords([...new Set(generations.flatMap((one) => Object.keys(one.stacks)))])
}
