import type { OciConfig, OciProcess } from './config.ts'

const infinity = 2 ** 64 - 1
/** No text of a process contains NUL. */
const mark = '\0infinity'

/** Text of config.json or of a process. JSON has no 64-bit integers: RLIM_INFINITY is written as the number that it is. Pure. */
export const configText = (document: OciConfig | OciProcess): string =>
  JSON.stringify(document, (_, value: unknown) => (value === infinity ? mark : value)).replaceAll(
    JSON.stringify(mark),
    '18446744073709551615',
  )
