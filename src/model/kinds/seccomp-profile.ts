/** One comparison of a call's argument, in the words of the OCI. */
export interface Comparison {
  readonly index: number
  readonly value: number
  readonly valueTwo?: number
  readonly op: string
}

/** A profile as containers-common and Docker write it: rules with the circumstances under which they count. */
export interface SeccompProfile {
  readonly defaultAction: string
  readonly defaultErrnoRet?: number
  readonly archMap?: readonly { readonly architecture: string; readonly subArchitectures: readonly string[] }[]
  readonly architectures?: readonly string[]
  readonly syscalls: readonly SeccompRule[]
}

export interface SeccompRule {
  readonly names: readonly string[]
  readonly action: string
  readonly errnoRet?: number
  readonly args?: readonly Comparison[] | null
  readonly includes?: Circumstances
  readonly excludes?: Circumstances
}

interface Circumstances {
  readonly caps?: readonly string[]
  readonly arches?: readonly string[]
}

type Data = Readonly<Record<string, unknown>>
type Check = (value: unknown) => boolean

const isMap = (value: unknown): value is Data => value !== null && typeof value === 'object' && !Array.isArray(value)
const isText: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => typeof value === 'number'
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const mapOf =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isMap(value) && Object.entries(fields).every(([name, check]) => check(value[name]))

const circumstances = optional(mapOf({ caps: optional(listOf(isText)), arches: optional(listOf(isText)) }))
const comparison = mapOf({ index: isNumber, value: isNumber, valueTwo: optional(isNumber), op: isText })

const rule = mapOf({
  names: listOf(isText),
  action: isText,
  errnoRet: optional(isNumber),
  args: (value) => value === null || optional(listOf(comparison))(value),
  includes: circumstances,
  excludes: circumstances,
})

/** What each field must be, with the words for what it is not. */
const fields: readonly (readonly [string, Check, string])[] = [
  ['defaultAction', isText, 'is not an action'],
  ['defaultErrnoRet', optional(isNumber), 'is not a number'],
  ['syscalls', listOf(rule), 'is not a list of rules with `names` and an `action`'],
  ['architectures', optional(listOf(isText)), 'is not a list of names'],
  [
    'archMap',
    optional(listOf(mapOf({ architecture: isText, subArchitectures: listOf(isText) }))),
    'is not a list of `architecture` and `subArchitectures`',
  ],
]

const isProfile = (value: Data): value is Data & SeccompProfile => fields.every(([name, check]) => check(value[name]))

/** A seccomp profile in JSON, as Docker and containers-common write it. Throws where the text is not one. Pure. */
export function parseProfile(text: string, path: string): SeccompProfile {
  const wrong = (why: string): Error => new Error(`${path} is not a seccomp profile: ${why}`)
  const data = parsed(text, wrong)
  if (!isMap(data)) throw wrong('it is not a map')
  const whole = withoutNulls({ syscalls: [], ...data })
  if (isProfile(whole)) return whole
  const [name, , words] = fields.find(([field, check]) => !check(whole[field])) ?? ['it', undefined, 'is not one']
  throw wrong(`\`${name}\` ${words}`)
}

function parsed(text: string, wrong: (why: string) => Error): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw wrong('it is not JSON')
  }
}

/** Profiles are written by Go programs too, to which null is an empty list. */
const withoutNulls = (data: Data): Data =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
