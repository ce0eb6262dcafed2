import type { HealthCheck } from '../kinds/container.ts'
import { parseResourceAddress, type ResourceAddress } from '../resource-address.ts'
import { redactedText } from '../tokens.ts'
import { quoted } from './quoted.ts'

/**
 * The command of a health check without sensitive values: a line for a shell as it is written, other commands as a shell would read them.
 * undefined: the check is not a command. Pure.
 */
export const checkCommand = (check: HealthCheck): string | undefined =>
  'test' in check ? redactedText(testText(check.test)) : undefined

/**
 * The command that runs a health check by hand: `heropods exec db pg_isready`. undefined: the check is not a command, or contains sensitive
 * values. Pure.
 */
export function checkByHand(container: ResourceAddress, check: HealthCheck): string | undefined {
  if (!('test' in check)) return undefined
  const [way, ...words] = check.test
  const line = quoted([
    'heropods',
    'exec',
    parseResourceAddress(container).name,
    ...(way === 'CMD-SHELL' ? ['sh', '-c'] : []),
    ...words,
  ])
  return redactedText(line) === line ? line : undefined
}

/** The words of `healthcheck.test` as one line. Pure. */
export const testText = ([way, ...words]: readonly string[]): string =>
  way === 'CMD-SHELL' ? words.join(' ') : quoted(words)
