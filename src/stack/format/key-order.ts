import { isRecord } from '../../model/values/unknown.ts'
import { type Schema, trail } from '../check/schema-parts.ts'
import type { Path } from '../read/position.ts'
import { topLevelKeys } from '../top-level-keys.ts'

/**
 * The order of the keys of the map at a path: that of the schema. `undefined`: the keys are names of the user, and their order stays. Keys
 * that are not in the list follow in their own order. Pure.
 */
export function keyOrder(schema: Schema, path: Path, data: unknown): readonly string[] | undefined {
  if (path.length === 0) return topLevelKeys
  const passed = trail(schema, path, data)
  const fields = passed.length > path.length ? passed.at(-1)?.properties : undefined
  return isRecord(fields) ? Object.keys(fields) : undefined
}
