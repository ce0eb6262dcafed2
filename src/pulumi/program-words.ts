import stackSchema from '../../schemas/stack.schema.json' with { type: 'json' }
import { isRecord } from '../model/values/unknown.ts'
import type { Path } from '../stack/read/position.ts'
import { camel } from './naming.ts'

/** The names of all fields of the stack language that differ in a program. */
const renamedFields: ReadonlySet<string> = new Set(fieldNames(stackSchema).filter((name) => camel(name) !== name))

function fieldNames(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(fieldNames)
  if (!isRecord(schema)) return []
  const own = isRecord(schema.properties) ? Object.keys(schema.properties) : []
  return [...own, ...Object.values(schema).flatMap(fieldNames)]
}

/** The path of a field in a program: `memLimit` for `containers.web.mem_limit`, because a resource is one object. Pure. */
export const programPath = (path: Path): string => path.slice(2).map(programName).join('.')

const programName = (part: string | number): string =>
  renamedFields.has(String(part)) ? camel(String(part)) : String(part)

/** A message or hint about a stack in the words of a program: between backticks and in suggestions, fields have their names in camelCase. Pure. */
export function inProgramWords(text: string, path: Path): string {
  const full = `\`${path.join('.')}\``
  const located = path.length > 2 ? text.replaceAll(full, `\`${programPath(path)}\``) : text
  return located.replace(/`[^`]*`|Did you mean "[^"]*"/g, (code) =>
    code.replace(/[a-z]+(?:[_-][a-z]+)+/g, (word) => (renamedFields.has(word) ? camel(word) : word)),
  )
}
