import { ageText } from '../../values/age.ts'
import type { HealthStatus, LastCheck } from '../container.ts'

/** The health of a running container, as an observation has it. */
interface ObservedHealth {
  /** null or undefined: the container has no health check, or does not run. */
  readonly health?: HealthStatus | null | undefined
  readonly lastCheck?: Pick<LastCheck, 'status' | 'checkedAt' | 'isCurrent'> | null | undefined
  readonly startedAt?: string | null | undefined
}

/** The first check of a container that starts now can still come. Milliseconds. */
const firstCheckMs = 60_000

/**
 * The health of a container in the words of all commands: `starting`, `healthy`, `unhealthy`; `healthy 5 min ago` if nothing checks it
 * now; `not checked` if nothing has checked it. undefined: it has no check, or does not run. Pure.
 */
export function healthText({ health, lastCheck, startedAt }: ObservedHealth, now: Date): string | undefined {
  if (!health) return undefined
  if (lastCheck && !lastCheck.isCurrent) return `${lastCheck.status} ${ageText(lastCheck.checkedAt, now)}`
  const isOld = typeof startedAt === 'string' && now.getTime() - Date.parse(startedAt) > firstCheckMs
  return !lastCheck && isOld ? 'not checked' : health
}

/** The same as the end of a sentence: `is starting`, `was healthy 5 min ago`. Pure. */
export function healthPhrase(observed: ObservedHealth, now: Date): string | undefined {
  const text = healthText(observed, now)
  return text && `${observed.lastCheck?.isCurrent === false ? 'was' : 'is'} ${text}`
}
