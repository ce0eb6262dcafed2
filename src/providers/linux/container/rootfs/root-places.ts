import { dirname } from 'node:path'
import type { FileStat, Host, HostReader } from '../../../../host/host.ts'
import type { Address } from '../../../../model/address.ts'
import type { Diagnostic } from '../../../../model/errors.ts'

/** Where the runtime mounts what is the kernel's. It follows links of a root at some of them, out of the root too. */
const kernels = ['/dev', '/proc', '/sys']

/** Makes the folders to which links of a root lead on the way to its mounts: crun makes those of plain paths alone. */
export async function makeWays(host: Host, root: string, places: readonly Place[]): Promise<void> {
  for (const { target } of places) {
    const way = dirname(await host.resolveInRoot(root, target))
    if (way !== dirname(root + target)) await host.makeDir(way, 0o755)
  }
}

/**
 * Removes what the runtime left where an earlier run had something of the other kind mounted: a file became a folder, or the other way
 * round. Only what is empty goes, and nothing that the image has there.
 */
export async function clearWays(host: Host, root: string, image: string, places: readonly Place[]): Promise<void> {
  for (const { target, kind } of places) {
    const path = await placeIn(host, root, target)
    if (path === undefined || (await statOf(host, image + path)) !== undefined) continue
    const stat = await statOf(host, root + path)
    if (stat?.kind === 'file' && stat.size === 0 && kind === 'folder') await host.removeFile(root + path)
    if (stat?.kind === 'folder' && kind === 'file') await host.removeEmptyDir(root + path)
  }
}

/** Where a place lies inside of a root, without the root; undefined: nowhere, or in what is the kernel's. */
async function placeIn(host: HostReader, root: string, target: string): Promise<string | undefined> {
  try {
    const path = (await host.resolveInRoot(root, target)).slice(root.length)
    return path === '' || kernels.some((folder) => isWithin(path, folder)) ? undefined : path
  } catch {
    return undefined
  }
}

/** A path of a container on which something is mounted. */
export interface Place {
  readonly target: string
  readonly kind: 'file' | 'folder'
  /** The path of the host that is bound there. */
  readonly source?: string
}

/**
 * Why a container's root cannot take its mounts, or undefined: a file or a link where a folder is needed, or the other way round. What
 * lies inside of another mount is not looked at. Reads only.
 */
export async function rootProblem(
  host: HostReader,
  root: string,
  places: readonly Place[],
): Promise<string | undefined> {
  for (const path of kernels) {
    const stat = await statOf(host, root + path)
    if (stat !== undefined && stat.kind !== 'folder')
      return `has ${stat.kind === 'link' ? 'a link' : 'a file'} in place of the folder ${path}`
  }
  for (const place of places) {
    const problem = await placeProblem(host, root, place, places)
    if (problem !== undefined) return problem
  }
  return undefined
}

/**
 * The first bind whose source is no longer of the kind that the runtime has mounted at its place: a folder in place of a file, or the
 * other way round. For a root that a container has run in. Reads only.
 */
export async function changedBind(
  host: HostReader,
  root: string,
  places: readonly Place[],
): Promise<Required<Place> | undefined> {
  for (const { target, kind, source } of places) {
    const path = await placeIn(host, root, target)
    const stat = source === undefined || path === undefined ? undefined : await statOf(host, root + path)
    if (source !== undefined && stat !== undefined && (stat.kind === 'folder') !== (kind === 'folder'))
      return { target, kind, source }
  }
  return undefined
}

export const rootUnusable = (address: Address, problem: string): Diagnostic => ({
  code: 'image-unusable',
  message: `${address} cannot run: the root that its image gives it ${problem}.`,
  hint: 'Take it out of the image. If the container itself made it, `heropods rm` and `heropods apply` start from the image again.',
  address,
})

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

async function placeProblem(
  host: HostReader,
  root: string,
  { target, kind }: Place,
  places: readonly Place[],
): Promise<string | undefined> {
  // What a stack itself says of these is looked at where it is read.
  if (kernels.some((folder) => isWithin(target, folder))) return undefined
  let inside: string
  try {
    inside = (await host.resolveInRoot(root, target)).slice(root.length)
  } catch {
    return `has links at ${target} that lead around in a circle`
  }
  if (inside === '' || kernels.some((folder) => isWithin(inside, folder)))
    return `has links that lead from ${target}, where something is mounted, to ${inside || '/'}`
  if (places.some((other) => other.target !== target && isWithin(inside, other.target))) return undefined
  return wrongKind(host, root, inside, kind)
}

async function wrongKind(
  host: HostReader,
  root: string,
  path: string,
  kind: Place['kind'],
): Promise<string | undefined> {
  const parts = path.split('/').slice(1)
  for (const [index] of parts.entries()) {
    const at = `/${parts.slice(0, index + 1).join('/')}`
    const stat = await statOf(host, root + at)
    if (stat === undefined) return undefined
    const wanted = index + 1 < parts.length ? 'folder' : kind
    if ((stat.kind === 'folder') !== (wanted === 'folder'))
      return wanted === 'folder' ? `has a file in place of the folder ${at}` : `has a folder in place of the file ${at}`
  }
  return undefined
}

const statOf = (host: HostReader, path: string): Promise<FileStat | undefined> => host.stat(path).catch(() => undefined)
