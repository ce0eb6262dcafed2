import { lstatSync, mkdirSync, readdirSync, rmdirSync, type Stats, unlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import { resolveInRoot } from '../../../../host/files/in-root.ts'
import type { Address } from '../../../../model/address.ts'
import type { Diagnostic } from '../../../../model/errors.ts'

/** Where the runtime mounts what is the kernel's. It follows links of a root at some of them, out of the root too. */
const kernels = ['/dev', '/proc', '/sys']

/** Makes the folders to which links of a root lead on the way to its mounts: crun makes those of plain paths alone. */
export function makeWays(root: string, places: readonly Place[]): void {
  for (const { target } of places) {
    const way = dirname(resolveInRoot(root, target))
    if (way !== dirname(root + target)) mkdirSync(way, { recursive: true, mode: 0o755 })
  }
}

/**
 * Removes what the runtime left where an earlier run had something of the other kind mounted: a file became a folder, or the other way
 * round. Only what is empty goes, and nothing that the image has there.
 */
export function clearWays(root: string, image: string, places: readonly Place[]): void {
  for (const { target, kind } of places) {
    const path = placeIn(root, target)
    if (path === undefined || statOf(image + path) !== undefined) continue
    const stat = statOf(root + path)
    if (stat?.isFile() && stat.size === 0 && kind === 'folder') unlinkSync(root + path)
    if (stat?.isDirectory() && kind === 'file' && readdirSync(root + path).length === 0) rmdirSync(root + path)
  }
}

/** Where a place lies inside of a root, without the root; undefined: nowhere, or in what is the kernel's. */
function placeIn(root: string, target: string): string | undefined {
  try {
    const path = resolveInRoot(root, target).slice(root.length)
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
export function rootProblem(root: string, places: readonly Place[]): string | undefined {
  for (const path of kernels) {
    const stat = statOf(root + path)
    if (stat !== undefined && !stat.isDirectory())
      return `has ${stat.isSymbolicLink() ? 'a link' : 'a file'} in place of the folder ${path}`
  }
  for (const place of places) {
    const problem = placeProblem(root, place, places)
    if (problem !== undefined) return problem
  }
  return undefined
}

/**
 * The first bind whose source is no longer of the kind that the runtime has mounted at its place: a folder in place of a file, or the
 * other way round. For a root that a container has run in. Reads only.
 */
export function changedBind(root: string, places: readonly Place[]): Required<Place> | undefined {
  for (const { target, kind, source } of places) {
    const path = placeIn(root, target)
    const stat = source === undefined || path === undefined ? undefined : statOf(root + path)
    if (source !== undefined && stat !== undefined && stat.isDirectory() !== (kind === 'folder'))
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

function placeProblem(root: string, { target, kind }: Place, places: readonly Place[]): string | undefined {
  // What a stack itself says of these is looked at where it is read.
  if (kernels.some((folder) => isWithin(target, folder))) return undefined
  let inside: string
  try {
    inside = resolveInRoot(root, target).slice(root.length)
  } catch {
    return `has links at ${target} that lead around in a circle`
  }
  if (inside === '' || kernels.some((folder) => isWithin(inside, folder)))
    return `has links that lead from ${target}, where something is mounted, to ${inside || '/'}`
  if (places.some((other) => other.target !== target && isWithin(inside, other.target))) return undefined
  return wrongKind(root, inside, kind)
}

function wrongKind(root: string, path: string, kind: Place['kind']): string | undefined {
  const parts = path.split('/').slice(1)
  for (const [index] of parts.entries()) {
    const at = `/${parts.slice(0, index + 1).join('/')}`
    const stat = statOf(root + at)
    if (stat === undefined) return undefined
    const wanted = index + 1 < parts.length ? 'folder' : kind
    if (stat.isDirectory() !== (wanted === 'folder'))
      return wanted === 'folder' ? `has a file in place of the folder ${at}` : `has a folder in place of the file ${at}`
  }
  return undefined
}

const statOf = (path: string): Stats | undefined => {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
