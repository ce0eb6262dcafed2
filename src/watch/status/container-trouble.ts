import type { ContainerActual } from '../../model/kinds/container.ts'
import {
  crashLoopThreshold,
  exitCodeText,
  isBetweenCrashes,
  type ReadinessReason,
  readinessOf,
} from '../../model/kinds/readiness.ts'
import { memoryLimitText } from '../../model/kinds/text/memory-text.ts'
import { isOwned, type Observation } from '../../model/observation.ts'

/** The problem of a container. `text` is the end of a sentence whose subject is the container. */
export interface ContainerTrouble {
  /** A reason of the condition Degraded. */
  readonly reason: string
  readonly text: string
}

/** The condition reason of a container that makes its stack degraded. Other reasons pass by themselves, are drift, or were caused by a user. */
const degrading: Partial<Record<ReadinessReason, string>> = {
  exited: 'ContainerExited',
  'crash-loop': 'CrashLoop',
  unhealthy: 'Unhealthy',
}

/** The problem by which a container makes its stack degraded; undefined: there is none. Conditions and the status page use it. Pure. */
export function troubleOf(one: Observation, now: Date): ContainerTrouble | undefined {
  if (!isOwned(one, 'container')) return undefined
  const { actual, spec } = one
  if (actual.outOfMemory && ['exited', 'restarting'].includes(actual.state))
    return { reason: 'OutOfMemory', text: `was killed because ${memoryLimitText(spec?.mem_limit)}` }
  if (actual.state === 'restarting') return { reason: restartReason(actual), text: restartingText(actual) }
  if (isBetweenCrashes(actual, now))
    return { reason: restartReason(actual), text: `was started ${actual.restarts + 1} times and does not stay up` }
  const readiness = readinessOf(one)
  const reason = readiness.state === 'ready' ? undefined : degrading[readiness.reason]
  return readiness.state === 'ready' || reason === undefined ? undefined : { reason, text: readiness.text }
}

const restartReason = ({ restarts }: ContainerActual): string =>
  restarts < crashLoopThreshold ? 'Restarting' : 'CrashLoop'

function restartingText({ exitCode, nextStart }: ContainerActual): string {
  const number = nextStart ? `, restart ${nextStart.number}` : ''
  return `exited with code ${exitCodeText(exitCode, false)} and waits for its restart${number}`
}
