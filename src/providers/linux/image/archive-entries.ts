import { posix } from 'node:path'

/** One entry of a tar archive. */
export interface ArchiveEntry {
  /** As `ls` writes it: `-`, `d`, `l`, `p`, `c`, `b`; `h`: another name of an earlier entry. */
  readonly type: string
  /** Without `./` and slashes around it; '' is the root itself. Bytes as characters. */
  readonly name: string
  /** As the archive writes it. */
  readonly written: string
  readonly size: number
  /** Where a link leads. */
  readonly target?: string
  /** Numbers of a device. */
  readonly device?: string
}

/** Options of GNU tar with which `parseEntry` understands its list: numbers in place of names, every odd byte escaped. */
export const listOptions = ['--list', '--verbose', '--numeric-owner', '--full-time', '--utc', '--quoting-style=c']

// The time is one word or two; tar leaves out the zeros at the end of its fraction and pads with blanks.
const listed = /^(.)\S* +-?\d+\/-?\d+ +(\d+|\d+,\d+) [^"]+ "((?:[^"\\]|\\.)*)"(?: (?:->|link to) "((?:[^"\\]|\\.)*)")?/

/** One line of tar's list; undefined: it cannot be understood. Pure. */
export function parseEntry(line: string): ArchiveEntry | undefined {
  const match = listed.exec(line)
  if (match === null) return undefined
  const [, type = '', size = '', name = '', target] = match
  return {
    type,
    name: clean(unquoted(name)),
    written: unquoted(name),
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

/** A name as it is unpacked: below the root, wherever it began. */
const clean = (name: string): string => name.split('/').filter(meaningful).join('/')
const meaningful = (part: string): boolean => part !== '' && part !== '.'

const longestName = 255
const longestPath = 4000
export const mostEntries = 1_000_000

/** Devices that every container has in its own /dev: harmless wherever they lie. */
const harmless = new Set(['1,3', '1,5', '1,7', '1,8', '1,9', '5,0', '5,1', '5,2'])
/** What lies below /dev is left out: a container has one of its own. */
export const isBelowDev = (name: string): boolean => name.startsWith('dev/')

/** Looks at the entries of a root file system one after the other, as they are unpacked. */
export class EntryCheck {
  entries = 0
  bytes = 0
  private readonly names = new Set<string>()
  /** Links by their name. */
  private readonly links = new Map<string, string>()

  /** What is wrong with the next entry; undefined: nothing. */
  add(entry: ArchiveEntry): string | undefined {
    this.entries += 1
    this.bytes += entry.size
    if (this.entries > mostEntries) return `it has more than ${mostEntries} entries`
    const fault = this.faultOf(entry)
    if (fault !== undefined) return fault
    if (!isBelowDev(entry.name)) this.names.add(entry.name)
    if (entry.type === 'l') this.links.set(entry.name, entry.target ?? '')
    // Another name of a link is a link.
    else if (entry.type === 'h' && this.links.has(clean(entry.target ?? '')))
      this.links.set(entry.name, this.links.get(clean(entry.target ?? '')) ?? '')
    else if (entry.type !== 'd') this.links.delete(entry.name)
    return undefined
  }

  private faultOf({ type, name, written, target = '', device }: ArchiveEntry): string | undefined {
    const shown = JSON.stringify(name)
    if (!'-dlhpcbC'.includes(type)) return `its entry ${shown} is of the kind "${type}", which no file has`
    if (name === '' && type !== 'd') return `its entry ${JSON.stringify(written)}, the root itself, is not a folder`
    if (climbs(name)) return `its entry ${shown} has ".." in its name`
    if (name.length > longestPath || name.split('/').some((part) => part.length > longestName))
      return `its entry ${shown.slice(0, 60)}... has a longer name than Linux knows`
    const through = this.linkAbove(name)
    if (through !== undefined)
      return `its entry ${shown} lies behind the link ${JSON.stringify(through.name)}, which leads to ${JSON.stringify(through.target)}`
    if (type === 'h' && (climbs(target) || !this.names.has(clean(target))))
      return `its entry ${shown} is another name of ${JSON.stringify(target)}, which is not in it`
    const isDevice = type === 'c' || type === 'b'
    if (isDevice && !isBelowDev(name) && !(type === 'c' && harmless.has(device ?? '')))
      return `its entry ${shown} is the device ${type} ${device}`
    return undefined
  }

  /** The first link among the folders above a name that leads up or to the top: tar does not go through such a one. */
  private linkAbove(name: string): { readonly name: string; readonly target: string } | undefined {
    if (this.links.size === 0) return undefined
    let folder = ''
    for (const part of name.split('/').slice(0, -1)) {
      folder = folder === '' ? part : `${folder}/${part}`
      for (let hops = 0; this.links.has(folder); hops += 1) {
        const target = this.links.get(folder) ?? ''
        if (target.startsWith('/') || climbs(target) || hops > 40) return { name: folder, target }
        folder = posix.join(posix.dirname(folder), target)
      }
    }
    return undefined
  }
}

const climbs = (path: string): boolean => path.split('/').includes('..')
