import { firstOf, type RecordedDiagnostic } from '../../model/errors.ts'
import type { ContainerActual } from '../../model/kinds/container.ts'
import { isBetweenCrashes, unhealthyText } from '../../model/kinds/readiness.ts'
import { healthText } from '../../model/kinds/text/health-text.ts'
import { memoryKillsText } from '../../model/kinds/text/memory-text.ts'
import { isOwned, type Observation, type OwnedOf } from '../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { Condition, ObjectStatus, StackStatus } from '../../model/status.ts'
import type { Snapshot } from '../../reconciler/engine.ts'
import type { Instant } from '../clock.ts'
import { isSuspended, type StackState } from '../stacks/stack-state.ts'
import { type ContainerFacts, conditionsOf } from './conditions.ts'
import { troubleOf } from './container-trouble.ts'

/**
 * The status of every stack after a reconcile. `before`: the statuses until now, for `since` of conditions; `isWatched`: a watch runs, and
 * checks health. Pure.
 */
export function statusOf(
  stacks: readonly StackState[],
  { observations }: Snapshot,
  before: readonly StackStatus[],
  now: Instant,
  isWatched = true,
): readonly StackStatus[] {
  const byStack = new Map<string, [ResourceAddress, Observation][]>()
  for (const entry of observations) {
    const { stack } = parseResourceAddress(entry[0])
    byStack.set(stack, [...(byStack.get(stack) ?? []), entry])
  }
  const known = new Map(before.map((status) => [status.stack, status.conditions]))
  return stacks
    .map((state) => {
      const own = byStack.get(state.name) ?? []
      const earlier = known.get(state.name) ?? []
      const conditions = conditionsOf(state, containerFacts(own, now.wall, isWatched), earlier, now.wall)
      return stackStatus(state, conditions, own, now)
    })
    .sort((left, right) => (left.stack < right.stack ? -1 : 1))
}

function stackStatus(
  state: StackState,
  conditions: readonly Condition[],
  own: readonly [ResourceAddress, Observation][],
  now: Instant,
): StackStatus {
  const { record } = state
  return {
    stack: state.name,
    files: state.undeclared || state.removalWaitsFor !== undefined ? [] : record.files,
    ...commitOf(state),
    mode: state.settings.mode,
    conditions,
    attempted: record.attempted,
    applied: record.verifiedGeneration,
    appliedAt: record.verifiedAt,
    lastError: withoutQuote(firstOf(state.problems) ?? state.lastError),
    drift: state.drift,
    nextTry: nextTry(state, now),
    ...undone(state),
    objects: own
      .map((one) => objectStatus(one, now.wall))
      .sort((left, right) => (left.address < right.address ? -1 : 1)),
  }
}

/**
 * The end of the wait after a failure in system time; null: it does not wait, or is suspended. Rounded to seconds, so that it stays the same while the
 * clocks drift by milliseconds. Pure.
 */
function nextTry(state: StackState, { monotonic, wall }: Instant): string | null {
  const { retry } = state
  if (retry.until <= monotonic || isSuspended(state)) return null
  const time = wall.getTime() + (retry.until - monotonic)
  return new Date(Math.round(time / 1000) * 1000).toISOString()
}

/** The commit of its files, or of the change that is invalid or rejected. */
function commitOf({ missingSince, record: { rejected }, desired }: StackState): Pick<StackStatus, 'commit'> {
  const isRejected = rejected !== null && rejected.hash === desired?.hash
  const commit = missingSince ?? (isRejected ? rejected.commit : undefined) ?? desired?.origin?.commit
  return commit ? { commit } : {}
}

function undone({ record: { rejected }, desired }: StackState): Pick<StackStatus, 'undone'> {
  return rejected?.restored && rejected.hash === desired?.hash ? { undone: rejected.generation } : {}
}

/** The quoted line is left out: it may hold a secret, and many can read a status. */
function withoutQuote(error: RecordedDiagnostic | undefined): RecordedDiagnostic | null {
  if (error?.place === undefined) return error ?? null
  const { file, line, column } = error.place
  return { ...error, place: { file, line, column } }
}

function objectStatus([address, one]: [ResourceAddress, Observation], now: Date): ObjectStatus {
  return {
    address,
    kind: one.kind,
    state: one.kind === 'container' ? one.actual.state : 'present',
    health: one.kind === 'container' ? (one.actual.health ?? null) : null,
    ...(isOwned(one, 'container') && healthWords(one.actual, now)),
    ...(isOwned(one, 'container') && memoryKills(one)),
    ...(one.kind === 'container' && healthOutput(one.actual)),
    ...(one.kind === 'container' && exitOf(one.actual)),
    ...(one.kind === 'container' && isBetweenCrashes(one.actual, now) && { betweenCrashes: true }),
    drift: 'drift' in one.actual ? one.actual.drift.map((each) => (typeof each === 'string' ? each : each.text)) : [],
  }
}

function exitOf({ state, exitCode, outOfMemory }: ContainerActual): Pick<ObjectStatus, 'exit'> {
  if (state !== 'exited' || exitCode === undefined) return {}
  return { exit: `${exitCode}${outOfMemory ? ', out of memory' : ''}` }
}

function healthWords(actual: ContainerActual, now: Date): Pick<ObjectStatus, 'healthText'> {
  const text = healthText(actual, now)
  return text === undefined || text === actual.health ? {} : { healthText: text }
}

const memoryKills = ({ actual, spec }: OwnedOf<'container'>): Pick<ObjectStatus, 'memoryKills'> =>
  actual.memoryKills ? { memoryKills: memoryKillsText(actual.memoryKills, spec?.mem_limit) } : {}

function healthOutput({ health, lastCheck }: ContainerActual): { readonly healthOutput?: string } {
  if (health !== 'unhealthy' || !lastCheck?.output) return {}
  return { healthOutput: unhealthyText(lastCheck).replace('is unhealthy: ', '') }
}

function containerFacts(own: readonly [ResourceAddress, Observation][], now: Date, isWatched: boolean): ContainerFacts {
  return {
    unhealthy: own.flatMap((one) => unhealthy(one, now)),
    stopped: own.flatMap(namesOf('stopped')),
    paused: own.flatMap(namesOf('paused')),
    killed: own.flatMap(killedText),
    unchecked: isWatched ? 0 : own.filter(isUnchecked).length,
  }
}

function unhealthy([address, one]: [ResourceAddress, Observation], now: Date): ContainerFacts['unhealthy'] {
  const trouble = troubleOf(one, now)
  return trouble === undefined
    ? []
    : [{ address, reason: trouble.reason, message: `${parseResourceAddress(address).name} ${trouble.text}` }]
}

/** `web: 1 process killed: out of memory (limit 16M)`. */
function killedText([address, one]: [ResourceAddress, Observation]): readonly string[] {
  if (!isOwned(one, 'container') || !one.actual.memoryKills) return []
  return [`${parseResourceAddress(address).name}: ${memoryKillsText(one.actual.memoryKills, one.spec?.mem_limit)}`]
}

/** True if the container has a health check and no current result of it. */
const isUnchecked = ([, one]: [ResourceAddress, Observation]): boolean =>
  isOwned(one, 'container') && one.actual.health === 'starting'

/** The name of a container in this state, in which a user has put it. */
const namesOf =
  (state: 'stopped' | 'paused') =>
  ([address, one]: [ResourceAddress, Observation]): readonly string[] =>
    isOwned(one, 'container') && one.actual.state === state ? [parseResourceAddress(address).name] : []
