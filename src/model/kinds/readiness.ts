import type { ContainerActual, ContainerSpec } from './container.ts'
import { minSuccessfulRunMs, onExit } from './restart-policy.ts'

/** The fields of a container that decide readiness; undefined: the container does not exist. */
export type ObservedContainer =
  | {
      /** undefined: its record is lost. */
      readonly spec: Pick<ContainerSpec, 'restart' | 'keep_alive'> | undefined
      readonly actual: Pick<ContainerActual, 'state' | 'exitCode' | 'outOfMemory' | 'restarts' | 'health' | 'lastCheck'>
    }
  | undefined

/** Facts that one observation does not contain. Without them only the current state decides. */
export interface RunHistory {
  /** Starts since the caller began to count, the first included. */
  readonly starts: number
  /** How long the current run has been observed, milliseconds. */
  readonly upForMs: number
  /** How long a run without a health check must last to be ready, milliseconds. `minReadySeconds` of Kubernetes. */
  readonly minUpMs: number
}

export type ReadinessReason =
  | 'missing'
  | 'not-running'
  | 'starting'
  | 'just-started'
  | 'checking'
  | 'paused'
  | 'crash-loop'
  | 'unhealthy'
  | 'exited'
  | 'stopped'

/** `pending` can become ready without a user, `failed` cannot. */
export type Readiness =
  | { readonly state: 'ready' }
  | { readonly state: 'pending' | 'failed'; readonly reason: ReadinessReason; readonly text: string }

export type Unready = Exclude<Readiness, { readonly state: 'ready' }>

/** A container with this many restarts or more is in a crash loop. */
export const crashLoopThreshold = 3

/** A container with this many restarts in a row is not ready between them: one restart alone can be a repair. */
const repeatedRestarts = 2

/**
 * True between two crashes, where a container runs for a moment: it was restarted repeatedly, and its run has not lasted long
 * enough for the restart policy to count from the start again. Pure.
 */
export const isBetweenCrashes = (
  { state, restarts, startedAt }: Pick<ContainerActual, 'state' | 'restarts' | 'startedAt'>,
  now: Date,
): boolean =>
  state === 'running' &&
  restarts >= repeatedRestarts &&
  startedAt !== undefined &&
  now.getTime() - Date.parse(startedAt) < minSuccessfulRunMs

const ready: Readiness = { state: 'ready' }

/**
 * Decides if a container is ready: it runs and is healthy (if it has a check), is held open, or has completed. `text` is the end of
 * a sentence whose subject is the container: `is unhealthy`. The table of cases is in docs/decisions/0032-readiness.md. Pure.
 */
export function readinessOf(container: ObservedContainer, history?: RunHistory): Readiness {
  if (container?.spec === undefined) return failed('missing', 'does not exist')
  const { state, exitCode, restarts, outOfMemory } = container.actual
  if (history && history.starts > crashLoopThreshold)
    return failed('crash-loop', doesNotStayUp(history.starts, exitCode, outOfMemory))
  switch (state) {
    case 'running':
      return runningReadiness(container.actual, history)
    case 'held':
    case 'completed':
      return ready
    case 'created':
      return pending('starting', 'is starting')
    case 'restarting':
      return restarts < crashLoopThreshold
        ? pending('starting', 'is starting')
        : pending('crash-loop', doesNotStayUp(restarts + 1, exitCode, outOfMemory))
    case 'paused':
      return pending('paused', 'is paused')
    case 'exited':
      return exitedReadiness(container.spec, exitCode, restarts, outOfMemory)
    case 'stopped':
      return failed('stopped', 'was stopped')
    case 'absent':
      return failed('not-running', 'is not running')
  }
}

function runningReadiness(
  { health, lastCheck }: Pick<ContainerActual, 'health' | 'lastCheck'>,
  history: RunHistory | undefined,
): Readiness {
  if (health === 'unhealthy') return failed('unhealthy', unhealthyText(lastCheck))
  if (health === 'starting') return pending('checking', 'is not healthy yet')
  const isNew = health === undefined && history !== undefined && history.upForMs < history.minUpMs
  return isNew ? pending('just-started', 'has just started') : ready
}

/** The state of a container for users: `not running` for one that exists without a process, for example after a reboot. Pure. */
export const stateWord = (state: string): string => (state === 'absent' ? 'not running' : state)

/** `is unhealthy: wget: connection refused (3 failures)`. Pure. */
export function unhealthyText(check: ContainerActual['lastCheck']): string {
  if (!check?.output) return 'is unhealthy'
  return `is unhealthy: ${check.output} (${check.failures} ${check.failures === 1 ? 'failure' : 'failures'})`
}

/** An exit code with its cause: `137 (out of memory)`. Pure. */
export const exitCodeText = (code: number | undefined, outOfMemory: boolean | undefined): string =>
  `${code ?? 'unknown'}${outOfMemory ? ' (out of memory)' : ''}`

/** An exit can be observed a moment before the restart policy reacts to it. */
function exitedReadiness(
  spec: Pick<ContainerSpec, 'restart' | 'keep_alive'>,
  code: number | undefined,
  restarts: number,
  outOfMemory: boolean | undefined,
): Readiness {
  const text = code === undefined ? 'has exited' : `has exited with code ${exitCodeText(code, outOfMemory)}`
  return willContinue(spec, code, restarts) ? pending('exited', text) : failed('exited', text)
}

/** True if the restart policy or `keep_alive` reacts to an exit with this code. An unknown code counts as a failure. Pure. */
export const willContinue = (
  spec: Pick<ContainerSpec, 'restart' | 'keep_alive'>,
  code: number | undefined,
  restarts: number,
): boolean => onExit(spec, { code: code ?? 1, ranMs: 0, restarts, held: false }).action !== 'leave'

/** Its last exit is named if its code is known. */
const doesNotStayUp = (starts: number, exitCode: number | undefined, outOfMemory: boolean | undefined): string => {
  const exit = exitCode === undefined ? '' : `: it exited with code ${exitCodeText(exitCode, outOfMemory)}`
  return `was started ${starts} times and does not stay up${exit}`
}

const pending = (reason: ReadinessReason, text: string): Readiness => ({ state: 'pending', reason, text })
const failed = (reason: ReadinessReason, text: string): Readiness => ({ state: 'failed', reason, text })
