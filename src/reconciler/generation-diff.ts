import { type Address, type Kind, parseAddress } from '../model/address.ts'
import type { ChangeClass } from '../model/change.ts'
import type { HistoryDocument, Patch } from '../model/generation.ts'
import type { ContainerSpec } from '../model/kinds/container.ts'
import type { Step, StepAction } from '../model/plan.ts'
import { specChanges } from '../providers/container/diff.ts'
import { fieldChanges } from '../providers/field-changes.ts'
import { networkClasses } from '../providers/network/change-classes.ts'
import { showable } from './describe.ts'
import { differs, type Moment, patchBetween, type Records } from './history.ts'
import { classOf } from './plan.ts'

/** What differs between two generations. */
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
export function generationDiff(from: Moment, to: Moment): GenerationDiff {
  const names = new Set([...from.document.keys(), ...to.document.keys()])
  const stacks = [...names].sort().filter((name) => differs(from.document.get(name), to.document.get(name)))
  const [left, right] = [recordsOf(from.document, stacks), recordsOf(to.document, stacks)]
  const [before, after] = [resourcesOf(from.document), resourcesOf(to.document)]
  const concerned = [...left.values(), ...right.values()].flatMap((record) => Object.keys(record?.resources ?? {}))
  return {
    from: from.generation,
    to: to.generation,
    stacks,
    patch: showable(patchBetween(left, right)),
    steps: ([...new Set(concerned)].sort() as Address[]).flatMap((at) =>
      stepOf(at, before.get(at), after.get(at), from.generation, to.generation),
    ),
  }
}

/** Whatever stack records it: the default network stands in several. */
const resourcesOf = (document: HistoryDocument): ReadonlyMap<string, unknown> =>
  new Map([...document.values()].flatMap((record) => Object.entries(record.resources)))

/** What stated a stack is no part of what differs. */
const recordsOf = (document: HistoryDocument, names: readonly string[]): Records =>
  new Map(
    names.map((name) => {
      const record = document.get(name)
      return [name, record && { ...record, desiredHash: null }]
    }),
  )

function stepOf(address: Address, before: unknown, after: unknown, from: number, to: number): readonly Step[] {
  const { kind } = parseAddress(address)
  const step = (action: StepAction, reason: string, rest: Partial<Step> = {}): Step => ({
    id: `${address}:${action}`,
    address,
    kind,
    action,
    class: null,
    reason,
    changes: [],
    after: [],
    destructive: false,
    spec: after ?? before,
    ...rest,
  })
  if (before === undefined) return [step('create', `only in generation ${to}`)]
  if (after === undefined) return [step('delete', `only in generation ${from}`)]
  const changes =
    kind === 'container'
      ? specChanges(before as ContainerSpec, after as ContainerSpec)
      : fieldChanges(before as object, after as object, classes[kind])
  if (changes.length === 0) return []
  const worst = classOf(changes)
  const fields = [...new Set(changes.map(({ path }) => path.split('/')[1] ?? ''))]
  return [step(worst === 'recreate' ? 'recreate' : 'update', `${fields.join(', ')} changed`, { class: worst, changes })]
}

const classes: Readonly<Record<Exclude<Kind, 'container'>, (field: string, path: string) => ChangeClass | undefined>> =
  {
    network: (field) => networkClasses[field as keyof typeof networkClasses],
    image: () => 'live',
    volume: () => 'live',
  }
