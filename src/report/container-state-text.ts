import type { ContainerActual } from '../model/kinds/container.ts'
import { isBetweenCrashes, stateWord } from '../model/kinds/readiness.ts'
import { ageText } from '../model/values/age.ts'

interface StateView extends Pick<ContainerActual, 'state' | 'restarts'> {
  readonly health: ContainerActual['health'] | null
  readonly lastCheck: ContainerActual['lastCheck'] | null
  readonly startedAt: string | null
  readonly exitCode: number | null
  readonly outOfMemory: boolean
  readonly nextStart: ContainerActual['nextStart'] | null
}

/**
 * The state of a container with its details: `running (healthy)`, `exited (137, out of memory)`,
 * `restarting (exit 3, 4th try, next in 8s)`. `now`: milliseconds since 1970. Pure.
 */
export function stateText(view: StateView, now: number): string {
  const details =
    view.state === 'restarting' ? restartDetails(view, now) : [...exitDetails(view, now), ...restarted(view, now)]
  const word = stateWord(view.state)
  return details.length === 0 ? word : `${word} (${details.join(', ')})`
}

const exitDetails = (view: StateView, now: number): readonly string[] => {
  const { exitCode, outOfMemory } = view
  const health = healthText(view, now)
  return [
    ...(health ? [health] : exitCode === null ? [] : [String(exitCode)]),
    ...(outOfMemory ? ['out of memory'] : []),
  ]
}

/** The restarts of a container that runs between two crashes. */
const restarted = ({ startedAt, ...view }: StateView, now: number): readonly string[] =>
  startedAt !== null && isBetweenCrashes({ ...view, startedAt }, new Date(now))
    ? [`restarted ${view.restarts} times`]
    : []

/** The first check of a container that starts now can still come. Milliseconds. */
const firstCheckMs = 60_000

/** `healthy`, `healthy 5 min ago` if nothing checks it now, `not checked` if nothing has checked it; undefined: it has no check. Pure. */
function healthText({ health, lastCheck, startedAt }: StateView, now: number): string | undefined {
  if (!health) return undefined
  if (lastCheck && !lastCheck.isCurrent) return `${lastCheck.status} ${ageText(lastCheck.checkedAt, new Date(now))}`
  const isOld = startedAt !== null && now - Date.parse(startedAt) > firstCheckMs
  return !lastCheck && isOld ? 'not checked' : health
}

function restartDetails({ exitCode, outOfMemory, nextStart }: StateView, now: number): readonly string[] {
  const seconds = nextStart ? Math.ceil((Date.parse(nextStart.at) - now) / 1000) : 0
  return [
    ...(exitCode === null ? [] : [`exit ${exitCode}`]),
    ...(outOfMemory ? ['out of memory'] : []),
    ...(nextStart ? [`${ordinal(nextStart.number)} try`] : []),
    ...(seconds > 0 ? [`next in ${seconds}s`] : []),
  ]
}

/** `1st`, `2nd`, `3rd`, `4th`, `11th`. Pure. */
function ordinal(number: number): string {
  const isTeen = number % 100 > 10 && number % 100 < 14
  return `${number}${(isTeen ? undefined : ['', 'st', 'nd', 'rd'][number % 10]) || 'th'}`
}
