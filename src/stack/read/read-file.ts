import { readPlainFile } from '../../host/files/plain-file.ts'

const MiB = 2 ** 20

/** The largest files by their use, bytes. */
export const largest = {
  /** Stacks, overlays, includes, variable files. The parser needs up to four seconds per MiB. */
  stack: MiB,
  environment: MiB,
  seccomp: MiB,
  /** Configs and secrets. */
  content: 64 * MiB,
} as const

export type FileUse = keyof typeof largest

/** Reads a file of a stack. Throws `FileFault`. */
export const readContent = (path: string, use: FileUse): Buffer => readPlainFile(path, largest[use])
