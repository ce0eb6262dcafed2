import { type Address, parseAddress } from '../../model/address.ts'
import type { EventType, NewEvent } from '../../model/event.ts'
import { authorText } from '../../model/generation.ts'
import { openWatchStore } from '../../state/watch-store.ts'
import type { Session } from '../session.ts'
import type { ContainerOutcome, ContainerResult } from './containers.ts'

/** The results that change a container, with the event of each. */
const changes: Readonly<Partial<Record<ContainerResult, readonly [EventType, string]>>> = {
  started: ['container.started', 'Started'],
  stopped: ['container.stopped', 'Stopped'],
  restarted: ['container.restarted', 'Restarted'],
}

/** The events of a command that worked on containers: one for each that it has changed. Pure. */
export const outcomeEvents = (outcomes: readonly ContainerOutcome[]): readonly NewEvent[] =>
  outcomes.flatMap(({ address, result }) => {
    const change = result && changes[result]
    return change ? [containerEvent(address, ...change)] : []
  })

/** The events of containers that a command has removed. Pure. */
export const removedEvents = (containers: readonly Address[]): readonly NewEvent[] =>
  containers.map((address) => containerEvent(address, 'container.removed', 'Removed'))

function containerEvent(address: Address, type: EventType, reason: string): NewEvent {
  const { stack, name } = parseAddress(address)
  return { type, level: 'info', reason, message: `${name} was ${reason.toLowerCase()}.`, stack, address }
}

/** Publishes events of a command, with its user. A command does not depend on its events, and starts no server for them. */
export async function publishAsCommand(session: Session, events: readonly NewEvent[]): Promise<void> {
  // Without usable records the command has waited for them once.
  if (events.length === 0 || session.warnings.some(({ code }) => code.startsWith('redis-'))) return
  const { unlockedHost: host, paths, redisUrl: url } = session
  const by = authorText({ ...session.caller, command: session.command })
  const store = await openWatchStore({ host, paths, mode: 'read', ...(url !== undefined && { url }) })
  try {
    for (const event of events) await store?.publish({ ...event, by })
    // A server that this session has started would lose them.
    if (store) session.leaveServerRunning()
  } finally {
    await store?.close()
  }
}
