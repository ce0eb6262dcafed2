import { type Address, parseAddress } from '../../model/address.ts'
import { firstOf, type RecordedDiagnostic } from '../../model/errors.ts'
import { type ReadinessReason, readinessOf } from '../../model/kinds/readiness.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import type { ObjectStatus, StackStatus } from '../../model/status.ts'
import type { Snapshot } from '../../reconciler/engine.ts'
import type { StackState } from '../controller/stack-state.ts'
import { conditionsOf } from './conditions.ts'

/** The status of every stack after a turn; takes the new conditions down in what is kept. */
export function statusOf(stacks: readonly StackState[], { resources }: Snapshot, now: Date): readonly StackStatus[] {
  const byStack = new Map<string, [Address, Observation][]>()
  for (const entry of resources) {
    const { stack } = parseAddress(entry[0])
    byStack.set(stack, [...(byStack.get(stack) ?? []), entry])
  }
  return stacks
    .map((kept) => {
      const own = byStack.get(kept.name) ?? []
      kept.conditions = conditionsOf(kept, own.flatMap(unwell), now)
      return stackStatus(kept, own, now)
    })
    .sort((left, right) => (left.stack < right.stack ? -1 : 1))
}

function stackStatus(kept: StackState, own: readonly [Address, Observation][], now: Date): StackStatus {
  const { memory, retry } = kept
  return {
    stack: kept.name,
    files: memory.files,
    mode: kept.settings.mode,
    conditions: kept.conditions,
    attempted: memory.attempted,
    applied: memory.applied,
    appliedAt: memory.appliedAt,
    lastError: withoutQuote(firstOf(kept.problems) ?? kept.lastError),
    drift: kept.drift,
    nextTry: retry.until > now.getTime() ? new Date(retry.until).toISOString() : null,
    objects: own.map(objectStatus).sort((left, right) => (left.address < right.address ? -1 : 1)),
  }
}

/** The line as written stays in its file: a secret may stand on it, and a status is read by many. */
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
    drift: 'drift' in one.actual ? one.actual.drift.map((each) => (typeof each === 'string' ? each : each.text)) : [],
  }
}

/** Reasons for which a container makes its stack degraded. Others pass by themselves, show as drift, or are what a user did. */
const degrading: ReadonlySet<ReadinessReason> = new Set(['exited', 'crash-loop', 'unhealthy'])

function unwell([address, one]: [Address, Observation]): readonly string[] {
  if (!isOwned(one, 'container')) return []
  const readiness = readinessOf(one)
  if (readiness.state === 'ready' || !degrading.has(readiness.reason)) return []
  return [`${parseAddress(address).name} ${readiness.text}`]
}
