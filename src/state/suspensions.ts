import { join } from 'node:path'
import type { Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'
import { object, optional, parseAs, text } from '../model/values/shape.ts'

/** The folder with one file per suspended stack, so that two concurrent commands do not overwrite each other. */
const folder = (paths: Paths): string => join(paths.data, 'records', 'suspended')

/** True for the characters of stack names. Other entries do not belong to HeroPods. */
export const isStackName = (name: string): boolean => /^[\w~@+-][\w.~@+-]*$/.test(name)

/** The user who has suspended a stack, and the reason that the user gave. */
export interface Suspension {
  readonly by: string
  readonly reason?: string
}

const suspension = object<Suspension>({ by: text, reason: optional(text) })

/**
 * The suspended stacks on disk, with the record about each. They stay suspended if Redis loses its data. An earlier version wrote empty
 * files.
 */
export async function suspensionsOnDisk(
  host: HostReader,
  paths: Paths,
): Promise<ReadonlyMap<string, Suspension | undefined>> {
  const names = (await host.readDir(folder(paths))).filter(isStackName)
  const read = async (name: string) => parseAs(suspension, (await host.readFile(join(folder(paths), name))) ?? '').value
  return new Map(await Promise.all(names.map(async (name) => [name, await read(name)] as const)))
}

/** Without `about`, that of an earlier suspension stays. */
export async function recordSuspension(host: Host, paths: Paths, stack: string, about?: Suspension): Promise<void> {
  const path = join(folder(paths), stack)
  if (about === undefined && (await host.stat(path)) !== undefined) return
  await host.writeFile(path, about === undefined ? '' : JSON.stringify(about))
}

export const removeSuspension = (host: Host, paths: Paths, stack: string): Promise<void> =>
  host.removeTree(join(folder(paths), stack))
