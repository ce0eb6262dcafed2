import { HeroPodsError } from '../../model/errors.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { Instance } from '../instance.ts'

export interface WaitOptions {
  /** Ends the wait: `wait` then raises `interrupted`. The container keeps running. */
  readonly signal?: AbortSignal
}

/** Waits for the end of the present run and returns its exit code; undefined: it is not known, or there was no run. Raises `interrupted`. */
export async function awaitEnd(
  instance: Instance,
  container: ResourceAddress,
  { signal = new AbortController().signal }: WaitOptions,
): Promise<number | undefined> {
  try {
    return (await instance.read((engine) => engine.awaitExit(container, signal))).exitCode ?? undefined
  } catch (error) {
    if (!signal.aborted) throw error
    throw new HeroPodsError({
      code: 'interrupted',
      message: `The wait for the end of ${parseResourceAddress(container).name} was interrupted.`,
    })
  }
}
