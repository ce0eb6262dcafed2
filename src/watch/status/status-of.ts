import { type Address, parseAddress } from '../../model/address.ts'
import { firstOf, type RecordedDiagnostic } from '../../model/errors.ts'
import type { ContainerActual } from '../../model/kinds/container.ts'
import { type ReadinessReason, readinessOf, unhealthyText } from '../../model/kinds/readiness.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import type { Condition, ObjectStatus, StackStatus } from '../../model/status.ts'
import type { Snapshot } from '../../reconciler/engine.ts'
import type { Instant } from '../clock.ts'
import type { StackState } from '../stacks/stack-state.ts'
import { conditionsOf } from './conditions.ts'

/** The status of every stack after a reconcile. `before`: the statuses until now, for `since` of conditions. Pure. */
export function statusOf(
  stacks: readonly StackState[],
  { observations }: Snapshot,
  before: readonly StackStatus[],
  now: Instant,
): readonly StackStatus[] {
  const byStack = new Map<string, [Address, Observation][]>()
  for (const entry of observations) {
    const { stack } = parseAddress(entry[0])
    byStack.set(stack, [...(byStack.get(stack) ?? []), entry])
  }
  const known = new Map(before.map((status) => [status.stack, status.conditions]))
  return stacks
    .map((state) => {
      const own = byStack.get(state.name) ?? []
      const earlier = known.get(state.name) ?? []
      const conditions = conditionsOf(state, own.flatMap(unhealthy), earlier, now.wall, own.flatMap(stopped))
      return stackStatus(state, conditions, own, now)
    })
    .sort((left, right) => (left.stack < right.stack ? -1 : 1))
}

function stackStatus(
  state: StackState,
  conditions: readonly Condition[],
  own: readonly [Address, Observation][],
  now: Instant,
): StackStatus {
  const { record } = state
  return {
    stack: state.name,
    files: record.files,
    mode: state.settings.mode,
    conditions,
    attempted: record.attempted,
    applied: record.applied,
    appliedAt: record.appliedAt,
    lastError: withoutQuote(firstOf(state.problems) ?? state.lastError),
    drift: state.drift,
    nextTry: nextTry(state, now),
    objects: own.map(objectStatus).sort((left, right) => (left.address < right.address ? -1 : 1)),
  }
}

/**
 * The end of the wait after a failure in system time; null: it does not wait. Rounded to seconds, so that it stays the same while the
 * clocks drift by milliseconds. Pure.
 */
function nextTry({ retry }: StackState, { monotonic, wall }: Instant): string | null {
  if (retry.until <= monotonic) return null
  const time = wall.getTime() + (retry.until - monotonic)
  return new Date(Math.round(time / 1000) * 1000).toISOString()
}

/** The quoted line is left out: it may hold a secret, and many can read a status. */
function withoutQuote(error: RecordedDiagnostic | undefined): RecordedDiagnostic | null {
  if (error?.place === undefined) return error ?? null
  const { file, line, column } = error.place
  return { ...error, place: { file, line, column } }
}

function objectStatus([address, one]: [Address, Observation]): ObjectStatus {
  return {
    address,
    kind: one.kind,
    state: one.kind === 'container' ? one.actual.state : 'present',
    health: one.kind === 'container' ? (one.actual.health ?? null) : null,
    ...(one.kind === 'container' && healthOutput(one.actual)),
    drift: 'drift' in one.actual ? one.actual.drift.map((each) => (typeof each === 'string' ? each : each.text)) : [],
  }
}

function healthOutput({ health, lastCheck }: ContainerActual): { readonly healthOutput?: string } {
  if (health !== 'unhealthy' || !lastCheck?.output) return {}
  return { healthOutput: unhealthyText(lastCheck).replace('is unhealthy: ', '') }
}

/** Reasons for which a container makes its stack degraded. Others pass by themselves, show as drift, or were caused by a user. */
const degrading: ReadonlySet<ReadinessReason> = new Set(['exited', 'crash-loop', 'unhealthy'])

function unhealthy([address, one]: [Address, Observation]): readonly string[] {
  if (!isOwned(one, 'container')) return []
  const readiness = readinessOf(one)
  if (readiness.state === 'ready' || !degrading.has(readiness.reason)) return []
  return [`${parseAddress(address).name} ${readiness.text}`]
}

/** The name of a container that a user has stopped. */
function stopped([address, one]: [Address, Observation]): readonly string[] {
  return isOwned(one, 'container') && one.actual.state === 'stopped' ? [parseAddress(address).name] : []
}
