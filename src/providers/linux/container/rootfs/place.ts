import type { FileStat, HostReader } from '../../../../host/host.ts'
import { type SystemFault, systemFault } from '../../../../model/system-fault.ts'

/** Kind that a place must have. `any`: a file or a folder, through links. `device`: a device node itself, not a link to it. */
export type ExpectedKind = 'file' | 'folder' | 'device' | 'any'

/** The reason why a place of the host or of a container's root cannot be used. Paths in a root are relative to the root. */
export type PlaceFault =
  | { readonly fault: 'missing' }
  /** A link whose target does not exist. */
  | { readonly fault: 'broken-link' }
  /** `path` is the place itself, or a path above it that must be a folder. */
  | { readonly fault: 'wrong-kind'; readonly path: string; readonly found: FileStat['kind'] }
  /** It exists, but the kernel refuses to read it. */
  | { readonly fault: 'unreadable'; readonly cause: SystemFault }
  | { readonly fault: 'circle' }
  /** Links lead to `to`: the root itself, or a folder that the kernel or the runtime mounts. */
  | { readonly fault: 'leads-out'; readonly to: string }

/** Folders of a container that the runtime mounts. It follows links of a root at some of them, out of the root too. */
export const runtimeFolders = ['/dev', '/proc', '/sys']

export const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

/** Checks a place of the host; undefined: it can be used. Reads only. */
export async function placeFault(
  host: HostReader,
  path: string,
  expected: 'device' | 'any',
): Promise<PlaceFault | undefined> {
  if (expected === 'device') return deviceFault(path, await host.stat(path))
  try {
    if (await host.statTarget(path)) return undefined
  } catch (error) {
    const cause = systemFault(error)
    if (cause === undefined) throw error
    if (cause.code !== 'not-a-folder') return { fault: 'unreadable', cause }
  }
  return { fault: (await host.stat(path)) === undefined ? 'missing' : 'broken-link' }
}

function deviceFault(path: string, stat: FileStat | undefined): PlaceFault | undefined {
  if (stat === undefined) return { fault: 'missing' }
  return stat.device === undefined ? { fault: 'wrong-kind', path, found: stat.kind } : undefined
}

/**
 * The same for a path of a container, with links followed inside its root only. `missing` also if a folder above it is missing: such
 * places can be made. Reads only.
 */
export async function placeFaultInRoot(
  host: HostReader,
  root: string,
  path: string,
  expected: 'file' | 'folder',
): Promise<PlaceFault | undefined> {
  const inside = await pathInRoot(host, root, path)
  if (inside === undefined) return { fault: 'circle' }
  if (inside === '' || runtimeFolders.some((folder) => isWithin(inside, folder)))
    return { fault: 'leads-out', to: inside || '/' }
  const parts = inside.split('/').slice(1)
  for (const [index] of parts.entries()) {
    const above = `/${parts.slice(0, index + 1).join('/')}`
    const found = (await statIn(host, root, above))?.kind
    if (found === undefined) return { fault: 'missing' }
    const expectedHere = above === inside ? expected : 'folder'
    if ((found === 'folder') !== (expectedHere === 'folder')) return { fault: 'wrong-kind', path: above, found }
  }
  return undefined
}

/** Resolves the links of a container's path, relative to the root; undefined: the links form a circle. */
export const pathInRoot = (host: HostReader, root: string, path: string): Promise<string | undefined> =>
  host.resolveInRoot(root, path).then(
    (found) => found.slice(root.length),
    () => undefined,
  )

/** The file at a path of a root; links are not followed. */
export const statIn = (host: HostReader, root: string, path: string): Promise<FileStat | undefined> =>
  host.stat(root + path).catch(() => undefined)
