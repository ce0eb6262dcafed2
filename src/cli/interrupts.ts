import type { Terminal } from './terminal.ts'

export interface InterruptSignals {
  /** Aborted by the first Ctrl-C: no further step starts. */
  readonly stop: AbortSignal
  /** Aborted by the second Ctrl-C: running steps are cancelled. */
  readonly abort: AbortSignal
  /** Restores the default: a signal ends the program. */
  readonly release: () => void
}

/**
 * Handles SIGINT and SIGTERM: the first one lets running steps finish and starts no further ones, the second one cancels running steps
 * as far as they can be cancelled, and the third one ends the program.
 */
export function handleInterrupts(terminal: Terminal): InterruptSignals {
  const [stop, abort] = [new AbortController(), new AbortController()]
  const handle = (): void => {
    if (stop.signal.aborted) {
      release()
      return abort.abort()
    }
    terminal.note(
      '\nStopping: running steps finish first. Press Ctrl-C again to cancel them; the next apply completes the rest.',
    )
    stop.abort()
  }
  const release = (): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, handle)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, handle)
  return { stop: stop.signal, abort: abort.signal, release }
}
