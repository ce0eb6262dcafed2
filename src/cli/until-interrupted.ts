import { ExitCode } from '../model/errors.ts'

/** Runs `act` until it ends or the user interrupts it (SIGINT, SIGTERM). Returns its exit code, or that of an interrupted command. */
export async function untilInterrupted(act: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const ending = new AbortController()
  const stop = (): void => ending.abort()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop)
  try {
    return await act(ending.signal)
  } catch (error) {
    if (ending.signal.aborted) return ExitCode.interrupted
    throw error
  } finally {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop)
  }
}
