import type { ErrorObject } from 'ajv'
import type { StackFile } from '../../generated/stack-file.ts'
import { redactedText } from '../../model/tokens.ts'
import { mapStrings } from '../../model/values/map-strings.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { isTextKind, textFault, textKinds } from '../../model/values/text.ts'
import type { Path } from '../read/position.ts'
import { toPath, toPointer } from '../read/position.ts'
import { composeHint } from './compose-hints.ts'
import { loadValidator } from './load-validator.ts'
import type { ProblemKey, Problems } from './problem.ts'
import { definitionAt, hintAt, kindOfNames, loadSchema, propertiesNear, type Schema, valueAt } from './schema-parts.ts'
import { didYouMean } from './suggest.ts'

export interface ValidateOptions {
  /** Source texts of scalars that print differently, by JSON pointer. */
  readonly written?: Readonly<Record<string, string>>
  /** Paths that have an approximate value. They are not reported. */
  readonly failed?: readonly Path[]
}

/** Checks a document against schemas/stack.schema.json and adds its problems. Returns true if it is valid. */
export async function validateDocument(
  data: unknown,
  problems: Problems,
  { written = {}, failed = [] }: ValidateOptions = {},
): Promise<boolean> {
  const validateStack = await loadValidator()
  if (validateStack(data)) return true
  const schema = await loadSchema()
  const parts = { data, schema, written }
  const unknown = failed.map(toPointer)
  for (const error of relevant(validateStack.errors ?? [], data)) {
    if (unknown.some((pointer) => isWithin(error.instancePath, pointer))) continue
    problems.addLater(() => {
      const { path, onKey, ...words } = describe(error, parts)
      return { code: 'invalid', ...words, location: { path, ...(onKey && { onKey }) } }
    })
  }
  return false
}

const isWithin = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`)

/** Types a document whose parts are valid. Throws an Error if it has no `metadata`. */
export function stackFileOf(data: object): StackFile {
  if (isStackFile(data)) return data
  throw new Error('The document has no metadata.')
}

const isStackFile = (data: object): data is StackFile => 'metadata' in data

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
    for (
      let position = place.lastIndexOf('/');
      known === undefined && position >= 0;
      position = place.lastIndexOf('/', position - 1)
    ) {
      const parent = place.slice(0, position)
      if (parents.has(parent)) break
      parents.add(parent)
      if (position === 0) break
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

interface Description {
  readonly path: Path
  readonly message: string
  readonly hint?: string
  readonly onKey?: boolean
  readonly key?: ProblemKey
}

/** The inputs of messages. */
interface Parts {
  readonly data: unknown
  readonly schema: Schema
  readonly written: Readonly<Record<string, string>>
}

function describe(error: ErrorObject, { data, schema, written }: Parts): Description {
  const path = toPath(error.instancePath)
  const name = path.length === 0 ? 'The stack' : `\`${path.join('.')}\``
  const value = valueAt(data, path)
  const shown = (): string | undefined => JSON.stringify(mapStrings(value, redactedText))?.slice(0, 60)
  const wrongForm = (): Description => ({
    path,
    message: `${name} is ${shown()}, which is not valid.`,
    hint: hintAt(schema, path, data),
  })
  if (isNumber(value) && definitionAt(schema, path, data) === 'duration') {
    const written = `${path.at(-1)}: ${value}s`
    return {
      path,
      message: `${name} is ${value}, which has no unit.`,
      hint: `Write \`${written}\` for seconds, or another unit: us, ms, s, m, h.`,
    }
  }
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty)
      const known = propertiesNear(schema, path, data)
      const instead = composeHint(key, mapStrings(valueAt(data, [...path, key]), redactedText))
      return {
        path: [...path, key],
        key: { name: key, fault: 'unknown' },
        onKey: true,
        message: `Unknown key "${key}" in ${name.replace('The', 'the')}.${instead ? '' : didYouMeanKey(key, known)}`,
        hint: instead ?? knownKeys(known),
      }
    }
    case 'required':
      return {
        path,
        key: { name: String(error.params.missingProperty), fault: 'missing' },
        message: `${name} needs \`${error.params.missingProperty}\`.`,
        hint: `Add \`${ownValue(lines, pathName(path, error.params.missingProperty)) ?? `${error.params.missingProperty}: VALUE`}\`.`,
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
        hint: `One of: ${allowed.filter((one) => !isRefused(path, one)).join(', ')}.`,
      }
    }
    case 'const':
      return {
        path,
        message: `${name} is ${shown()}.`,
        hint: `Write \`${path.at(-1)}: ${error.params.allowedValue}\`.`,
      }
    case 'type':
      return {
        path,
        message: `${name} is ${kindOf(value)}.`,
        hint: [mustBe(error, value, written), hintAt(schema, path, data)].join(' '),
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
      return { path, message: `${name} ${error.message ?? 'is not valid'}.`, hint: hintAt(schema, path, data) }
  }
}

