import { costliestClass } from '../../model/change.ts'
import { type Resource, recordedResource } from '../../model/desired.ts'
import { showable } from '../../model/diff/showable.ts'
import type { HistoryDocument, Patch } from '../../model/generation.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { changesOf, referencesOf } from '../../model/kinds/rules/rules.ts'
import type { Step } from '../../model/plan.ts'
import { entriesOf, type ResourceAddress } from '../../model/resource-address.ts'
import { reasons } from '../plan/step-reason.ts'
import { differs, patchBetween, type Records, type Revision } from './history.ts'

/** The differences of two generations. */
export interface GenerationDiff {
  readonly from: number
  readonly to: number
  /** Stacks that differ. */
  readonly stacks: readonly string[]
  /** RFC 6902, from one document to the other; sensitive values are left out. */
  readonly patch: Patch
  /** The same object by object, as a plan would show it. */
  readonly steps: readonly Step[]
}

/** Compares two generations. Pure. */
export function generationDiff(from: Revision, to: Revision): GenerationDiff {
  const names = new Set([...from.document.keys(), ...to.document.keys()])
  const stacks = [...names].sort().filter((name) => differs(from.document.get(name), to.document.get(name)))
  const [left, right] = [recordsOf(from.document, stacks), recordsOf(to.document, stacks)]
  const [before, after] = [resourcesOf(from.document), resourcesOf(to.document)]
  const concerned = [...left.values(), ...right.values()].flatMap((record) =>
    entriesOf(record?.resources ?? {}).map(([address]) => address),
  )
  return {
    from: from.generation,
    to: to.generation,
    stacks,
    patch: showable(patchBetween(left, right)),
    steps: asJobs(
      withReplacedBelow(
        [...new Set(concerned)]
          .sort()
          .flatMap((address) => stepOf(before.get(address), after.get(address), from.generation, to.generation)),
        before,
        after,
      ),
      before,
    ),
  }
}

/** A job whose end another container waits for has completed in that generation: it runs again, and is not down. */
function asJobs(steps: readonly Step[], before: Resources): readonly Step[] {
  const jobs = new Set(
    [...before.values()].flatMap((one) => (one.kind === 'container' ? one.spec.depends_on : []).flatMap(jobOf)),
  )
  return steps.map((one) => (jobs.has(one.address) ? { ...one, notRunning: 'completed' } : one))
}

const jobOf = ({ container, condition }: ContainerSpec['depends_on'][number]): readonly ResourceAddress[] =>
  condition === 'service_completed_successfully' ? [container] : []

type Resources = ReadonlyMap<ResourceAddress, Resource>

/** Steps in which objects that refer to a replaced object are replaced too, as in a plan. */
function withReplacedBelow(steps: readonly Step[], before: Resources, after: Resources): readonly Step[] {
  const replaced = new Set(steps.filter((one) => one.class === 'replace').map(({ address }) => address))
  const below = [...before.values()].flatMap((old): readonly Step[] => {
    const resource = after.get(old.address)
    const cause = referencesOf(old).find(({ to }) => replaced.has(to))?.to
    if (resource === undefined || cause === undefined || replaced.has(old.address)) return []
    const reason = reasons.replacedBelow(cause)
    return [{ ...step(resource, 'update', reason), class: 'replace', changes: changesOf(old, resource) }]
  })
  const addresses = new Set(below.map(({ address }) => address))
  return [...steps.filter(({ address }) => !addresses.has(address)), ...below]
}

/** All objects of a generation. The default network is in the records of several stacks. */
const resourcesOf = (document: HistoryDocument): Resources =>
  new Map(
    [...document.values()].flatMap((record) =>
      entriesOf(record.resources).flatMap(([address, spec]) => {
        const resource = recordedResource(address, spec)
        return resource ? [[address, resource] as const] : []
      }),
    ),
  )

/** The source of a stack is not compared. */
const recordsOf = (document: HistoryDocument, names: readonly string[]): Records =>
  new Map(
    names.map((name) => {
      const record = document.get(name)
      return [name, record && { ...record, desiredHash: null }]
    }),
  )

function stepOf(before: Resource | undefined, after: Resource | undefined, from: number, to: number): readonly Step[] {
  if (after === undefined) return before ? [step(before, 'delete', `only in generation ${from}`)] : []
  if (before === undefined) return [step(after, 'create', `only in generation ${to}`)]
  const changes = changesOf(before, after)
  if (changes.length === 0) return []
  const worst = costliestClass(changes)
  const fields = [...new Set(changes.map(({ path }) => path.split('/')[1] ?? ''))]
  const action = worst === 'recreate' ? 'recreate' : 'update'
  return [{ ...step(after, action, `${fields.join(', ')} changed`), class: worst, changes }]
}

const step = (resource: Resource, action: 'create' | 'update' | 'recreate' | 'delete', reason: string): Step => ({
  ...resource,
  id: `${resource.address}:${action}`,
  action,
  class: null,
  reason,
  changes: [],
  after: [],
  destructive: false,
})
