const counts = { before: 0, after: 0, step: 0 }

/**
 * HEROPODS_KILL_AT=before:N, after:N or step:N ends this process as kill -9 would, before or after its Nth effect or at the end of
 * its Nth step: how the tests prove that the next run completes what a killed one left.
 */
export function killPoint(when: keyof typeof counts): void {
  counts[when] += 1
  if (process.env.HEROPODS_KILL_AT === `${when}:${counts[when]}`) process.kill(process.pid, 'SIGKILL')
}
