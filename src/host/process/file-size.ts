import { readFileSync } from 'node:fs'
import { refuse } from '../../model/errors.ts'
import { dropAttributes } from './attributes.ts'

/** Bytes that a file of records or a log may come to have. Where the kernel lets it have fewer, it ends Redis or a supervisor. */
const least = 256 * 1024 * 1024

/** Makes sure that this process and what it starts can write their files. Raises `file-size-limited` (refused). */
export async function ensureFileSize(): Promise<void> {
  if (softLimit() >= least) return
  await dropAttributes()
  const left = softLimit()
  if (left >= least) return
  throw refuse({
    code: 'file-size-limited',
    message: `Files may have ${left} bytes here, and logs and records need up to ${least}.`,
    hint: 'Raise the limit of the caller: `ulimit -f unlimited`, LimitFSIZE= of a service.',
  })
}

/** How large a file this process may write, bytes. */
function softLimit(): number {
  const soft = /^Max file size\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1] ?? 'unlimited'
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
}
