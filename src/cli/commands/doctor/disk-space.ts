import { type Check, passed, problem, warning } from './check.ts'

/** The space of a file system. `inodes` 0: it has no fixed number of inodes. */
export interface Space {
  readonly free: number
  readonly size: number
  readonly freeInodes: number
  readonly inodes: number
}

const mebibyte = 1024 * 1024
/** Below these parts of the file system a check warns. */
const [lowSpace, lowInodes] = [0.05, 0.05]
/** With more free space than this there is never a warning, bytes. */
const enough = 10 * 1024 * mebibyte

/** Parses `df --output=avail,size,iavail,itotal`; undefined: it is not such an output. Pure. */
export function parseDf(text: string): Space | undefined {
  const numbers = (text.trim().split('\n').at(-1) ?? '')
    .trim()
    .split(/\s+/)
    .map((word) => (word === '-' ? 0 : Number(word)))
  const [free, size, freeInodes, inodes] = numbers
  if (free === undefined || size === undefined || freeInodes === undefined || inodes === undefined) return undefined
  return numbers.some(Number.isNaN) ? undefined : { free, size, freeInodes, inodes }
}

/** Checks the space of a folder. `least`: bytes below which runs fail. Pure. */
export function checkSpace(name: string, folder: string, space: Space, least: number): Check {
  const fix = `Free space: \`heropods image rm --unused\`, \`heropods volume ls\` shows released volumes, \`du -xh ${folder} | sort -h | tail\` the largest folders.`
  const text = `${sizeText(space.free)} of ${sizeText(space.size)} are free in ${folder}`
  const noInodes = space.inodes > 0 && space.freeInodes === 0
  if (noInodes) return problem(name, `no inode is free in ${folder}: no file can be created`, fix)
  if (space.free < least) return problem(name, text, fix)
  const fewInodes = space.inodes > 0 && space.freeInodes < space.inodes * lowInodes
  if (fewInodes) return warning(name, `only ${space.freeInodes} of ${space.inodes} inodes are free in ${folder}`, fix)
  return space.free < Math.min(enough, space.size * lowSpace) ? warning(name, text, fix) : passed(name, text)
}

const sizeText = (bytes: number): string =>
  bytes < 1024 * mebibyte ? `${Math.floor(bytes / mebibyte)} MiB` : `${(bytes / 1024 / mebibyte).toFixed(1)} GiB`
