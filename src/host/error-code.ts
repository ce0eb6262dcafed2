/** Code of a system error, such as `ENOENT`; undefined for any other value. Pure. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
