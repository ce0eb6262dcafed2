import type { Item } from './item.ts'

/** How each field of a spec is shown. The code does not compile if a field is missing. */
export type Formats<Spec> = {
  readonly [F in keyof Spec]-?: (value: NonNullable<Spec[F]>, spec: Spec) => readonly Item[]
}

/** The fields of a table, in its order. */
export const fieldsOf = <Spec>(formats: Formats<Spec>): readonly (keyof Spec & string)[] =>
  Object.keys(formats).filter((name): name is keyof Spec & string => name in formats)

/** A function that returns the items of one field. A field that an older record lacks has none. */
export const itemsBy =
  <Spec>(formats: Formats<Spec>) =>
  <F extends keyof Spec>(field: F, spec: Spec): readonly Item[] => {
    const value = spec[field]
    return value === undefined || value === null ? [] : formats[field](value, spec)
  }

/** The item of a text that is an entry of a list. */
export const asText = (text: string): { readonly text: string } => ({ text })
