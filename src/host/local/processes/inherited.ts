import { closeSync, readdirSync, readFileSync } from 'node:fs'

/** O_CLOEXEC, as /proc/PID/fdinfo shows it (proc(5)). */
const closeOnExec = 0o2000000
/** Default for this process and its children: only the owner can write new files. */
const ownUmask = 0o022

/**
 * Drops the attributes that this process has inherited from its caller: open descriptors, the umask, and the default action of SIGXFSZ. Must be called
 * first. Node opens its files close-on-exec, so a descriptor above 2 without that flag is the caller's. Every child would inherit it: a
 * lock would never be released, a pipe would never end, and a container would find a folder of the host below /proc/self/fd.
 */
export function dropInherited(): void {
  // With a handler, a write beyond the limit of file sizes is an error (EFBIG) instead of a signal.
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
    // Without /proc the commands fail too, with a better message.
    return []
  }
}

function isInherited(descriptor: string): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1]
    return flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0
  } catch {
    // The descriptor through which the folder was read is closed by now.
    return false
  }
}

function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor)
  } catch {
    // It is closed already.
  }
}
