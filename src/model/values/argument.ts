/** Bytes of one argument, or of one NAME=VALUE, that Linux hands to a program: MAX_ARG_STRLEN of execve(2), less the NUL at its end. */
const longest = 131_071
/** Bytes of all of them together, whatever the stack: three quarters of the stack that the kernel gives by itself. */
const mostInAll = 6 * 1024 * 1024
/** Bytes that Linux takes however small the stack is. */
const leastInAll = 128 * 1024
/** A pointer to each. */
const pointer = 8

export const argumentHint = 'Put it into a config or a secret, and name that file instead.'

/** What is wrong with the length of an argument or a NAME=VALUE, as the end of a sentence; undefined: nothing. */
export function argumentFault(text: string): string | undefined {
  const bytes = Buffer.byteLength(text)
  return bytes <= longest ? undefined : `has ${bytes} bytes, and Linux hands a program at most ${longest} in one text`
}

/** The same for all of them, where a program may have `stack` bytes of stack. */
export function argumentsFault(texts: readonly string[], stack: number): string | undefined {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1 + pointer, 0)
  const most = Math.max(leastInAll, Math.min(mostInAll, Math.floor(stack / 4)))
  return bytes <= most
    ? undefined
    : `have ${bytes} bytes, and Linux hands a program at most ${most}: a quarter of its stack, and no more than 6 MiB`
}
