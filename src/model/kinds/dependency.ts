import type { ContainerSpec } from './container.ts'
import { exitCodeText, type ObservedContainer, readinessOf, willContinue } from './readiness.ts'

export type DependencyCondition = ContainerSpec['depends_on'][number]['condition']

/** `pending` can become fulfilled without a user, `failed` cannot. `text` is the end of a sentence, and begins with `which`. */
export type DependencyState =
  | { readonly state: 'fulfilled' }
  | { readonly state: 'pending' | 'failed'; readonly text: string }

const fulfilled: DependencyState = { state: 'fulfilled' }

/**
 * Decides if a container that depends on this one may start. `service_started` is always fulfilled here: the order of steps ensures
 * it. The table of cases is in docs/decisions/0032-readiness.md. Pure.
 */
export function dependencyState(condition: DependencyCondition, container: ObservedContainer): DependencyState {
  switch (condition) {
    case 'service_started':
      return fulfilled
    case 'service_healthy':
      return healthy(container)
    case 'service_completed_successfully':
      return completed(container)
  }
}

function healthy(container: ObservedContainer): DependencyState {
  if (container === undefined) return { state: 'failed', text: 'does not exist' }
  const readiness = readinessOf(container)
  if (readiness.state !== 'ready') return { state: readiness.state, text: readiness.text }
  const { state, health } = container.actual
  if (health === 'healthy') return fulfilled
  return { state: 'failed', text: state === 'running' ? 'has no health check' : `is ${state}` }
}

/** Fulfilled after an exit with code 0, even if `keep_alive` then holds the container open or a restart policy starts it again. */
function completed(container: ObservedContainer): DependencyState {
  if (container?.spec === undefined) return { state: 'failed', text: 'does not exist' }
  const { state, exitCode, restarts, outOfMemory } = container.actual
  switch (state) {
    case 'running':
    case 'paused':
    case 'created':
      return { state: 'pending', text: 'has not ended yet' }
    case 'held':
    case 'completed':
      return fulfilled
  }
  if (exitCode === 0) return fulfilled
  const text =
    exitCode === undefined ? 'ended with no exit code' : `ended with code ${exitCodeText(exitCode, outOfMemory)}`
  const continues = state === 'restarting' || (state === 'exited' && willContinue(container.spec, exitCode, restarts))
  return { state: continues ? 'pending' : 'failed', text }
}
