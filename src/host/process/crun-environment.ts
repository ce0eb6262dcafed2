import { readFileSync } from 'node:fs'

/**
 * Variables for a crun that may be killed. It runs a copy of itself, and by default makes that through a mount in /tmp, which would stay.
 * In this folder nobody can make a file, so crun makes it in memory, where the host lets programs run from there. That takes some
 * milliseconds more: a container is created without.
 */
export const crunEnvironment = (): Readonly<Record<string, string>> =>
  runsFromMemory() ? { _LIBCONTAINER_STATEDIR: '/proc' } : {}

/** memfd_create(2): since Linux 6.3 a host may forbid it. */
function runsFromMemory(): boolean {
  try {
    return readFileSync('/proc/sys/vm/memfd_noexec', 'latin1').trim() === '0'
  } catch {
    return true
  }
}
