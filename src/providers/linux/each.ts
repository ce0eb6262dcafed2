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

/** Calls `act` for every value, at most `parallelism` calls at a time. */
export async function inParallel<T>(
  values: readonly T[],
  parallelism: number,
  act: (value: T) => Promise<void>,
): Promise<void> {
  const queue = values[Symbol.iterator]()
  const worker = async (): Promise<void> => {
    for (const value of queue) await act(value)
  }
  await Promise.all(Array.from({ length: Math.min(parallelism, values.length) }, worker))
}
