import { join } from 'node:path'
import type { Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'

/** The folder with one file per suspended stack, so that two concurrent commands do not overwrite each other. */
const folder = (paths: Paths): string => join(paths.data, 'records', 'suspended')

/** True for the characters of stack names. Other entries do not belong to HeroPods. */
export const isStackName = (text: string): boolean => /^[\w~@+-][\w.~@+-]*$/.test(text)

/** The suspended stacks on disk. They stay suspended if Redis loses its data. */
export const suspensionsOnDisk = (host: HostReader, paths: Paths): Promise<readonly string[]> =>
  host.readDir(folder(paths)).then((names) => names.filter(isStackName))

export const recordSuspension = (host: Host, paths: Paths, stack: string): Promise<void> =>
  host.writeFile(join(folder(paths), stack), '')

export const removeSuspension = (host: Host, paths: Paths, stack: string): Promise<void> =>
  host.removeTree(join(folder(paths), stack))
