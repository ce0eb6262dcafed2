import stackSchema from '../../schemas/stack.schema.json' with { type: 'json' }
import { ownValue } from '../model/values/own-value.ts'

type Schema = Readonly<Record<string, unknown>>
type Kind = 'network' | 'image' | 'volume' | 'container'

const definitions: Readonly<Record<string, Schema>> = stackSchema.definitions

/** The name in a program of a field of the stack language: memLimit for `mem_limit`, maxSize for `max-size`. */
export const camel = (name: string): string => name.replace(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase())

/** Converts a value of a program to the names of the stack language. Keys of users (of labels, environment ...) stay. Pure. */
export const toStated = (kind: Kind, args: object): Record<string, unknown> =>
  renamed(args, definitions[kind], (known) => new Map(known.map((name) => [camel(name), name]))) as Record<
    string,
    unknown
  >

/** Converts a value of a stack file to the names of a program. Pure. */
export const toArgs = (kind: Kind, declared: object): Record<string, unknown> =>
  renamed(declared, definitions[kind], (known) => new Map(known.map((name) => [name, camel(name)]))) as Record<
    string,
    unknown
  >

type Naming = (known: readonly string[]) => ReadonlyMap<string, string>

function renamed(value: unknown, schema: Schema | undefined, naming: Naming): unknown {
  const form = formOf(value, schema)
  if (Array.isArray(value)) return value.map((one) => renamed(one, form?.items as Schema | undefined, naming))
  if (value === null || typeof value !== 'object') return value
  const properties = form?.properties as Readonly<Record<string, Schema>> | undefined
  const names = naming(Object.keys(properties ?? {}))
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const name = names.get(key)
      // The schema knows only the name of the stack language, in both directions.
      const known = name === undefined ? undefined : (ownValue(properties, name) ?? ownValue(properties, key))
      return [name ?? key, renamed(one, known ?? (form?.additionalProperties as Schema | undefined), naming)]
    }),
  )
}

/** The part of the schema for a value: references are followed, and the fitting one of several forms is used. */
function formOf(value: unknown, schema: Schema | undefined): Schema | undefined {
  if (schema === undefined || typeof schema !== 'object') return undefined
  const reference = (schema.$ref ?? (schema.allOf as readonly Schema[] | undefined)?.[0]?.$ref) as string | undefined
  if (reference !== undefined) return formOf(value, definitions[reference.split('/').at(-1) as string])
  const forms = schema.anyOf as readonly Schema[] | undefined
  if (forms === undefined) return schema
  const options = forms.map((form) => formOf(value, form))
  return Array.isArray(value)
    ? options.find((form) => form?.items !== undefined)
    : options.find((form) => form?.properties !== undefined || typeof form?.additionalProperties === 'object')
}
