import type { Terminal } from './context.ts'

export interface Interruptible {
  /** Aborted: nothing further is begun. */
  readonly stop: AbortSignal
  /** Aborted: what is under way is ended. */
  readonly abort: AbortSignal
  /** Signals end the program again, as they do without this. */
  readonly release: () => void
}

/**
 * From here on the first Ctrl-C begins nothing further and waits for what is under way; the second ends what can be ended of that, and
 * a third one the program.
 */
export function interruptible(terminal: Terminal): Interruptible {
  const [stop, abort] = [new AbortController(), new AbortController()]
  const handle = (): void => {
    if (stop.signal.aborted) {
      release()
      return abort.abort()
    }
    terminal.note(
      '\nStopping: steps under way are finished first. Press Ctrl-C again to end them too; the next apply completes what is left.',
    )
    stop.abort()
  }
  const release = (): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, handle)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, handle)
  return { stop: stop.signal, abort: abort.signal, release }
}
