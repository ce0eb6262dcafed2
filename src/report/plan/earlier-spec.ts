import type { Change } from '../../model/change.ts'
import { compareNatural } from '../../model/values/sorted.ts'
import { isRecord } from '../../model/values/unknown.ts'

/**
 * The spec before these changes, from the spec after them. A plan stores only changed parts; a reader needs the complete old value of a
 * list or a command. Changes are the differences of JSON documents: in lists they only add or remove at the end. Pure.
 */
export function earlierSpec(after: object, changes: readonly Change[]): object {
  const spec = structuredClone(after)
  // From the end of lists, so that indexes stay valid.
  const byPath = [...changes].sort((left, right) => compareNatural(right.path, left.path))
  for (const { path, before } of byPath.filter((one) => one.before === undefined)) set(spec, path, before)
  for (const { path, before } of byPath.reverse().filter((one) => one.before !== undefined)) set(spec, path, before)
  return spec
}

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** Sets a value at a JSON pointer; undefined removes it. Does nothing if the pointer does not exist in the value. */
function set(document: object, path: string, value: unknown): void {
  const parts = path.split('/').slice(1).map(unescaped)
  const last = parts.pop()
  let parent: unknown = document
  for (const part of parts) parent = child(parent, part)
  if (last === undefined) return
  if (Array.isArray(parent)) setEntry(parent, Number(last), value)
  else if (isRecord(parent)) setField(parent, last, value)
}

function child(parent: unknown, part: string): unknown {
  if (Array.isArray(parent)) return parent[Number(part)]
  return isRecord(parent) ? parent[part] : undefined
}

function setEntry(list: unknown[], index: number, value: unknown): void {
  if (value === undefined) list.splice(index, 1)
  else list[index] = structuredClone(value)
}

function setField(record: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) delete record[name]
  else record[name] = structuredClone(value)
}
