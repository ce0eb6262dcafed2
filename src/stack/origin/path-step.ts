import { isRecord } from '../../model/values/unknown.ts'
import { mountParts } from '../normalise/container/mount-parts.ts'
import type { Path } from '../read/position.ts'

/** A key, or a function that finds the key or index of an entry in a map or list; undefined: there is none. */
export type PathStep = string | ((node: unknown) => string | number | undefined)

/** A text of a list, without the variables in it. */
const plain = (entry: unknown): string => String(entry).replaceAll(/\$\{[^}]*\}/g, '')

const indexOf = (node: unknown, fits: (entry: unknown) => boolean): number | undefined => {
  const index = Array.isArray(node) ? node.findLastIndex(fits) : -1
  return index < 0 ? undefined : index
}

/** The entry with one of these names: a key of a map, or `NAME` or `NAME=VALUE` in a list. */
export const named =
  (...names: readonly string[]): PathStep =>
  (node) =>
    isRecord(node)
      ? names.find((name) => Object.hasOwn(node, name))
      : indexOf(node, (entry) => names.some((name) => entry === name || String(entry).startsWith(`${name}=`)))

/** An entry of `extra_hosts`: `NAME:ADDRESS`, `NAME=ADDRESS` or a key. */
export const hostNamed =
  (name: string): PathStep =>
  (node) =>
    isRecord(node) ? name : indexOf(node, (entry) => /^([^:=]*)/.exec(String(entry))?.[1] === name)

/** The entry of a list that is this value, with `CAP_` and in any case. */
export const valued =
  (value: unknown): PathStep =>
  (node) =>
    indexOf(node, (entry) => comparable(entry) === comparable(value))

const comparable = (value: unknown): string => String(value).toUpperCase().replace(/^CAP_/, '')

/** The entry of a list that begins with this text. */
export const beginning =
  (text: string): PathStep =>
  (node) =>
    indexOf(node, (entry) => String(isRecord(entry) ? entry.source : entry).startsWith(text))

/** The config or secret with this source. */
export const sourceNamed =
  (name: string): PathStep =>
  (node) =>
    indexOf(node, (entry) => (isRecord(entry) ? entry.source : entry) === name)

/** The mount with this target, in either form. */
export const mountAt =
  (target: string): PathStep =>
  (node) =>
    indexOf(node, (entry) => {
      if (isRecord(entry)) return entry.target === target
      const [first, second] = mountParts(String(entry))
      return (second ?? first) === target
    })

/** The tmpfs with this target. */
export const tmpfsAt =
  (target: string): PathStep =>
  (node) =>
    indexOf(node, (entry) => String(entry).split(':')[0] === target)

/** The published port in either form, also in a range. The port of the host may be a variable. */
export const portOf =
  (port: { readonly published: number; readonly target: number; readonly protocol: string }): PathStep =>
  (node) =>
    indexOf(node, (entry) => {
      const [text = '', protocol = 'tcp'] = isRecord(entry)
        ? [`${entry.published}:${entry.target}`, entry.protocol as string | undefined]
        : plain(entry).split('/')
      const [target = '', published = ''] = text.split(':').reverse()
      return protocol === port.protocol && holds(target, port.target) && holds(published, port.published)
    })

/** True for a range that contains a number, and for a text that a variable has emptied. */
function holds(range: string, number: number): boolean {
  const [first = '', last = first] = range.split('-')
  return range === '' || (Number(first) <= number && number <= Number(last))
}

/** The first of these keys that a map has. */
export const firstOf =
  (...keys: readonly string[]): PathStep =>
  (node) =>
    isRecord(node) ? keys.find((key) => Object.hasOwn(node, key)) : undefined

/** The part of a path that exists in a node, as keys and indexes. An empty field sets nothing, so it does not exist. Pure. */
export function existingPath(node: unknown, steps: readonly PathStep[]): Path {
  const path: (string | number)[] = []
  let value = node
  for (const step of steps) {
    const key = typeof step === 'string' ? step : step(value)
    if (key === undefined || value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) break
    value = Reflect.get(value, key)
    if (value === null || value === undefined) break
    path.push(key)
  }
  return path
}
