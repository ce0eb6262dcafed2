import { messageOf } from '../model/errors.ts'
import type { InstanceEvent } from '../model/event.ts'
import { parseReconcile } from '../model/reconcile-settings.ts'
import type { WatchStatus } from '../model/status.ts'
import { both, flag, listOf, nullable, number, object, optional, type Shape, text } from '../model/values/shape.ts'
import { isRecord } from '../model/values/unknown.ts'
import { commitShape } from './record-reader.ts'

const diagnostic = object({ code: text, message: text })

const stackStatus = object({
  stack: text,
  owner: optional(object({ kind: text, name: optional(text) })),
  files: listOf(text),
  commit: optional(commitShape),
  mode: text,
  conditions: listOf(object({ type: text, status: flag, reason: text, message: text, since: text })),
  attempted: nullable(number),
  applied: nullable(number),
  appliedAt: nullable(text),
  lastError: nullable(diagnostic),
  drift: listOf(object({ address: text, text })),
  nextTry: nullable(text),
  objects: listOf(object({ address: text, kind: text, state: text, health: nullable(text), drift: listOf(text) })),
})

/** The shape of the status that watch publishes. */
export const watchStatus: Shape<WatchStatus> = object({
  instance: text,
  version: text,
  pid: number,
  startedAt: text,
  heartbeat: text,
  source: object({
    kind: text,
    location: text,
    revision: nullable(text),
    commit: optional(commitShape),
    ok: flag,
    reason: optional(text),
    message: text,
    fetchedAt: optional(text),
    checkout: optional(text),
  }),
  stacks: listOf(stackStatus),
  others: optional(listOf(stackStatus)),
})

/** The shapes of the fields of a WatchRecord. Each field is stored alone. */
const watchRecordFields: Readonly<Record<string, Shape>> = {
  source: text,
  files: listOf(text),
  appliedHash: nullable(text),
  applied: nullable(number),
  attempted: nullable(number),
  attemptedHash: nullable(text),
  appliedAt: nullable(text),
  rejected: nullable(
    object({
      hash: text,
      reason: text,
      message: text,
      generation: number,
      commit: optional(commitShape),
      restored: flag,
    }),
  ),
  settings: both(object({}), (value) => {
    try {
      if (isRecord(value)) parseReconcile(value)
      return undefined
    } catch (error) {
      return `has a wrong value: ${messageOf(error)}`
    }
  }),
  onRoot: flag,
}

/** The shape of a field `STACK/NAME`. Fields of later versions are not checked. */
export const watchRecordField = (field: string): Shape => {
  const name = field.slice(field.indexOf('/') + 1)
  return (Object.hasOwn(watchRecordFields, name) ? watchRecordFields[name] : undefined) ?? (() => undefined)
}

/** The shape of an event in the stream, without its ID. */
export const storedEvent: Shape<Omit<InstanceEvent, 'id'>> = object({
  time: text,
  type: text,
  level: text,
  reason: text,
  message: text,
})
