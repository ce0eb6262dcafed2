import { closeSync, readdirSync, readFileSync } from 'node:fs'

/** O_CLOEXEC, as /proc/PID/fdinfo shows it (proc(5)). */
const closeOnExec = 0o2000000
/** What this process and its children make is closed to others where nothing else is said, and readable where a container needs it. */
const ownUmask = 0o022

/**
 * Lets go of what the caller left to this process: open descriptors, the umask, and that a limit of file sizes ends it. To be called
 * before anything else. Node opens everything close-on-exec, so a descriptor above 2 without that mark is the caller's, and every child
 * would inherit it: a lock that is never released, a pipe that never ends, a folder of the host that a container finds below /proc/self/fd.
 */
export function dropInherited(): void {
  // With a handler a write beyond the limit is an error (EFBIG) as any other.
  process.on('SIGXFSZ', () => undefined)
  process.umask(ownUmask)
  for (const name of descriptors()) {
    const descriptor = Number(name)
    if (descriptor > 2 && isInherited(name)) closeQuietly(descriptor)
  }
}

function descriptors(): readonly string[] {
  try {
    return readdirSync('/proc/self/fd')
  } catch {
    // Without /proc nothing else works either, and says so better.
    return []
  }
}

function isInherited(descriptor: string): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1]
    return flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0
  } catch {
    // The one that the folder was read through.
    return false
  }
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor)
  } catch {
    // What cannot be closed has been closed.
  }
}
