import { join } from 'node:path'
import type { Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'

/** A file for each suspended stack: two commands at the same moment do not undo each other. */
const folder = (paths: Paths): string => join(paths.data, 'records', 'suspended')

/** Stacks have names of these characters: whatever else stands there is not ours. */
export const isStackName = (text: string): boolean => /^[\w~@+-][\w.~@+-]*$/.test(text)

/** What is suspended stays so where Redis has lost it: nothing is changed again without a `resume`. */
export const suspendedOnDisk = (host: HostReader, paths: Paths): Promise<readonly string[]> =>
  host.readDir(folder(paths)).then((names) => names.filter(isStackName))

export const keepSuspended = (host: Host, paths: Paths, stack: string): Promise<void> =>
  host.writeFile(join(folder(paths), stack), '')

export const forgetSuspended = (host: Host, paths: Paths, stack: string): Promise<void> =>
  host.removeTree(join(folder(paths), stack))
