import { isRecord } from '../../model/values/unknown.ts'
import { type ExtraHostsInput, hostAddresses } from '../extra-hosts.ts'
import { mountParts } from '../normalise/container/mount-parts.ts'

type Data = Readonly<Record<string, unknown>>

/** Lists that a later file replaces (a rule of Compose); all other lists are concatenated. */
const replaced = ['command', 'entrypoint', 'test']
/** Fields that may be a list of NAME=VALUE or a map. */
const keyed = ['environment', 'labels', 'annotations', 'sysctls']

/**
 * Merges a later document over an earlier one by the rules of Compose: maps merge, lists are concatenated, other values are
 * replaced. Pure.
 */
export function mergeDocuments(base: unknown, over: unknown, field = ''): unknown {
  if (keyed.includes(field) && base !== undefined) return { ...toMap(base), ...toMap(over) }
  if (field === 'extra_hosts' && base !== undefined) return { ...hostsOf(base), ...hostsOf(over) }
  if (field === 'networks' || field === 'depends_on') {
    if (Array.isArray(base) !== Array.isArray(over)) return mergeMaps(namesToMap(base), namesToMap(over))
  }
  if (isRecord(base) && isRecord(over)) return mergeMaps(base, over)
  if (Array.isArray(base) && Array.isArray(over) && !replaced.includes(field)) return mergeLists(base, over, field)
  return over ?? base
}

const hostsOf = (value: unknown): Readonly<Record<string, readonly string[]>> =>
  hostAddresses(isExtraHosts(value) ? value : undefined)

/** The schema has checked the entries. */
const isExtraHosts = (value: unknown): value is ExtraHostsInput => Array.isArray(value) || isRecord(value)

export const mergeMaps = (base: Data, over: Data): Data => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(over).map(([key, value]) => [
      key,
      Object.hasOwn(base, key) ? mergeDocuments(base[key], value, key) : value,
    ]),
  ),
})

const namesToMap = (value: unknown): Data =>
  Array.isArray(value) ? Object.fromEntries(value.map((name) => [String(name), null])) : isRecord(value) ? value : {}

const toMap = (value: unknown): Data =>
  Array.isArray(value)
    ? Object.fromEntries(
        value.map((text) => {
          const [name = '', ...rest] = String(text).split('=')
          return [name, rest.length > 0 ? rest.join('=') : null]
        }),
      )
    : isRecord(value)
      ? value
      : {}

/** Concatenates lists. A mount with the same target is replaced, and equal entries occur once. */
function mergeLists(base: readonly unknown[], over: readonly unknown[], field: string): unknown[] {
  const key = (one: unknown): string => (field === 'volumes' ? mountTarget(one) : JSON.stringify(one))
  const declared = new Set(over.map(key))
  return [...base.filter((one) => !declared.has(key(one))), ...over]
}

const mountTarget = (mount: unknown): string =>
  isRecord(mount) ? String(mount.target) : (mountParts(String(mount))[1] ?? String(mount))
