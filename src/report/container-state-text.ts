import type { ContainerActual } from '../model/kinds/container.ts'

interface StateView extends Pick<ContainerActual, 'state'> {
  readonly health: ContainerActual['health'] | null
  readonly exitCode: number | null
  readonly outOfMemory: boolean
  readonly nextStart: ContainerActual['nextStart'] | null
}

/**
 * The state of a container with its details: `running (healthy)`, `exited (137, out of memory)`,
 * `restarting (exit 3, 4th try, next in 8s)`. `now`: milliseconds since 1970. Pure.
 */
export function stateText(view: StateView, now: number): string {
  const details = view.state === 'restarting' ? restartDetails(view, now) : exitDetails(view)
  return details.length === 0 ? view.state : `${view.state} (${details.join(', ')})`
}

const exitDetails = ({ health, exitCode, outOfMemory }: StateView): readonly string[] => [
  ...(health ? [health] : exitCode === null ? [] : [String(exitCode)]),
  ...(outOfMemory ? ['out of memory'] : []),
]

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
