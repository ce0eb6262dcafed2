import { relative } from 'node:path'
import type { DesiredStack, FieldReference, Origin } from '../model/desired.ts'
import type { Plan } from '../model/plan.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import { originText } from '../report/origin-text.ts'
import type { OriginOf } from '../report/plan-text.ts'

/** The origin of an object (path '') or of a field of it; undefined: not known. */
export type OriginLookup = (address: ResourceAddress, path: string) => Origin | undefined

/** The origins of all objects and fields that a plan changes, with files relative to `cwd`. Reads nothing for a plan without steps. */
export async function planOrigins(stacks: readonly DesiredStack[], plan: Plan, cwd: string): Promise<OriginLookup> {
  const found = new Map<string, Origin>()
  const fields = plan.steps.flatMap(({ address, changes }) =>
    [...new Set(['', ...changes.flatMap(({ path }) => pathsTo(path))])].map((path) => ({ address, path })),
  )
  for (const stack of fields.length > 0 ? stacks : []) {
    const origins = await stack.origins(fields)
    for (const [index, origin] of origins.entries()) {
      const field = fields[index]
      if (field && origin) found.set(keyOf(field), { ...origin, file: shownFile(origin.file, cwd) })
    }
  }
  return (address, path) => found.get(keyOf({ address, path }))
}

const keyOf = ({ address, path = '' }: FieldReference): string => `${address} ${path}`

/** A field and the fields around it: a plan may show a list or a map in one line. */
const pathsTo = (path: string): readonly string[] => {
  const parts = path.split('/').slice(1)
  return parts.map((_, depth) => `/${parts.slice(0, depth + 1).join('/')}`)
}

/** A file as its user would write it: relative to the folder, unless it is outside. */
export function shownFile(file: string, cwd: string): string {
  const short = relative(cwd, file)
  return short === '' || short.startsWith('..') ? file : short
}

/** The lookup for the text of a plan. */
export const originTexts =
  (originAt: OriginLookup): OriginOf =>
  (address, path) => {
    const origin = originAt(address, path)
    return origin && originText(origin)
  }
