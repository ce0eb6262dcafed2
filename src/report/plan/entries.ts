import { isDerivedPath } from '../../model/kinds/network.ts'
import type { Step } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { reasons } from '../../reconciler/plan/step-reason.ts'
import { inExecutionOrder } from './execution-order.ts'

/**
 * The effect of a plan on one object, as a user sees it. `restart`: a running process is replaced. `start`: a process that does not run
 * is started again. `rerun`: a completed job runs again. `members`: only the members of a network change.
 */
export type Effect =
  | 'create'
  | 'reuse'
  | 'update'
  | 'members'
  | 'restart'
  | 'start'
  | 'rerun'
  | 'replace'
  | 'delete'
  | 'erase'
  | 'release'

/** One object of a plan. */
export interface Entry {
  readonly effect: Effect
  /** The step that makes the object, or the one that removes it. */
  readonly step: Step
  /** The reason, if the changes do not show it. */
  readonly reason: string | undefined
}

/** Reasons that the effect already shows: the text of this version, and that in recorded plans of older versions. */
const impliedReasons: readonly string[] = [reasons.missing, 'not there']

/** The objects of a plan in the order in which an apply works on them. The two steps of a replacement are one entry. Pure. */
export function entriesOf(steps: readonly Step[]): readonly Entry[] {
  const deletes = new Map<ResourceAddress, Step>()
  const made = new Set<ResourceAddress>()
  for (const step of steps)
    if (step.action === 'delete') deletes.set(step.address, step)
    else if (step.action === 'create') made.add(step.address)
  return inExecutionOrder(steps).flatMap((step): Entry[] => {
    const removal = deletes.get(step.address)
    if (step === removal && made.has(step.address)) return []
    const isReplaced = step.action === 'create' && removal !== undefined
    const effect = isReplaced ? effectOfReplacement(step) : effectOf(step)
    const reason = isReplaced ? removal.reason : step.reason
    return [{ effect, step, reason: needsReason(step, effect) ? reason : undefined }]
  })
}

function needsReason(step: Step, effect: Effect): boolean {
  if (effect === 'reuse' || impliedReasons.includes(step.reason)) return false
  return step.changes.length === 0 || isForced(step)
}

/** True if the replacement of another object replaces this one: its own changes do not need that. */
const isForced = ({ class: cost, changes }: Step): boolean =>
  cost === 'replace' && changes.every((change) => change.class !== 'replace')

function effectOf(step: Step): Effect {
  switch (step.action) {
    case 'create':
      return step.reuses ? 'reuse' : 'create'
    case 'update':
      // Two generations are compared object by object, where a replacement is one step.
      if (step.class === 'replace') return effectOfReplacement(step)
      return changesOnlyMembers(step) ? 'members' : 'update'
    case 'recreate':
      if (step.notRunning === 'completed') return 'rerun'
      return step.notRunning !== undefined || step.changes.some(({ isDown }) => isDown) ? 'start' : 'restart'
    case 'delete':
      return step.destructive ? 'erase' : 'delete'
    case 'release':
      return 'release'
  }
}

/** A completed job that is created again, as after a replacement of its network, runs again. */
const effectOfReplacement = ({ notRunning }: Step): Effect => (notRunning === 'completed' ? 'rerun' : 'replace')

const changesOnlyMembers = ({ kind, changes }: Step): boolean =>
  kind === 'network' &&
  changes.length > 0 &&
  changes.every(({ path, drift }) => drift === undefined && isDerivedPath(path))
