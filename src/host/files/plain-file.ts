import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statfsSync } from 'node:fs'

import { codeOf } from '../error-code.ts'

/** A file that a user named cannot be read. The message is the end of a sentence. */
export class FileFault extends Error {
  constructor(
    readonly reason: 'absent' | 'unreadable',
    message: string,
  ) {
    super(message)
  }
}

/** File systems of the kernel: a read may block, never end, or consume data. */
const kernelFileSystems: ReadonlySet<number> = new Set([
  0x9fa0, // proc
  0x62656572, // sysfs
  0x64626720, // debugfs
  0x74726163, // tracefs
  0x27e0eb, // cgroup
  0x63677270, // cgroup2
  0xcafe4a11, // bpf
  0x73636673, // securityfs
  0xf97cff8c, // selinuxfs
  0x6165676c, // pstore
])

/**
 * Bytes of a file that a user named. It must be a regular file of at most `most` bytes; links are followed. Never blocks: pipes, devices,
 * folders and files of the kernel are not read. Throws `FileFault`.
 */
export function readPlainFile(path: string, most: number): Buffer {
  const file = open(path)
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw new FileFault('unreadable', `${path} is ${kindOf(stat)}, not a regular file`)
    if (kernelFileSystems.has(statfsSync(`/proc/self/fd/${file}`).type))
      throw new FileFault('unreadable', `${path} is a file that the kernel generates, not a regular file`)
    if (stat.size > most) throw tooLarge(path, most)
    return readAll(file, path, stat.size, most)
  } catch (error) {
    throw error instanceof FileFault ? error : faultOf(error, path)
  } finally {
    closeSync(file)
  }
}

/** The same as text. Throws `FileFault`, also where the bytes are not UTF-8. */
export function readPlainText(path: string, most: number): string {
  return decodeText(readPlainFile(path, most), path)
}

/** Text without a byte order mark. Throws `FileFault` if the bytes are not UTF-8. */
export function decodeText(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FileFault('unreadable', `${path} is not text in UTF-8`)
  }
}

function open(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch (error) {
    throw faultOf(error, path)
  }
}

/** It may grow while it is read. */
function readAll(file: number, path: string, size: number, most: number): Buffer {
  const buffer = Buffer.alloc(Math.min(size, most) + 1)
  let length = 0
  while (length < buffer.length) {
    const count = readSync(file, buffer, length, buffer.length - length, null)
    if (count === 0) return buffer.subarray(0, length)
    length += count
  }
  throw length > most ? tooLarge(path, most) : new FileFault('unreadable', `${path} changes while it is read`)
}

function faultOf(error: unknown, path: string): FileFault {
  const code = codeOf(error) ?? String(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return new FileFault('absent', `there is no file ${path}`)
  if (code === 'ENXIO') return new FileFault('unreadable', `${path} is a socket or a device, not a regular file`)
  return new FileFault('unreadable', `${path} cannot be read (${code})`)
}

const tooLarge = (path: string, most: number): FileFault =>
  new FileFault('unreadable', `${path} is larger than ${most / 2 ** 20} MiB`)

function kindOf(stat: Stats): string {
  if (stat.isDirectory()) return 'a folder'
  if (stat.isFIFO()) return 'a named pipe'
  return stat.isSocket() ? 'a socket' : 'a device'
}
