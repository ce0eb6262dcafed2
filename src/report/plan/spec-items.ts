import { type Change, type ChangeClass, costliestClass } from '../../model/change.ts'
import { inCanonicalOrder } from '../../model/kinds/container-order.ts'
import { isSpecOf } from '../../model/kinds.ts'
import type { ApplyStep, Step } from '../../model/plan.ts'
import { earlierSpec } from './earlier-spec.ts'
import { containerFields, containerItems } from './fields/container-items.ts'
import type { Item } from './fields/item.ts'
import {
  imageFields,
  imageItems,
  networkFields,
  networkItems,
  volumeFields,
  volumeItems,
} from './fields/other-items.ts'

/** One value before and after; undefined: there is none. */
export interface ItemChange {
  readonly before: Item | undefined
  readonly after: Item | undefined
  readonly class: ChangeClass
}

/** The differences of a step from the spec before it. */
export interface SpecChanges {
  readonly items: readonly ItemChange[]
  /** Names of changed fields whose values look the same, as the order of a list. */
  readonly others: readonly string[]
}

type Spec = ApplyStep['spec']
type Fields = Readonly<Record<string, readonly Item[]>>

/** The values of a spec by field, in the order of a plan. Pure. */
export function fieldsOfSpec(kind: Step['kind'], spec: object): Fields {
  const read = <F extends string>(fields: readonly F[], itemsOf: (field: F) => readonly Item[]): Fields =>
    Object.fromEntries(fields.map((field) => [field, itemsOf(field)]))
  if (kind === 'container' && isSpecOf(kind, spec)) return read(containerFields, (field) => containerItems(field, spec))
  if (kind === 'network' && isSpecOf(kind, spec)) return read(networkFields, (field) => networkItems(field, spec))
  if (kind === 'image' && isSpecOf(kind, spec)) return read(imageFields, (field) => imageItems(field, spec))
  if (kind === 'volume' && isSpecOf(kind, spec)) return read(volumeFields, (field) => volumeItems(field, spec))
  return {}
}

/** Fields that are shown under another one, in the names of the canonical spec. */
const shownWith: Readonly<Record<string, string>> = { image_digest: 'image', cpu_period: 'cpu_quota', digest: 'source' }

const shownUnder = (field: string): string => shownWith[field] ?? field

/** Differences that are not drift, of objects whose spec before is known. */
const isOfSpec = ({ path, drift }: Change): boolean => drift === undefined && path !== '' && path !== '/name'

/** The values of a step that change. Pure. */
export function specChanges({ kind, spec, changes: all }: Step): SpecChanges {
  const changes = all.filter(isOfSpec)
  if (changes.length === 0 || spec === undefined) return { items: [], others: [] }
  const after = ordered(kind, spec)
  const [old, now] = [fieldsOfSpec(kind, earlierSpec(after, changes)), fieldsOfSpec(kind, after)]
  const fields = [...new Set(changes.map(({ path }) => shownUnder(path.split('/')[1] ?? '')))]
  const found = Object.keys(now)
    .filter((field) => fields.includes(field))
    .map((field) => ({ field, items: itemChanges(old[field] ?? [], now[field] ?? [], changes) }))
  return {
    items: found.flatMap(({ items }) => items),
    others: found
      .filter(({ field, items }) => items.length === 0 && !derived.includes(field) && now[field]?.length !== 0)
      .map(({ field }) => field),
  }
}

/** Fields that follow from others, which are shown. */
const derived = ['service', 'hosts']

const ordered = (kind: Step['kind'], spec: Spec): object =>
  kind === 'container' && isSpecOf(kind, spec) ? inCanonicalOrder(spec) : spec

const keyOf = ({ field, name, text }: Item): string => `${field} ${name ?? (isEntry(field) ? text : '')}`

/** Lists whose entries have no names: a changed entry is a removed and an added one. */
const isEntry = (field: string): boolean => entryFields.includes(field)
const entryFields = [
  'ports',
  'volumes',
  'devices',
  'cap_add',
  'cap_drop',
  'group_add',
  'expose',
  'dns',
  'dns_search',
  'dns_opt',
  'exclude',
  'dns servers',
  'dns search',
]

function itemChanges(old: readonly Item[], now: readonly Item[], changes: readonly Change[]): readonly ItemChange[] {
  const [before, after] = [old, now].map((items) => new Map(items.map((item) => [keyOf(item), item])))
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap((key): ItemChange[] => {
    const [left, right] = [before?.get(key), after?.get(key)]
    if (left?.text === right?.text && left?.content === right?.content) return []
    // A default of a field that comes or goes.
    if ((left ?? right)?.isDefault && (left === undefined || right === undefined)) return []
    return [{ before: left, after: right, class: classOf(left ?? right, changes) }]
  })
}

/** The costliest class of the changes in the field of an item. */
function classOf(item: Item | undefined, changes: readonly Change[]): ChangeClass {
  const field = shownUnder(item?.pointer.split('/')[1] ?? '')
  return costliestClass(changes.filter(({ path }) => shownUnder(path.split('/')[1] ?? '') === field))
}
