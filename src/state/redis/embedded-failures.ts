import { type Diagnostic, type HeroPodsError, refuse } from '../../model/errors.ts'

/** How long the instance's own server may take to load its data, milliseconds. */
export const startTime = 10_000

export interface LoadFailure {
  /** What the server wrote to its log. */
  readonly said: string
  /** Whether its data is damaged: another start with the same data fails again. */
  readonly isOfData: boolean
  readonly refusal: HeroPodsError
}

/** What has nothing to do with damage: setting the data aside would not help, or lose what a newer server reads. */
const otherCauses: readonly RegExp[] = [
  /No space left|Permission denied|Read-only file system|Cannot allocate|Out Of Memory/i,
  /FATAL CONFIG|Bad directive|unixsocket|Opening Unix socket|Failed listening|bind:/i,
]
const newer = /Can't handle RDB format version \d+|RDB version|unknown opcode/i

/** Why the instance's own server ended at its start, from the new lines of its log. Pure. */
export function loadFailure(written: string, log: string): LoadFailure {
  const lines = written.split('\n').map((line) => line.replace(/^\d+:\w .*? [#*.-] /, '').trim())
  const telling = lines.filter(
    (line) => line !== '' && !/oO0OoO0|Redis version=|Configuration loaded|monotonic clock/.test(line),
  )
  const said =
    telling.find((line) => newer.test(line) || otherCauses.some((one) => one.test(line))) ??
    telling.at(-1) ??
    'it wrote nothing'
  if (newer.test(said))
    return {
      said,
      isOfData: false,
      refusal: refuse({
        code: 'redis-version',
        message: `The instance’s own Redis cannot load its data, which a newer version wrote: ${said}`,
        hint: 'Install that version again; or `heropods refresh` sets the data aside and makes the records anew.',
      }),
    }
  return {
    said,
    isOfData: telling.length > 0 && !otherCauses.some((one) => one.test(said)),
    refusal: refuse({
      code: 'redis-unreachable',
      message: `The instance’s own Redis has ended at its start: ${said}`,
      hint: `Its log is ${log}.`,
      retryable: true,
    }),
  }
}

export const setAsideNotice = (aside: string, said: string): Diagnostic => ({
  code: 'redis-damaged',
  message: `The data of the instance’s own Redis was damaged and is set aside as ${aside}: ${said}`,
  hint: 'Containers run on. History and sealed values come from their copy on disk; events of before are lost.',
})

export const notUp = () =>
  refuse({
    code: 'redis-unreachable',
    message: `The instance’s own Redis did not come up within ${startTime / 1000} s.`,
    hint: 'Its log is `redis/redis.log` below the instance’s data folder.',
    retryable: true,
  })
