import type { MessageParts } from '../model/event.ts'
import { visibleLine } from '../model/values/visible.ts'

/** This many objects have a line; the others are counted. */
const listed = 10

/** The lines below the summary of a message: its objects, then the way out. None if the message has no parts. Pure. */
export function partLines(parts: MessageParts | undefined): readonly string[] {
  if (parts === undefined) return []
  const { objects, hint } = parts
  const rest = objects.length - listed
  const shown = rest > 1 ? objects.slice(0, listed) : objects
  return [
    ...shown.map((one) => `  - ${visibleLine(one)}`),
    ...(rest > 1 ? [`  ... and ${rest} more`] : []),
    `  -> ${visibleLine(hint)}`,
  ]
}
