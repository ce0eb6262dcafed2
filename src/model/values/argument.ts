/** The maximum bytes of one argument, or of one NAME=VALUE: MAX_ARG_STRLEN of execve(2) without the final NUL. */
const maxArgumentBytes = 131_071
/** The maximum bytes of all arguments and variables together: three quarters of the kernel's default stack. */
const maxTotalBytes = 6 * 1024 * 1024
/** The bytes that Linux always accepts, also with a smaller stack. */
const minTotalBytes = 128 * 1024
/** Bytes of the pointer that the kernel adds for each argument and variable. */
const pointerBytes = 8

export const argumentHint = 'Put it in a config or a secret, and use the path of that file instead.'

/** Checks the length of an argument or a NAME=VALUE. Returns the end of a sentence, or undefined if the length is valid. */
export function argumentFault(text: string): string | undefined {
  const bytes = Buffer.byteLength(text)
  return bytes <= maxArgumentBytes
    ? undefined
    : `has ${bytes} bytes, but Linux allows at most ${maxArgumentBytes} in one argument or variable`
}

/** Checks the length of all arguments and variables together, for a process with a stack limit of `stack` bytes. */
export function argumentsFault(texts: readonly string[], stack: number): string | undefined {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1 + pointerBytes, 0)
  const most = Math.max(minTotalBytes, Math.min(maxTotalBytes, Math.floor(stack / 4)))
  return bytes <= most
    ? undefined
    : `have ${bytes} bytes, but Linux allows at most ${most}: a quarter of the stack limit, and no more than 6 MiB`
}
