import { isRecord } from '../values/unknown.ts'

/** A comparison of an argument of a system call, with the names of the OCI. */
export interface Comparison {
  readonly index: number
  readonly value: number
  readonly valueTwo?: number
  readonly op: string
}

/** A profile in the format of containers-common and Docker: rules with conditions. */
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
  readonly includes?: Conditions
  readonly excludes?: Conditions
}

interface Conditions {
  readonly caps?: readonly string[]
  readonly arches?: readonly string[]
}

type Check = (value: unknown) => boolean

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
    isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]))

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

/** The check of each field, with the message for an invalid value. */
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

const isProfile = (
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & SeccompProfile => fields.every(([name, check]) => check(value[name]))

/** Parses a seccomp profile in the JSON of Docker and containers-common. Throws an Error with the reason if it is invalid. Pure. */
export function parseProfile(text: string, path: string): SeccompProfile {
  const wrong = (why: string): Error => new Error(`${path} is not a seccomp profile: ${why}`)
  const data = parsed(text, wrong)
  if (!isRecord(data)) throw wrong('it is not a map')
  const profile = withoutNulls({ syscalls: [], ...data })
  if (isProfile(profile)) return profile
  const [name, , words] = fields.find(([field, check]) => !check(profile[field])) ?? ['it', undefined, 'is not valid']
  throw wrong(`\`${name}\` ${words}`)
}

function parsed(text: string, wrong: (why: string) => Error): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wrong('it is not JSON')
  }
}

/** In profiles that Go programs write, null is an empty list. */
const withoutNulls = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
