import type { Step } from '../../model/plan.ts'
import { groupBy } from '../../model/values/group-by.ts'
import type { Item } from './fields/item.ts'
import { type Line, line, span } from './lines.ts'
import { shortNames } from './names.ts'
import { shortText, shownText } from './shown-text.ts'
import { fieldsOfSpec } from './spec-items.ts'

export interface CreationView {
  readonly showValues: boolean
  /** Also values that HeroPods derives. */
  readonly full: boolean
  /** The objects differ in their addresses, which are left out. */
  readonly isGroup: boolean
}

const textOf = (item: Item, { isGroup }: CreationView): string =>
  isGroup && item.groupText !== undefined ? item.groupText : (item.created ?? item.text)

/** The values of a new object that are not defaults, by field of the stack file. Members of a network are in the containers. */
function newItems({ kind, spec }: Step, view: CreationView): ReadonlyMap<string, readonly Item[]> {
  const items = spec === undefined ? [] : Object.values(fieldsOfSpec(kind, spec)).flat()
  const shown = items.filter(
    ({ field, isDefault, isInOther, isDerived }) =>
      !isDefault && !isInOther && (view.full || !isDerived) && field !== 'member',
  )
  return groupBy(shown, ({ field }) => field)
}

/** The fields of a new object, a line each. Pure. */
export const creationLines = (step: Step, view: CreationView): readonly Line[] =>
  [...newItems(step, view)].flatMap(([field, items]) => {
    const text = joined(items, view)
    return text === '' ? [] : [line(6, span('+', 'added'), ` ${field}: ${text}`)]
  })

/** Entries of a list or map in one line; names with equal values are shown together. */
function joined(items: readonly Item[], view: CreationView): string {
  const parts = [...groupBy(items, (item) => (item.name === undefined ? item : textOf(item, view))).values()]
  return parts.flatMap((some) => entryTexts(some, view)).join(', ')
}

function entryTexts(some: readonly Item[], view: CreationView): readonly string[] {
  const [first] = some
  if (first === undefined) return []
  const text = first.isHidden && !view.showValues ? '' : shortText(textOf(first, view))
  if (first.name === undefined) return text === '' ? [] : [text]
  const names =
    first.isHidden || first.field === 'healthcheck'
      ? some.map(({ name }) => shownText(name ?? ''))
      : [shortNames(some.map(({ name }) => name ?? ''))]
  return names.map((name) => named(first, name, text))
}

function named({ field, isHidden }: Item, name: string, text: string): string {
  if (text === '') return name
  if (isHidden || ['labels', 'annotations', 'sysctls'].includes(field)) return `${name}=${text}`
  if (field === 'depends_on') return `${name} (${text})`
  if (field === 'healthcheck' && name === 'test') return text
  return ['config', 'secret'].includes(field) ? `${name} -> ${text}` : `${name} ${text}`
}

/** The fields that describe a new object best, and those that give it rights on the host, by kind. */
const described: Readonly<Record<Step['kind'], readonly string[]>> = {
  network: ['subnet', 'internal'],
  image: ['from', 'digest'],
  volume: ['protect'],
  container: [
    'image',
    'ports',
    'network_mode',
    'networks',
    'volumes',
    'config',
    'secret',
    'mem_limit',
    'cpus',
    'privileged',
    'cap_add',
    'devices',
    'security_opt',
  ],
}

/** A new object in one line: its most important values. Pure. */
export function creationSummary(step: Step, view: CreationView): string {
  const items = newItems(step, view)
  return described[step.kind]
    .flatMap((field) => {
      const some = items.get(field) ?? []
      return some.length === 0 ? [] : [summarized(field, some, view)]
    })
    .filter((text) => text !== '')
    .join('; ')
}

function summarized(field: string, items: readonly Item[], view: CreationView): string {
  const text = joined(items, view)
  switch (field) {
    case 'cpus':
      return `${text} cpus`
    case 'internal':
    case 'privileged':
      return field
    case 'protect':
      return 'protected'
    case 'digest':
      return text
    case 'config':
    case 'secret':
      return `${field} ${shortNames(items.map(({ name }) => name ?? ''))}`
    case 'network_mode':
    case 'cap_add':
    case 'security_opt':
      return `${field} ${text}`
    default:
      return text
  }
}
