import { onExit } from '../../model/kinds/restart-policy.ts'
import { isOwned, type Observation, type OwnedOf } from '../../model/observation.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Instant } from '../clock.ts'

/** How long a container's restart policy or keep_alive may take to answer an exit. After that the exit is drift. Milliseconds. */
const answerTimeoutMs = 3000

/** Exits that a restart policy or keep_alive answers, or whose code is not known yet, by container. */
export type PendingRestarts = ReadonlyMap<ResourceAddress, PendingRestart>

interface PendingRestart {
  /** Number of the run that has exited. */
  readonly run: number
  /** When the exit is drift. Milliseconds of the monotonic clock. */
  readonly until: number
}

/** The pending restarts after an observation. Pure. */
export const observePendingRestarts = (
  before: PendingRestarts,
  observed: ReadonlyMap<ResourceAddress, Observation>,
  now: Instant,
): PendingRestarts =>
  new Map(
    [...observed].flatMap(([address, one]) => {
      if (!isOwned(one, 'container') || !isAnswered(one, now.wall)) return []
      const known = before.get(address)
      const run = one.actual.run
      return [[address, known?.run === run ? known : { run, until: now.monotonic + answerTimeoutMs }] as const]
    }),
  )

/** True if the restart policy of a container has not yet reacted to its exit. `now`: monotonic clock. Pure. */
export const isPending = (restarts: PendingRestarts, address: ResourceAddress, now: number): boolean =>
  (restarts.get(address)?.until ?? 0) > now

/** When exits become drift. Pure. */
export const pendingUntil = (restarts: PendingRestarts): readonly number[] =>
  [...restarts.values()].map(({ until }) => until)

function isAnswered({ spec, actual }: OwnedOf<'container'>, now: Date): boolean {
  const { state, exitCode, startedAt, restarts } = actual
  if (spec === undefined || state !== 'exited') return false
  // conmon writes the code a moment after the end. Until then it is unknown whether a job has completed or failed.
  if (exitCode === undefined) return true
  const ranMs = now.getTime() - Date.parse(startedAt ?? '')
  return onExit(spec, { code: exitCode, ranMs, restarts, held: false }).action !== 'leave'
}
