/** The signals that end this process. */
const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Until `release`, signals abort `signal` and do not end this process: it must still remove the container. */
export function holdSignals(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  for (const name of ending) process.on(name, abort)
  return {
    signal: controller.signal,
    release: () => {
      for (const name of ending) process.off(name, abort)
    },
  }
}
