import { isDeepStrictEqual } from 'node:util'
import jsonpatch from 'fast-json-patch'
import type { Change, ChangeClass } from '../change.ts'
import { stableJson } from '../values/stable-json.ts'

/**
 * The differences of two specs by the rules of RFC 6902, each with the value before and after. `classOf` returns the class of a change
 * from the name of its top-level field and its full path; undefined: the field is derived, and not compared.
 */
export function fieldChanges<Spec extends object>(
  before: Spec | undefined,
  after: Spec,
  classOf: (field: string, path: string) => ChangeClass | undefined,
): readonly Change[] {
  if (before === undefined)
    return [{ path: '', before: undefined, after, class: 'live', drift: 'its record on the host is lost' }]
  // In most calls nothing has changed, and this check is fast.
  if (isDeepStrictEqual(before, after)) return []
  const [old, now] = [plain(before), plain(after)]
  const changes = jsonpatch.compare(old, now).flatMap(({ path }): Change[] => {
    const field = path.split('/')[1] ?? ''
    const changeClass = classOf(field, path)
    return changeClass === undefined
      ? []
      : [{ path, before: valueAt(old, path), after: valueAt(now, path), class: changeClass }]
  })
  return changes.sort((left, right) => (left.path < right.path ? -1 : 1))
}

const plain = (spec: object): object => JSON.parse(stableJson(spec)) as object

const valueAt = (document: object, path: string): unknown => {
  try {
    return jsonpatch.getValueByPointer(document, path)
  } catch {
    return undefined
  }
}
