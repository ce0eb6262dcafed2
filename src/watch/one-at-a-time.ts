/**
 * Runs `act` for the newest value only, one run at a time. Values that come during a run are followed by one more run, for the newest of
 * them.
 */
export function oneAtATime<T>(act: (value: T) => Promise<void>, onError: (error: unknown) => void): (value: T) => void {
  let waiting: { readonly value: T } | undefined
  let running = false
  const run = async (): Promise<void> => {
    running = true
    for (let next = waiting; next !== undefined; next = waiting) {
      waiting = undefined
      await act(next.value).catch(onError)
    }
    running = false
  }
  return (value) => {
    waiting = { value }
    if (!running) void run()
  }
}
