import type { ErrorObject } from 'ajv'
import type { StackFile } from '../../generated/stack-file.ts'
import validateStack from '../../generated/validate-stack.js'
import { redactedForPeople } from '../../model/tokens.ts'
import { mapStrings } from '../../model/values/map-strings.ts'
import { own } from '../../model/values/own.ts'
import { isTextKind, type TextKindName, textFault, textKinds } from '../../model/values/text.ts'
import { fieldOf, isRecord } from '../../model/values/unknown.ts'
import type { Path } from '../read/position.ts'
import { toPath } from '../read/position.ts'
import type { Problems } from './problem.ts'
import { didYouMean } from './suggest.ts'

/** Checks a document against schemas/stack.schema.json and adds its problems. Returns true if it is valid. */
export async function validateDocument(data: unknown, problems: Problems): Promise<boolean> {
  if (validateStack(data)) return true
  const schema = await loadSchema()
  for (const error of relevant(validateStack.errors ?? [], data)) {
    problems.addLater(() => {
      const { path, onKey, ...words } = describe(error, data, schema)
      return { code: 'invalid', ...words, at: { path, ...(onKey && { onKey }) } }
    })
  }
  return false
}

/** Types a document whose parts are valid. Throws an Error if it has no `metadata`. */
export function stackFileOf(data: object): StackFile {
  if (isStackFile(data)) return data
  throw new Error('The document has no metadata.')
}

const isStackFile = (data: object): data is StackFile => 'metadata' in data

type Schema = Readonly<Record<string, unknown>>

/** The schema is large, so it is loaded only for messages and unusual values. */
const loadSchema = async (): Promise<Schema> =>
  (await import('../../../schemas/stack.schema.json', { with: { type: 'json' } })).default

/** The part of the schema for the value at a path; undefined: the schema allows any value. */
export async function schemaAt(path: Path, data: unknown): Promise<Schema | undefined> {
  const passed = trail(await loadSchema(), path, data)
  return passed.length > path.length ? passed.at(-1) : undefined
}

/**
 * The useful errors of a value with several forms: the deepest ones, and of several at one place those that name a key. The error "none
 * of the forms" of the schema does not help users.
 */
function relevant(errors: readonly ErrorObject[], data: unknown): readonly ErrorObject[] {
  const naming = ['additionalProperties', 'required', 'propertyNames']
  const byPlace = new Map<string, ErrorObject[]>()
  const parents = new Set<string>()
  for (const error of errors) {
    const place = error.instancePath
    const known = byPlace.get(place)
    if (known) known.push(error)
    else byPlace.set(place, [error])
    for (let at = place.lastIndexOf('/'); known === undefined && at >= 0; at = place.lastIndexOf('/', at - 1)) {
      const parent = place.slice(0, at)
      if (parents.has(parent)) break
      parents.add(parent)
      if (at === 0) break
    }
  }
  return [...byPlace].flatMap(([place, found]) => {
    const all = found.filter((error) => !['if', 'allOf'].includes(error.keyword))
    const deeper = parents.has(place)
    const alternatives = all.some((error) => error.keyword === 'anyOf')
    const named = all.filter((error) => naming.includes(error.keyword))
    if (alternatives && deeper && named.length === 0) return []
    if (named.length > 0) return uniqueBy(named)
    if (!alternatives) return uniqueBy(all)
    const value = valueAt(data, toPath(place))
    const matchingForm = all.filter(
      (error) => error.keyword !== 'anyOf' && !(error.keyword === 'type' && !fits(value, error)),
    )
    const specific = matchingForm.filter((error) => error.keyword !== 'type')
    return specific.length > 0 ? specific.slice(0, 1) : all.filter((error) => error.keyword === 'anyOf').slice(0, 1)
  })
}

const uniqueBy = (errors: readonly ErrorObject[]): readonly ErrorObject[] => [
  ...new Map(errors.map((error) => [`${error.keyword} ${JSON.stringify(error.params)}`, error])).values(),
]

const fits = (value: unknown, error: ErrorObject): boolean =>
  [error.params.type].flat().includes(Array.isArray(value) ? 'array' : typeof value)

const valueAt = (data: unknown, path: Path): unknown => path.reduce<unknown>((node, part) => entryOf(node, part), data)

/** The entry of a map or a list; undefined: it has none. */
const entryOf = (node: unknown, part: string | number): unknown =>
  Array.isArray(node) ? node[Number(part)] : fieldOf(node, String(part))

interface Description {
  readonly path: Path
  readonly message: string
  readonly hint?: string
  readonly onKey?: boolean
}

