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
