import { posix } from 'node:path'

/** The source of a copy, as it is. */
export interface CopySource {
  readonly path: string
  readonly isFolder: boolean
}

/** The place that was typed as the target. `kind`: of the file that is there, links followed; undefined: none. */
export interface CopyDestination {
  readonly path: string
  readonly kind: 'folder' | 'other' | undefined
}

/** The folder to unpack into, and the name of the copy in it; `.`: the contents of the source go into the folder. */
export interface CopyTarget {
  readonly folder: string
  readonly name: string
}

/** Why a copy is not possible, as a sentence. */
export interface CopyRefusal {
  readonly refusal: string
}

/** True if only the contents of a folder are meant, as `cp -r FOLDER/.` does. Pure. */
export const meansContents = (path: string): boolean => path === '.' || path.endsWith('/.') || /^\/*$/.test(path)

/** The place of a copy, by the rules of `docker cp`. Pure. */
export function copyTarget(source: CopySource, { path, kind }: CopyDestination): CopyTarget | CopyRefusal {
  const contentsOnly = source.isFolder && meansContents(source.path)
  if (kind === 'folder') return { folder: path, name: contentsOnly ? '.' : posix.basename(source.path) }
  if (kind === 'other' && source.isFolder) return { refusal: `${path} is not a folder, but ${source.path} is.` }
  if (path.endsWith('/') && (kind === 'other' || !source.isFolder)) return { refusal: `${path} is not a folder.` }
  return { folder: posix.dirname(path), name: posix.basename(path) }
}

/** A side of a copy: a path of a container, a path of this host, or a tar archive on standard input or output. */
export type CopySide =
  | { readonly type: 'container'; readonly name: string; readonly path: string }
  | { readonly type: 'host'; readonly path: string }
  | { readonly type: 'stream' }

/** `NAME:PATH` is a container's; `-` a stream; `./a:b` and `/a:b` are paths of this host. Paths of a container begin at its root. Pure. */
export function copySide(text: string): CopySide {
  if (text === '-') return { type: 'stream' }
  const colon = text.indexOf(':')
  if (colon <= 0 || /^[./]/.test(text)) return { type: 'host', path: text }
  const path = text.slice(colon + 1)
  return { type: 'container', name: text.slice(0, colon), path: path.startsWith('/') ? path : `/${path}` }
}
