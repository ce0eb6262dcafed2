import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Host } from '../host.ts'
import { processIdentity } from '../process/process.ts'

/** Name of a file while it is written. It says which process writes, so that what a killed one has left is known as such. */
export const temporaryName = (): string => `.${process.pid}-${randomBytes(6).toString('hex')}.tmp`

/** Whether a file has a temporary name and its writer has ended. */
export function isAbandoned(name: string): boolean {
  const [, pid] = /^\.(\d+)-[0-9a-f]{12}\.tmp$/.exec(name) ?? []
  return pid !== undefined && processIdentity(Number(pid)) === undefined
}

/** Removes what killed writers have left in a folder and in folders `depth` levels below it. Folders called `except` are not entered. */
export async function removeAbandoned(host: Host, folder: string, depth: number, except?: string): Promise<void> {
  for (const name of await host.readDir(folder)) {
    const path = join(folder, name)
    if (isAbandoned(name)) await host.removeTree(path)
    else if (depth > 0 && name !== except) await removeAbandoned(host, path, depth - 1, except)
  }
}
