import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Host, HostReader } from '../host.ts'

/** Name of a file while the process `pid` writes it: the pid shows later whether a killed process left it. */
export const temporaryName = (pid: number): string => `.${pid}-${randomBytes(6).toString('hex')}.tmp`

async function isAbandoned(host: HostReader, name: string): Promise<boolean> {
  const [, pid] = /^\.(\d+)-[0-9a-f]{12}\.tmp$/.exec(name) ?? []
  return pid !== undefined && (await host.processIdentity(Number(pid))) === undefined
}

/** Removes temporary files of ended processes from a folder and from folders up to `depth` levels below it, except those named `except`. */
export async function removeAbandoned(host: Host, folder: string, depth: number, except?: string): Promise<void> {
  for (const name of await host.readDir(folder)) {
    const path = join(folder, name)
    if (await isAbandoned(host, name)) await host.removeTree(path)
    else if (depth > 0 && name !== except) await removeAbandoned(host, path, depth - 1, except)
  }
}
