import { setTimeout as delay } from 'node:timers/promises'
import type { HostReader, ProcessIdentity } from '../host.ts'

/** Milliseconds between two checks. */
const pollIntervalMs = 5

/** Identity from the text of /proc/PID/stat; undefined for a zombie. Pure. */
export function parseStat(pid: number, stat: string): ProcessIdentity | undefined {
  // The program's name may hold blanks and brackets: the fields start after the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : { pid, startTime: Number(fields[19]) }
}

/** Waits until a process has ended. Returns false if it is alive after `timeoutMs`, or once `signal` is aborted. */
export async function waitForEnd(
  host: HostReader,
  known: ProcessIdentity,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMs; await host.isAlive(known); ) {
    if (signal?.aborted || Date.now() >= deadline) return false
    await delay(pollIntervalMs)
  }
  return true
}
