const counts = { before: 0, after: 0, step: 0 }

/**
 * A hook for tests: HEROPODS_KILL_AT=before:N, after:N or step:N kills this process before or after its Nth effect, or after its Nth
 * step. The tests then check that the next run completes the work. The counters are global, since they count for the process.
 */
export function killPoint(when: keyof typeof counts): void {
  counts[when] += 1
  if (process.env.HEROPODS_KILL_AT === `${when}:${counts[when]}`) process.kill(process.pid, 'SIGKILL')
}
