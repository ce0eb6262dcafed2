import { isMap, isPair, isSeq } from './yaml.ts'

/** Where the parser noticed that a collection is not closed, and the bracket that is missing there. */
export interface MissingBracket {
  readonly offset: number
  readonly closing: string
}

/**
 * The offset of the opening bracket of each missing one: a person looks for it there, and the parser notices its absence only lines later.
 * Undefined where no collection ends at the offset. Pure.
 */
export function openingBrackets(
  contents: unknown,
  missing: readonly MissingBracket[],
): readonly (number | undefined)[] {
  // Of collections that end at the same offset, the outer ones are those that are not closed.
  const outerFirst = [...flowCollections(contents)].sort((left, right) => left.start - right.start)
  return missing.map(({ offset, closing }, index) => {
    const earlier = missing.slice(0, index).filter((one) => one.offset === offset && one.closing === closing).length
    return outerFirst.filter((one) => one.end === offset && one.closing === closing)[earlier]?.start
  })
}

interface FlowCollection {
  readonly start: number
  readonly end: number
  readonly closing: string
}

/** The collections in `[ ]` and `{ }`. A loop, because a document may be nested deeper than the call stack. */
function flowCollections(contents: unknown): readonly FlowCollection[] {
  const found: FlowCollection[] = []
  const open: unknown[] = [contents]
  while (open.length > 0) {
    const node = open.pop()
    if (!isMap(node) && !isSeq(node)) continue
    if (node.flow && node.range)
      found.push({ start: node.range[0], end: node.range[1], closing: isMap(node) ? '}' : ']' })
    for (const item of node.items) {
      if (isPair(item)) open.push(item.key, item.value)
      else open.push(item)
    }
  }
  return found
}
