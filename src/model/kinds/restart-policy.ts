import type { ContainerSpec } from '../../model/kinds/container.ts'

/** What to do with a container that has exited. */
export type ExitDecision =
  | { readonly action: 'leave' }
  | { readonly action: 'hold' }
  | { readonly action: 'restart'; readonly restarts: number; readonly delayMs: number }

/** Whether an exit has to be answered at all: only then conmon's call costs a whole HeroPods. Pure. */
export const answersExit = (
  { restart, keep_alive }: Pick<ContainerSpec, 'restart' | 'keep_alive'>,
  held: boolean,
): boolean => restart.policy !== 'no' || (keep_alive && !held)

/** Whether an exit with 0 is the end that was meant, and no drift. Pure. */
export const mayComplete = ({ restart, keep_alive }: Pick<ContainerSpec, 'restart' | 'keep_alive'>): boolean =>
  ['no', 'on-failure'].includes(restart.policy) && !keep_alive

const shortestDelay = 100
const longestDelay = 60_000
/** A run that lasted this long was no crash at start: the waiting starts over. Milliseconds. */
const lasting = 10_000

/**
 * Docker's restart policies: after 100 ms, then twice as long each time up to a minute. `always` and `unless-stopped` are the same here:
 * what a user stopped is started by that user alone, not at boot either. keep_alive holds a container open whose entrypoint ended well. Pure.
 */
export function onExit(
  spec: Pick<ContainerSpec, 'restart' | 'keep_alive'>,
  ended: { readonly code: number; readonly ranMs: number; readonly restarts: number; readonly held: boolean },
): ExitDecision {
  if (spec.keep_alive && !ended.held && ended.code === 0) return { action: 'hold' }
  const { policy, max_retries } = spec.restart
  if (policy === 'no' || (policy === 'on-failure' && ended.code === 0)) return { action: 'leave' }
  const earlier = ended.ranMs >= lasting ? 0 : ended.restarts
  if (policy === 'on-failure' && max_retries > 0 && earlier >= max_retries) return { action: 'leave' }
  const delayMs = Math.min(shortestDelay * 2 ** earlier, longestDelay)
  return { action: 'restart', restarts: earlier + 1, delayMs }
}

/** Codes above say by which signal something was ended: others ended it. */
const highestOwnCode = 128

/**
 * Whether a container ended by itself without success and its policy does not start it again: a job that failed. Its user may (`apply`,
 * `start`), but to run it again would not repair it. A process that a signal has ended did not end by itself. Pure.
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