/** Values that only have an error of their own. */
const isRefused = (path: Path, value: string): boolean =>
  path.slice(-2).join('.') === 'logging.driver' && value === 'none'

const isNumber = (value: unknown): value is number | string =>
  (typeof value === 'number' || typeof value === 'string') && /^\d+(\.\d+)?$/.test(String(value))

/** Short names that users write for fields. */
const shortKeys: Readonly<Record<string, string>> = {
  env: 'environment',
  cmd: 'command',
  vols: 'volumes',
  deps: 'depends_on',
  memory: 'mem_limit',
  dir: 'working_dir',
}

function didYouMeanKey(key: string, known: readonly string[]): string {
  const meant = ownValue(shortKeys, key)
  return meant !== undefined && known.includes(meant) ? ` Did you mean "${meant}"?` : didYouMean(key, known)
}

const manyKeys = 20

const knownKeys = (known: readonly string[]): string =>
  known.length === 0
    ? 'Only keys that start with x- are allowed.'
    : known.length > manyKeys
      ? '`heropods explain` and docs/reference.md list the fields.'
      : `Known here: ${known.join(', ')}.`

const kindOf = (value: unknown): string =>
  value === null ? 'empty' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`

const pathName = (path: Path, field: unknown): string => [...path, field].join('.')

/** The lines for missing fields of the header. */
const lines: Readonly<Record<string, string>> = {
  apiVersion: 'apiVersion: heropods/v1',
  kind: 'kind: Stack',
  metadata: 'metadata: { name: my-stack }',
  'metadata.name': 'name: my-stack',
}

/** The booleans of YAML 1.1, which are strings now. */
const yesAndNo: Readonly<Record<string, boolean>> = { yes: true, on: true, y: true, no: false, off: false, n: false }

/** The kind of value that a field must have; for a number or boolean without quotes, the line to write. */
function mustBe(error: ErrorObject, value: unknown, written: Parts['written']): string {
  const types = [error.params.type].flat()
  const rule = `It must be ${words(types)}`
  const key = toPath(error.instancePath).at(-1)
  const meant =
    types.includes('boolean') && typeof value === 'string' ? ownValue(yesAndNo, value.toLowerCase()) : undefined
  if (meant !== undefined)
    return `${rule}: write \`${meant}\`, because \`${value}\` is a string in YAML 1.2, with or without quotes.`
  if (types.includes('array') && (typeof value === 'number' || (typeof value === 'string' && value !== '')))
    return `${rule}: \`${key}: [${JSON.stringify(redactedText(String(ownValue(written, error.instancePath) ?? value)))}]\`.`
  if (!types.includes('string') || (typeof value !== 'number' && typeof value !== 'boolean')) return `${rule}.`
  const text = `"${ownValue(written, error.instancePath) ?? value}"`
  return `${rule} (in quotes): \`${/^\d+$/.test(String(key)) ? `- ${text}` : `${key}: ${text}`}\`.`
}

const kindWords: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a string',
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
