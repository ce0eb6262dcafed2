import type { FileStat } from '../../../host/contract/files.ts'

/** One entry of a tar archive. */
export interface ArchiveEntry {
  /** The letter that `ls` prints: `-`, `d`, `l`, `p`, `c`, `b`; `h`: a hard link to an earlier entry. */
  readonly type: string
  /** Without `./` and without slashes at both ends; '' is the root itself. One character a byte. */
  readonly name: string
  /** The name as it is in the archive. */
  readonly rawName: string
  readonly size: number
  /** Target of a link. */
  readonly target?: string
  /** Major and minor number of a device: `1,3`. */
  readonly device?: string
}

/** Options of GNU tar for a list that `parseEntry` can parse: numeric owners, special bytes escaped. */
export const listOptions = ['--list', '--verbose', '--numeric-owner', '--full-time', '--utc', '--quoting-style=c']

// The time is one or two words: tar drops the zeros at the end of the fraction and pads with blanks.
const listLine =
  /^(.)\S* +-?\d+\/-?\d+ +(\d+|\d+,\d+) [^"]+ "((?:[^"\\]|\\.)*)"(?: (?:->|link to) "((?:[^"\\]|\\.)*)")?/

/** Parses one line of tar's list; undefined: the line has another format. Pure. */
export function parseEntry(line: string): ArchiveEntry | undefined {
  const match = listLine.exec(line)
  if (match === null) return undefined
  const [, type = '', size = '', name = '', target] = match
  return {
    type,
    name: normalisedName(unquoted(name)),
    rawName: unquoted(name),
    size: type === 'c' || type === 'b' ? 0 : Number(size),
    ...(size.includes(',') && { device: size }),
    ...(target !== undefined && { target: unquoted(target) }),
  }
}

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
const unquoted = (text: string): string =>
  text.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    /^\d{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code),
  )

/** A name relative to the root, as tar unpacks it: without empty segments and `.`. */
const normalisedName = (name: string): string => name.split('/').filter(isNameSegment).join('/')
const isNameSegment = (part: string): boolean => part !== '' && part !== '.'

const maxNameCharacters = 255
/** As many as the kernel follows (path_resolution(7)). */
const maxLinks = 40
const maxPathCharacters = 4000
export const maxEntries = 1_000_000

/** Devices that every container has in its own /dev. They are harmless in any folder. */
const harmlessDevices = new Set(['1,3', '1,5', '1,7', '1,8', '1,9', '5,0', '5,1', '5,2'])
/** True for a device that every container has. Pure. */
export const isHarmlessDevice = ({ type, major, minor }: NonNullable<FileStat['device']>): boolean =>
  type === 'c' && harmlessDevices.has(`${major},${minor}`)
/** True for entries below /dev. They are not unpacked, since a container has its own /dev. Pure. */
export const isBelowDev = (name: string): boolean => name.startsWith('dev/')

/** Checks the entries of a root file system, in the order in which tar unpacks them. */
export class EntryCheck {
  entries = 0
  bytes = 0
  private readonly names = new Set<string>()
  /** Targets of symbolic links, by the name of the link. */
  private readonly links = new Map<string, string>()

  /** Checks the next entry. Returns the fault, as a clause for a message; undefined: there is none. */
  add(entry: ArchiveEntry): string | undefined {
    this.entries += 1
    this.bytes += entry.size
    if (this.entries > maxEntries) return `it has more than ${maxEntries} entries`
    const fault = this.faultOf(entry)
    if (fault !== undefined) return fault
    if (!isBelowDev(entry.name)) this.names.add(entry.name)
    if (entry.type === 'l') this.links.set(entry.name, entry.target ?? '')
    // A hard link to a symbolic link is a symbolic link.
    else if (entry.type === 'h' && this.links.has(normalisedName(entry.target ?? '')))
      this.links.set(entry.name, this.links.get(normalisedName(entry.target ?? '')) ?? '')
    else if (entry.type !== 'd') this.links.delete(entry.name)
    return undefined
  }

  private faultOf({ type, name, rawName, target = '', device }: ArchiveEntry): string | undefined {
    const shown = JSON.stringify(name)
    if (!'-dlhpcbC'.includes(type)) return `its entry ${shown} has the unknown type "${type}"`
    if (name === '' && type !== 'd') return `its entry ${JSON.stringify(rawName)}, the root itself, is not a folder`
    if (hasParentSegment(name)) return `its entry ${shown} has ".." in its name`
    if (name.length > maxPathCharacters || name.split('/').some((part) => part.length > maxNameCharacters))
      return `its entry ${shown.slice(0, 60)}... has a longer name than Linux allows`
    const through = this.linkAbove(name)
    if (through !== undefined)
      return `its entry ${shown} is below the link ${JSON.stringify(through.name)}, which points to ${JSON.stringify(through.target)}`
    if (type === 'h' && (hasParentSegment(target) || !this.names.has(normalisedName(target))))
      return `its entry ${shown} is a hard link to ${JSON.stringify(target)}, which is not in the archive`
    const isDevice = type === 'c' || type === 'b'
    if (isDevice && !isBelowDev(name) && !(type === 'c' && harmlessDevices.has(device ?? '')))
      return `its entry ${shown} is the device ${type} ${device}`
    return undefined
  }

  /** The first link above a name whose target is absolute or contains `..`; tar does not follow such links. */
  private linkAbove(name: string): { readonly name: string; readonly target: string } | undefined {
    if (this.links.size === 0) return undefined
    let [folder, links] = ['', 0]
    const rest = name.split('/').slice(0, -1)
    for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
      const path = folder === '' ? part : `${folder}/${part}`
      const target = this.links.get(path)
      if (target === undefined) {
        folder = path
        continue
      }
      links += 1
      if (target.startsWith('/') || hasParentSegment(target) || links > maxLinks) return { name: path, target }
      // A target may itself lead through links.
      rest.unshift(...target.split('/').filter(isNameSegment))
    }
    return undefined
  }
}

const hasParentSegment = (path: string): boolean => path.split('/').includes('..')
