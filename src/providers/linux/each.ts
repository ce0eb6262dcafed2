import { inParallel } from '../../host/in-parallel.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { OnItemFinished } from '../provider.ts'

/**
 * Runs `act` for every item, at most `parallelism` at a time. Reports each item to `done` as it ends, with the outputs of `act` or its error. The
 * failure of one item does not stop the others.
 */
export async function each<Item extends { readonly address: ResourceAddress }>(
  items: readonly Item[],
  done: OnItemFinished,
  act: (item: Item) => Promise<unknown>,
  parallelism = 8,
): Promise<void> {
  await inParallel(items, parallelism, async (item) => {
    try {
      const outputs = await act(item)
      done(item.address, outputs ? { outputs: outputs as Readonly<Record<string, unknown>> } : {})
    } catch (error) {
      done(item.address, { error })
    }
  })
}
