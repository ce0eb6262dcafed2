import { type Diagnostic, type HeroPodsError, refusedError } from '../../model/errors.ts'

/** The longest start of the instance's own server, including the loading of its data; milliseconds. */
export const startTimeoutMs = 10_000

export interface LoadFailure {
  /** The line of the log with the cause. */
  readonly logLine: string
  /** True if the data is damaged: another start with the same data would fail again. */
  readonly isDataDamage: boolean
  readonly refusal: HeroPodsError
}

/** Causes other than damaged data. Setting the data aside would not help. */
const otherCauses: readonly RegExp[] = [
  /No space left|Permission denied|Read-only file system|Cannot allocate|Out Of Memory/i,
  /FATAL CONFIG|Bad directive|unixsocket|Opening Unix socket|Failed listening|bind:/i,
]
/** The data was written by a newer version of Redis. */
const newerVersion = /Can't handle RDB format version \d+|RDB version|unknown opcode/i

/** The cause of a failed start of the instance's own server, from the new lines of its log. Pure. */
export function loadFailure(written: string, log: string): LoadFailure {
  const lines = written.split('\n').map((line) => line.replace(/^\d+:\w .*? [#*.-] /, '').trim())
  const relevant = lines.filter(
    (line) => line !== '' && !/oO0OoO0|Redis version=|Configuration loaded|monotonic clock/.test(line),
  )
  const logLine =
    relevant.find((line) => newerVersion.test(line) || otherCauses.some((one) => one.test(line))) ??
    relevant.at(-1) ??
    'its log is empty'
  if (newerVersion.test(logLine))
    return {
      logLine,
      isDataDamage: false,
      refusal: refusedError({
        code: 'redis-version',
        message: `The instance’s own Redis cannot load its data, which a newer version wrote: ${logLine}`,
        hint: 'Install that version again; or run `heropods refresh`, which sets the data aside and rebuilds the records.',
      }),
    }
  return {
    logLine,
    isDataDamage: relevant.length > 0 && !otherCauses.some((one) => one.test(logLine)),
    refusal: refusedError({
      code: 'redis-unreachable',
      message: `The instance’s own Redis exited at its start: ${logLine}`,
      hint: `Its log is ${log}.`,
      retryable: true,
    }),
  }
}

export const setAsideWarning = (aside: string, cause: string): Diagnostic => ({
  code: 'redis-damaged',
  message: `The data of the instance’s own Redis was damaged and is set aside as ${aside}: ${cause}`,
  hint: 'Containers keep running. History and sealed values are restored from their copy on disk; earlier events are lost.',
})

export const startTimeoutError = () =>
  refusedError({
    code: 'redis-unreachable',
    message: `The instance’s own Redis did not start within ${startTimeoutMs / 1000} s.`,
    hint: 'Its log is `redis/redis.log` below the instance’s data folder.',
    retryable: true,
  })
