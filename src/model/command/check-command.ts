import type { HealthCheck } from '../kinds/container.ts'
import { redactedText } from '../tokens.ts'
import { quoted } from './quoted.ts'

/**
 * The command of a health check without sensitive values: a line for a shell as it is written, other commands as a shell would read them.
 * undefined: the check is not a command. Pure.
 */
export const checkCommand = (check: HealthCheck): string | undefined =>
  'test' in check ? redactedText(testText(check.test)) : undefined

/** The words of `healthcheck.test` as one line. Pure. */
export const testText = ([way, ...words]: readonly string[]): string =>
  way === 'CMD-SHELL' ? words.join(' ') : quoted(words)