function describe(error: ErrorObject, data: unknown, schema: Schema): Description {
  const path = toPath(error.instancePath)
  const name = path.length === 0 ? 'the stack' : `\`${path.join('.')}\``
  const value = valueAt(data, path)
  const shown = (): string | undefined => JSON.stringify(mapStrings(value, redactedForPeople))?.slice(0, 60)
  const wrongForm = (): Description => ({
    path,
    message: `${name} is ${shown()}, which is not valid.`,
    hint: hintAt(schema, path, data),
  })
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty)
      const known = propertiesNear(schema, path, data)
      const instead = own(composeHints, key)
      return {
        path: [...path, key],
        onKey: true,
        message: `Unknown key "${key}" in ${name}.${didYouMean(key, known)}`,
        hint: instead ?? knownKeys(known),
      }
    }
    case 'required':
      return {
        path,
        message: `${name} needs \`${error.params.missingProperty}\`.`,
        hint: `Add \`${error.params.missingProperty}:\`.`,
      }
    case 'propertyNames': {
      const key = String(error.params.propertyName)
      const kind = kindOfNames(schema, path, data)
      return {
        path: [...path, key],
        onKey: true,
        message: `${JSON.stringify(key)} ${textFault(kind, key) ?? 'is not allowed'}.`,
        hint: textKinds[kind].rule,
      }
    }
    case 'enum': {
      const allowed = [error.params.allowedValues].flat().map(String)
      return {
        path,
        message: `${name} is ${shown()}.${typeof value === 'object' ? '' : didYouMean(String(value), allowed)}`,
        hint: `One of: ${allowed.join(', ')}.`,
      }
    }
    case 'const':
      return {
        path,
        message: `${name} is ${shown()}.`,
        hint: `It must be ${JSON.stringify(error.params.allowedValue)}.`,
      }
    case 'type':
      return {
        path,
        message: `${name} is ${kindOf(value)}.`,
        hint: `It must be ${words([error.params.type].flat())}. ${hintAt(schema, path, data)}`,
      }
    case 'format': {
      const kind = String(error.params.format)
      const fault = isTextKind(kind) && typeof value === 'string' ? textFault(kind, value) : undefined
      if (fault === undefined || !isTextKind(kind)) return wrongForm()
      return {
        path,
        message: `${name} ${fault}: ${shown()}.`,
        hint: `${textKinds[kind].rule} ${hintAt(schema, path, data)}`,
      }
    }
    case 'pattern':
    case 'anyOf':
      return wrongForm()
    default:
      return { path, message: `${name} ${error.message ?? 'is wrong'}.`, hint: hintAt(schema, path, data) }
  }
}

/** The kind of text of the keys of the map at a path. */
function kindOfNames(schema: Schema, path: Path, data: unknown): TextKindName {
  const names = schemaIn(trail(schema, path, data).at(-1)?.propertyNames)
  const forms = [names, ...formsOf(names)]
  return forms.map((form) => String(form?.format)).find(isTextKind) ?? 'name'
}

const manyKeys = 20

const knownKeys = (known: readonly string[]): string =>
  known.length === 0
    ? 'Only keys that start with x- are allowed.'
    : known.length > manyKeys
      ? '`heropods explain` and docs/reference.md list the fields.'
      : `Known here: ${known.join(', ')}.`

/** Hints for keys of Compose that HeroPods does not have. */
const composeHints: Readonly<Record<string, string>> = {
  build: 'HeroPods builds no images: build with podman and use the result.',
  container_name: 'The name of a container is its key.',
  links: 'Containers on one network find each other by name.',
  version: 'The version is `apiVersion`.',
  ipam: 'Write `subnet` and `gateway` in the network itself.',
  network: 'Write `networks:`.',
}

const kindOf = (value: unknown): string =>
  value === null ? 'empty' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`

const kindWords: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  null: 'empty',
}
const words = (types: readonly string[]): string =>
  types
    .filter((type) => type !== 'null')
    .map((type) => kindWords[type] ?? type)
    .join(' or ')

/** The parts of the schema for a value, outermost first. The data decides between alternatives. */
function trail(schema: Schema, path: Path, data: unknown): readonly Schema[] {
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

/** A definition with the description of the field that refers to it before its own. */
const described = (user: Schema, definition: Schema): Schema => ({
  ...definition,
  description: [user.description, definition.description].filter(Boolean).join(' '),
})

const propertiesNear = (schema: Schema, path: Path, data: unknown): readonly string[] =>
  Object.keys(trail(schema, path, data).at(-1)?.properties ?? {})

const hintAt = (schema: Schema, path: Path, data: unknown): string => {
  const descriptions = trail(schema, path, data)
    .slice(1)
    .map(({ description }) => description)
  return descriptions.findLast((text) => typeof text === 'string') ?? 'See docs/reference.md.'
}
