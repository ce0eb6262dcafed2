import { refusedError } from '../../model/errors.ts'
import type { Host, HostReader } from '../host.ts'

/** Bytes that a file of records or a log may need. The kernel ends Redis and supervisors if they exceed the limit. */
const minFileSizeBytes = 256 * 1024 * 1024

/** Makes sure that this process and its children can write their files. Raises `file-size-limited` (refused). */
export async function ensureFileSize(host: Host): Promise<void> {
  if ((await softLimit(host)) >= minFileSizeBytes) return
  await host.resetAttributes()
  const left = await softLimit(host)
  if (left >= minFileSizeBytes) return
  throw refusedError({
    code: 'file-size-limited',
    message: `This process may write files of at most ${left} bytes, but logs and records need up to ${minFileSizeBytes}.`,
    hint: 'Raise the limit of the caller: `ulimit -f unlimited`, LimitFSIZE= of a service.',
  })
}

/** Largest file that this process may write, bytes. */
async function softLimit(host: HostReader): Promise<number> {
  const limits = (await host.readFile('/proc/self/limits')) ?? ''
  const soft = /^Max file size\s+(\S+)/m.exec(limits)?.[1] ?? 'unlimited'
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
}
