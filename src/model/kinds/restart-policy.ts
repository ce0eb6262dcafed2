import type { ContainerActual, ContainerSpec } from '../../model/kinds/container.ts'

/** The reaction to the exit of a container. */
export type ExitDecision =
  | { readonly action: 'leave' }
  | { readonly action: 'hold' }
  | { readonly action: 'restart'; readonly restarts: number; readonly delayMs: number }

/** True if an exit needs a reaction. Otherwise conmon does not start HeroPods. Pure. */
export const handlesExit = (
  { restart, keep_alive }: Pick<ContainerSpec, 'restart' | 'keep_alive'>,
  held: boolean,
): boolean => restart.policy !== 'no' || (keep_alive && !held)

/** True if an exit with code 0 is the intended end, and not drift. Pure. */
export const mayComplete = ({ restart, keep_alive }: Pick<ContainerSpec, 'restart' | 'keep_alive'>): boolean =>
  ['no', 'on-failure'].includes(restart.policy) && !keep_alive

/** True if a container that its user has stopped starts again when the host is booted, as in Docker. Pure. */
export const startsAfterStop = ({ restart }: Pick<ContainerSpec, 'restart'>): boolean => restart.policy === 'always'

/** Why a container does not start when the host is booted. */
export type BootObstacle = 'no-policy' | 'stopped' | 'completed'

/**
 * Why a container does not start when the host is booted, as in Docker; undefined: it starts. `state`: after the boot, so a container that
 * was stopped and has `always` is not `stopped` any more. Pure.
 */
export function bootObstacle(
  { restart }: Pick<ContainerSpec, 'restart'>,
  state: ContainerActual['state'],
): BootObstacle | undefined {
  if (state === 'completed' || state === 'stopped') return state
  return restart.policy === 'no' ? 'no-policy' : undefined
}

/** Milliseconds. */
const minDelayMs = 100
/** Milliseconds. */
const maxDelayMs = 60_000
/** A run of at least this length was not a crash at start, so the delay begins at its minimum again. Milliseconds. */
export const minSuccessfulRunMs = 10_000

/**
 * The restart policies of Docker: the delay is 100 ms and doubles with each restart up to a minute. `always` and `unless-stopped` are the
 * same here; they differ in `startsAfterStop`. `keep_alive` holds a container whose entrypoint exited with 0. Pure.
 */
export function onExit(
  spec: Pick<ContainerSpec, 'restart' | 'keep_alive'>,
  ended: { readonly code: number; readonly ranMs: number; readonly restarts: number; readonly held: boolean },
): ExitDecision {
  if (spec.keep_alive && !ended.held && ended.code === 0) return { action: 'hold' }
  const { policy, max_retries } = spec.restart
  if (policy === 'no' || (policy === 'on-failure' && ended.code === 0)) return { action: 'leave' }
  const earlier = ended.ranMs >= minSuccessfulRunMs ? 0 : ended.restarts
  if (policy === 'on-failure' && max_retries > 0 && earlier >= max_retries) return { action: 'leave' }
  const delayMs = Math.min(minDelayMs * 2 ** earlier, maxDelayMs)
  return { action: 'restart', restarts: earlier + 1, delayMs }
}

/** Exit codes above this one mean that a signal ended the process. */
const highestOwnCode = 128

/**
 * True for a failed job: a container that exited by itself with an error and that its restart policy does not start again. A user can run
 * it again (`apply`, `start`); watch does not, because that would repair nothing. A process that a signal ended did not exit by itself. Pure.
 */
export const isFailedJob = (
  spec: Pick<ContainerSpec, 'restart' | 'keep_alive'>,
  ended: { readonly code: number | undefined; readonly ranMs: number; readonly restarts: number },
): boolean =>
  ended.code !== undefined &&
  ended.code > 0 &&
  ended.code <= highestOwnCode &&
  mayComplete(spec) &&
  onExit(spec, { ...ended, code: ended.code, held: false }).action === 'leave'
