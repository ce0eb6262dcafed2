/**
 * Runs `act` for the newest value only, one run after the other: what comes while it runs is followed by one more run. An older value
 * can never have the last word.
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
