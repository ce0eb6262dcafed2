import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { Content } from '../../../model/values/content.ts'

/**
 * One value of a spec, as a plan shows it: of a scalar field, or one entry of a list or a map. Texts may contain tokens, which are
 * hidden when they are printed.
 */
export interface Item {
  /** The name of the field in a stack file. */
  readonly field: string
  /** The name of the entry, e.g. of an environment variable. */
  readonly name?: string
  /** The value in the units of a stack file. */
  readonly text: string
  /** JSON pointer into the canonical spec. */
  readonly pointer: string
  /** The text for several objects that differ only here, as replicas in their addresses. */
  readonly groupText?: string
  /** In a group: a change of the part that the group text leaves out. Default: `value changed`. */
  readonly groupChange?: string
  /** The text between brackets, if it differs: a text in brackets has none of its own. */
  readonly bracketText?: string
  /** The text for a new object, if it differs. */
  readonly created?: string
  /** A new object does not show the value: it is the default. */
  readonly isDefault?: boolean
  /** A new object does not show the value: the text of another item has it. */
  readonly isInOther?: boolean
  /** The text of the state without this value: a removal is shown as a change to it. */
  readonly absent?: string
  /** HeroPods derives the value: only `--full` shows it for a new object. */
  readonly isDerived?: boolean
  /** The object that the value follows from. */
  readonly follows?: ResourceAddress
  /** The value is shown only on request, because it may be a password. */
  readonly isHidden?: boolean
  /** Compared line by line, beside `text`. */
  readonly content?: Content
}

type Details = Omit<Item, 'field' | 'text' | 'pointer'>

/** The item of a field with one value. */
export const scalar = (field: string, text: string, details: Details = {}): Item => ({
  field,
  text,
  pointer: `/${field}`,
  ...details,
})

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1')

/** One item for each entry of a map, named by its key. */
export const mapItems = <T>(
  field: string,
  map: Readonly<Record<string, T>>,
  textOf: (value: T) => string,
  details: Details = {},
): readonly Item[] =>
  Object.entries(map).map(([name, value]) => ({
    field,
    name,
    text: textOf(value),
    pointer: `/${field}/${escaped(name)}`,
    ...details,
  }))

/** One item for each entry of a list. `path` is the name of the list in the canonical spec; default: `field`. */
export const listItems = <T>(
  field: string,
  list: readonly T[],
  itemOf: (value: T) => Omit<Item, 'field' | 'pointer'>,
  path = field,
): readonly Item[] => list.map((value, index) => ({ field, pointer: `/${path}/${index}`, ...itemOf(value) }))

/** A flag: an item only if it differs from its default. */
export const flagItem = (field: string, value: boolean, byDefault = false): readonly Item[] => [
  scalar(field, String(value), { isDefault: value === byDefault }),
]
