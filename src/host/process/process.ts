import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** A process that cannot be mistaken for a later one with the same pid: its start time is in clock ticks since boot (proc(5)). */
export interface ProcessIdentity {
  readonly pid: number
  readonly startTime: number
}

/** Who has a pid now; undefined when nobody has, or only a zombie. */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The program's name may hold blanks and brackets: the fields start after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : { pid, startTime: Number(fields[19]) }
  } catch {
    return undefined
  }
}

/** Whether exactly this process still lives. */
export const isAlive = (known: ProcessIdentity | undefined): boolean =>
  known !== undefined && processIdentity(known.pid)?.startTime === known.startTime

/** Waits until a process has ended; answers false when it still lives after `timeoutMs`, or once `signal` is aborted. */
export async function waitForEnd(known: ProcessIdentity, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMs; isAlive(known); ) {
    if (signal?.aborted || Date.now() >= deadline) return false
    await delay(5)
  }
  return true
}
