/** The texts of the kernel's counters. Pure. */

/** From this number on a limit of cgroup v1 means that there is none: the largest multiple of a page, whatever the size of pages. */
const unlimited = 2 ** 62

/** A limit of a cgroup; null: there is none. */
export function limitOf(text: string | undefined): number | null {
  const limit = Number(text?.trim() || 'max')
  return Number.isNaN(limit) || limit >= unlimited ? null : limit
}

interface BlockBytes {
  readonly blockRead: number
  readonly blockWritten: number
}

/** Bytes of all block devices, from blkio.throttle.io_service_bytes (v1) or io.stat (v2). */
export function blockBytes(text: string): BlockBytes {
  const sum = (pattern: RegExp): number =>
    [...text.matchAll(pattern)].reduce((total, [, bytes]) => total + Number(bytes), 0)
  return {
    blockRead: sum(/^\d+:\d+ Read (\d+)$/gm) + sum(/\brbytes=(\d+)/g),
    blockWritten: sum(/^\d+:\d+ Write (\d+)$/gm) + sum(/\bwbytes=(\d+)/g),
  }
}

/** Positions in a line of /proc/PID/net/dev after the name of the interface. */
const [receivedField, sentField] = [0, 8]

/** Bytes of all interfaces except lo, from the text of /proc/PID/net/dev (proc(5)). */
export function networkBytes(text: string): { readonly received: number; readonly sent: number } {
  const interfaces = [...text.matchAll(/^\s*([^\s:]+):\s*(.*)$/gm)]
    .filter(([, name]) => name !== 'lo')
    .map(([, , fields = '']) => fields.split(/\s+/).map(Number))
  const sum = (field: number): number => interfaces.reduce((total, fields) => total + (fields[field] ?? 0), 0)
  return { received: sum(receivedField), sent: sum(sentField) }
}
