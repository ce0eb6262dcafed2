import type { EventType, NewEvent } from '../model/event.ts'
import { authorText } from '../model/generation.ts'
import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import type { ContainerOutcomes, ContainerResult } from '../reconciler/engine/containers.ts'
import { openEvents } from '../reconciler/engine/events.ts'
import type { Engine } from '../reconciler/engine.ts'
import { localHost } from './local-host.ts'
import { type CommonOptions, typedCommand } from './terminal.ts'

/** The results that change a container, with the event of each. */
const changes: Readonly<Partial<Record<ContainerResult, readonly [EventType, string]>>> = {
  started: ['container.started', 'Started'],
  stopped: ['container.stopped', 'Stopped'],
  restarted: ['container.restarted', 'Restarted'],
  paused: ['container.paused', 'Paused'],
  unpaused: ['container.unpaused', 'Unpaused'],
}

/** The events of a command that worked on containers: one for each that it has changed. Pure. */
export const outcomeEvents = (outcomes: ContainerOutcomes): readonly NewEvent[] =>
  outcomes.flatMap((outcome) => {
    const change = outcome.result && changes[outcome.result]
    return change ? [containerEvent(outcome, ...change)] : []
  })

/** The events of containers that a command has removed. Pure. */
export const removedEvents = (containers: readonly ChangedContainer[]): readonly NewEvent[] =>
  containers.map((container) => containerEvent(container, 'container.removed', 'Removed'))

/** A container that a command has changed, with the remark about its stop. */
interface ChangedContainer {
  readonly address: ResourceAddress
  readonly note?: string | undefined
}

function containerEvent({ address, note }: ChangedContainer, type: EventType, reason: string): NewEvent {
  const { stack, name } = parseResourceAddress(address)
  const message = `${name} was ${reason.toLowerCase()}${note === undefined ? '.' : `: it ${note}.`}`
  return { type, level: 'info', reason, message, stack, address }
}

/**
 * Publishes events of a command, with its user. Does not raise, since a command does not depend on its events, and starts no server for
 * them.
 */
export async function publishAsCommand(
  engine: Engine,
  { instance }: CommonOptions,
  events: readonly NewEvent[],
): Promise<void> {
  // Without usable records the command has waited for them once.
  if (events.length === 0 || engine.warnings.some(({ code }) => code.startsWith('redis-'))) return
  const by = authorText({ ...localHost.caller(), command: typedCommand() })
  const store = await openEvents({ host: localHost, ...(instance !== undefined && { instance }) }).catch(
    () => undefined,
  )
  if (store === undefined) return
  try {
    for (const event of events) await store.publish({ ...event, by })
    // Without this, the end of a command stops a server that it has started, and these events are lost.
    engine.leaveServerRunning()
  } catch {
    return
  } finally {
    await store.close()
  }
}
