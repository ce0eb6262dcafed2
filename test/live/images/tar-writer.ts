import { closeSync, openSync, writeSync } from 'node:fs'

/** One entry of a tar archive, as it is written: nothing is checked. */
export interface TarEntry {
  readonly name: string
  /** `0` file, `1` hard link, `2` symbolic link, `3` and `4` devices, `5` folder, `6` FIFO, `S` sparse file of GNU tar. */
  readonly type?: string
  readonly content?: string | Buffer
  /** Target of a link. */
  readonly target?: string
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly major?: number
  readonly minor?: number
  /** Records of an extended header (pax). */
  readonly pax?: Readonly<Record<string, string | Buffer>>
  /** Bytes that replace those of the header, by offset. */
  readonly patch?: Readonly<Record<number, string>>
}

const block = 512
const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`
const padded = (content: Buffer): Buffer =>
  Buffer.concat([content, Buffer.alloc((block - (content.length % block)) % block)])

function header(entry: TarEntry, type: string, size: number): Buffer {
  const bytes = Buffer.alloc(block)
  const put = (offset: number, text: string): void => void bytes.write(text, offset, 'latin1')
  put(0, entry.name.slice(0, 100))
  put(100, octal(entry.mode ?? 0o755, 8))
  put(108, octal(entry.uid ?? 0, 8))
  put(116, octal(entry.gid ?? 0, 8))
  put(124, octal(size, 12))
  put(136, octal(1_700_000_000, 12))
  put(156, type)
  put(157, (entry.target ?? '').slice(0, 100))
  put(257, 'ustar\x0000')
  put(329, octal(entry.major ?? 0, 8))
  put(337, octal(entry.minor ?? 0, 8))
  for (const [offset, text] of Object.entries(entry.patch ?? {})) put(Number(offset), text)
  put(148, ' '.repeat(8))
  put(
    148,
    octal(
      bytes.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
  )
  return bytes
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string | Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')])
  let length = rest.length
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length
  return Buffer.concat([Buffer.from(String(length)), rest])
}

function entryBytes(entry: TarEntry): Buffer {
  const content = Buffer.from(entry.content ?? '')
  const records = Buffer.concat(Object.entries(entry.pax ?? {}).map(([key, value]) => paxRecord(key, value)))
  const extended = records.length === 0 ? [] : [header({ name: 'pax' }, 'x', records.length), padded(records)]
  return Buffer.concat([...extended, header(entry, entry.type ?? '0', content.length), padded(content)])
}

/** Writes an archive entry by entry, so that it may be large. */
export function writeTar(path: string, entries: Iterable<TarEntry>): void {
  const file = openSync(path, 'w')
  for (const entry of entries) writeSync(file, entryBytes(entry))
  writeSync(file, Buffer.alloc(2 * block))
  closeSync(file)
}
