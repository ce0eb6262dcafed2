import { parseReconcile } from '../model/reconcile-settings.ts'
import { both, flag, listOf, nullable, number, object, type Shape, text } from '../model/values/shape.ts'

const diagnostic = object({ code: text, message: text })

/** What `watch` said of itself and its stacks (WatchStatus). */
export const watchStatus: Shape = object({
  instance: text,
  version: text,
  pid: number,
  startedAt: text,
  heartbeat: text,
  source: object({ kind: text, location: text, revision: nullable(text), ok: flag, message: text }),
  stacks: listOf(
    object({
      stack: text,
      files: listOf(text),
      mode: text,
      conditions: listOf(object({ type: text, status: flag, reason: text, message: text, since: text })),
      attempted: nullable(number),
      applied: nullable(number),
      appliedAt: nullable(text),
      lastError: nullable(diagnostic),
      drift: listOf(object({ address: text, text })),
      nextTry: nullable(text),
      objects: listOf(object({ address: text, kind: text, state: text, health: nullable(text), drift: listOf(text) })),
    }),
  ),
})

/** The fields of what `watch` remembers of a stack (StackMemory), each kept alone. */
const memory: Readonly<Record<string, Shape>> = {
  source: text,
  files: listOf(text),
  appliedHash: nullable(text),
  applied: nullable(number),
  attempted: nullable(number),
  attemptedHash: nullable(text),
  appliedAt: nullable(text),
  rejected: nullable(object({ hash: text, reason: text, message: text, generation: number, restored: flag })),
  settings: both(object({}), (value) => {
    try {
      parseReconcile(value as Parameters<typeof parseReconcile>[0])
      return undefined
    } catch (error) {
      return `has a wrong value: ${(error as Error).message}`
    }
  }),
  onRoot: flag,
}

/** Of a field `STACK/NAME`. A name that a later version has added is left to that one. */
export const memoryField = (field: string): Shape => {
  const name = field.slice(field.indexOf('/') + 1)
  return (Object.hasOwn(memory, name) ? memory[name] : undefined) ?? (() => undefined)
}

/** An event as the stream keeps it, without its id. */
export const storedEvent: Shape = object({ time: text, type: text, level: text, reason: text, message: text })
