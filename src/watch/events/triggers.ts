import type { EventType, HostEvent } from '../../model/event.ts'

const triggers: ReadonlySet<EventType> = new Set(['stack.suspended', 'stack.resumed', 'apply.finished'])

/** True if an event of another command needs a reconcile at once. */
export const triggersReconcile = ({ type }: HostEvent): boolean => triggers.has(type)
