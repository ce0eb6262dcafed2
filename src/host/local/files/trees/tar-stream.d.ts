/** The part of tar-stream that is used here. The package has no types of its own. */
declare module 'tar-stream' {
  import type { Readable, Writable } from 'node:stream'

  export interface Headers {
    name: string
    type?:
      | 'file'
      | 'link'
      | 'symlink'
      | 'character-device'
      | 'block-device'
      | 'directory'
      | 'fifo'
      | 'contiguous-file'
      | null
    linkname?: string | null
    mode?: number
    uid?: number
    gid?: number
    size?: number
    mtime?: Date
  }
  export interface Pack extends Readable {
    entry(headers: Headers, callback?: (error?: Error | null) => void): Writable
    finalize(): void
  }
  export interface Entry extends Readable {
    readonly header: Headers
  }
  export interface Extract extends Writable, AsyncIterable<Entry> {}
  export function pack(): Pack
  export function extract(): Extract
}
