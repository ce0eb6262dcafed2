/** An exit code with its cause: `137 (out of memory)`. Pure. */
export const exitText = (code: number | undefined, outOfMemory: boolean | undefined): string =>
  `${code ?? 'unknown'}${outOfMemory ? ' (out of memory)' : ''}`
