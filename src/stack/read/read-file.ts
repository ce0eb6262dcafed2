import { readPlainFile } from '../../host/files/plain-file.ts'

const MiB = 2 ** 20

/** Most bytes of the files that a stack consists of or names, by what they are for. */
export const largest = {
  /** A stack, an overlay, an include, a file of variables. Its parser takes about four seconds a MiB where every second character is an item. */
  stack: MiB,
  environment: MiB,
  seccomp: MiB,
  /** A config or a secret. */
  content: 64 * MiB,
} as const

export type FileUse = keyof typeof largest

/** Content of a file that a stack names. Throws `FileFault`. */
export const readContent = (path: string, use: FileUse): Buffer => readPlainFile(path, largest[use])
