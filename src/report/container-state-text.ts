import type { ContainerActual } from '../model/kinds/container.ts'
import { stateWord } from '../model/kinds/readiness.ts'
import { healthText } from '../model/kinds/text/health-text.ts'
import { memoryKillsText } from '../model/kinds/text/memory-text.ts'

interface StateView extends Pick<ContainerActual, 'state' | 'restarts'> {
  readonly health: ContainerActual['health'] | null
  readonly lastCheck: ContainerActual['lastCheck'] | null
  readonly startedAt: string | null
  readonly exitCode: number | null
  readonly exitLost?: boolean
  readonly outOfMemory: boolean
  readonly nextStart: ContainerActual['nextStart'] | null
  readonly memoryKills?: number
}

/**
 * The state of a container with its details: `running (healthy)`, `exited (137, out of memory)`,
 * `restarting (exit 3, 4th try, next in 8s)`. `now`: milliseconds since 1970. Pure.
 */
export function stateText(view: StateView, now: number): string {
  const details =
    view.state === 'restarting'
      ? restartDetails(view, now)
      : [...exitDetails(view, now), ...memoryKills(view), ...restarted(view, now)]
  const word = stateWord(view.state)
  return details.length === 0 ? word : `${word} (${details.join(', ')})`
}

const exitDetails = (view: StateView, now: number): readonly string[] => {
  const { exitCode, exitLost, outOfMemory } = view
  if (exitLost) return ['exit not known: host restarted']
  const health = healthText(view, new Date(now))
  return [
    ...(health ? [health] : exitCode === null ? [] : [String(exitCode)]),
    ...(outOfMemory ? ['out of memory'] : []),
  ]
}

const memoryKills = ({ memoryKills: kills = 0 }: StateView): readonly string[] =>
  kills > 0 ? [memoryKillsText(kills, undefined)] : []

/** How long restarts by the restart policy are shown after the last one, milliseconds. */
const shownRestartsMs = 3_600_000

function restarted({ state, startedAt, restarts }: StateView, now: number): readonly string[] {
  const isRecent = startedAt !== null && now - Date.parse(startedAt) < shownRestartsMs
  return state === 'running' && restarts > 0 && isRecent ? [`restarted ${timesText(restarts)}`] : []
}

/** `once`, `3 times`. Pure. */
export const timesText = (times: number): string => (times === 1 ? 'once' : `${times} times`)

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
