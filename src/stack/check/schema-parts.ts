import { isTextKind, type TextKindName } from '../../model/values/text.ts'
import { fieldOf, isRecord } from '../../model/values/unknown.ts'
import type { Path } from '../read/position.ts'

export type Schema = Readonly<Record<string, unknown>>

/** The schema is large, so it is loaded only for messages and unusual values. */
export const loadSchema = async (): Promise<Schema> =>
  (await import('../../../schemas/stack.schema.json', { with: { type: 'json' } })).default

/** The part of the schema for the value at a path; undefined: the schema allows any value. */
export async function schemaAt(path: Path, data: unknown): Promise<Schema | undefined> {
  const passed = trail(await loadSchema(), path, data)
  return passed.length > path.length ? passed.at(-1) : undefined
}

/** The value at a path; undefined: there is none. */
export const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, part) => entryOf(node, part), data)

/** The entry of a map or a list; undefined: it has none. */
const entryOf = (node: unknown, part: string | number): unknown =>
  Array.isArray(node) ? node[Number(part)] : fieldOf(node, String(part))

/** The kind of text of the keys of the map at a path. */
export function kindOfNames(schema: Schema, path: Path, data: unknown): TextKindName {
  const names = schemaIn(trail(schema, path, data).at(-1)?.propertyNames)
  const forms = [names, ...formsOf(names)]
  return forms.map((form) => String(form?.format)).find(isTextKind) ?? 'name'
}

/** The parts of the schema for a value, outermost first. The data decides between alternatives. */
export function trail(schema: Schema, path: Path, data: unknown): readonly Schema[] {
  const passed: Schema[] = [schema]
  let [node, value]: [Schema | undefined, unknown] = [schema, data]
  for (const part of path) {
    value = entryOf(value, part)
    const next = below(node, part)
    node = next && meant(schema, next, value)
    if (node === undefined) break
    passed.push(node)
  }
  return passed
}

function below(node: Schema | undefined, part: string | number): Schema | undefined {
  return schemaIn(fieldOf(node?.properties, String(part)) ?? node?.items ?? node?.additionalProperties)
}

/** A part of the schema that is a schema itself; undefined: it is `true`, `false` or absent. */
const schemaIn = (part: unknown): Schema | undefined => (isRecord(part) ? part : undefined)

const formsOf = (node: Schema | undefined): readonly Schema[] =>
  Array.isArray(node?.anyOf) ? node.anyOf.filter(isRecord) : []

/** Follows references and selects the form that fits the data. The description of the field itself has priority. */
function meant(root: Schema, node: Schema, value: unknown): Schema {
  const definition = schemaIn(fieldOf(root.definitions, referenceOf(node)?.split('/').at(-1) ?? ''))
  const followed = definition ? described(node, definition) : node
  const forms = formsOf(followed)
  if (forms.length === 0) return followed
  const options = forms.map((form) => meant(root, form, value))
  const fitting = Array.isArray(value)
    ? options.find((form) => form.items !== undefined)
    : typeof value === 'object'
      ? options.find((form) => form.properties !== undefined || form.additionalProperties !== undefined)
      : undefined
  return { ...(fitting ?? followed), description: followed.description ?? fitting?.description }
}

/** The `$ref` of a part of the schema, or of the only part of its `allOf`. */
function referenceOf({ $ref, allOf }: Schema): string | undefined {
  const reference = $ref ?? fieldOf(Array.isArray(allOf) ? allOf[0] : undefined, '$ref')
  return typeof reference === 'string' ? reference : undefined
}

/** The definition that the schema refers to for the value at a path, such as `duration`; undefined: none. */
export function definitionAt(schema: Schema, path: Path, data: unknown): string | undefined {
  const around = trail(schema, path.slice(0, -1), data)
  const node = around.length === path.length ? below(around.at(-1), path.at(-1) ?? '') : undefined
  return node && referenceOf(node)?.split('/').at(-1)
}

/** A definition with the description of the field that refers to it before its own. */
const described = (user: Schema, definition: Schema): Schema => ({
  ...definition,
  description: [user.description, definition.description].filter(Boolean).join(' '),
})

/** The fields of the map at a path. */
export const propertiesNear = (schema: Schema, path: Path, data: unknown): readonly string[] =>
  Object.keys(trail(schema, path, data).at(-1)?.properties ?? {})

/** The description of the field at a path, or of the nearest one around it. */
export const hintAt = (schema: Schema, path: Path, data: unknown): string => {
  const descriptions = trail(schema, path, data)
    .slice(1)
    .map(({ description }) => description)
  return descriptions.findLast((text) => typeof text === 'string') ?? 'See docs/reference.md.'
}
