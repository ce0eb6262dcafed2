import type { ServerResponse } from 'node:http'
import type { HostEvent } from '../../model/event.ts'
import { Admission } from './admission.ts'
import { alive } from './health.ts'
import { type EventMessage, type Message, StreamClient } from './stream-client.ts'
import type { StatusView } from './view.ts'

export const maxClients = { all: 32, ofOneAddress: 16 }
const heartbeatMs = 15_000
/** The status of a hundred stacks is a few hundred kilobytes: it is sent once for all the changes of this time. */
const statusDelayMs = 200
/** Events that are read at once for a client that comes back. */
const replayed = 200

/**
 * Sends status and events to the pages that are open, as Server-Sent Events: `status` (a WatchStatus), `event` (a HostEvent, whose id is
 * the message's) and every 15 s `heartbeat` ({alive, now}), by which a page sees that the connection is open and corrects its clock. It is
 * an event and no comment of the stream, because scripts do not see comments.
 * A client that names the last event it has gets those after it. One that does not read is dropped; it connects again.
 */
export class EventStream {
  private readonly clients = new Set<StreamClient>()
  private readonly admission = new Admission(maxClients)
  private readonly heartbeat: NodeJS.Timeout
  private readonly unsubscribe: () => void
  private pendingStatus: NodeJS.Timeout | undefined
  private newest: { readonly message: Message; readonly madeAt: number } | undefined

  constructor(private readonly view: StatusView) {
    this.heartbeat = setInterval(() => this.broadcast(() => this.beat()), heartbeatMs).unref()
    this.unsubscribe = view.subscribe((update) => {
      if (update.kind === 'event') this.broadcast(() => eventMessage(update.event))
      else
        this.pendingStatus ??= setTimeout(() => {
          this.pendingStatus = undefined
          this.newest = undefined
          this.broadcast(() => this.status())
        }, statusDelayMs).unref()
    })
  }

  /** Admits one more client of this address. Returns the function to call when it leaves; undefined: there is no room. */
  enter(address: string): (() => void) | undefined {
    return this.admission.enter(address)
  }

  /** Takes over a response whose head is written. `after`: id of the last event that the client has. */
  add(response: ServerResponse, after?: string): void {
    const client = new StreamClient(response, () => this.status(), after)
    this.clients.add(client)
    response.on('close', () => this.clients.delete(client))
    client.send(this.beat())
    client.send(this.status())
    if (after === undefined) return
    const read = async (id: string) => (await this.view.events({ after: id, limit: replayed })).map(eventMessage)
    // If events cannot be read now, the client connects again and reads them then.
    client.replay(read).catch(() => response.destroy())
  }

  close(): void {
    this.unsubscribe()
    clearInterval(this.heartbeat)
    clearTimeout(this.pendingStatus)
    for (const client of this.clients) client.end()
  }

  /** The status as all clients are sent it: the same bytes for those that ask at about the same time. */
  private status(): Message {
    if (this.newest === undefined || Date.now() - this.newest.madeAt > statusDelayMs) {
      const bytes = toBytes('status', this.view.status())
      this.newest = { message: { kind: 'status', bytes }, madeAt: Date.now() }
    }
    return this.newest.message
  }

  private beat(): Message {
    const now = Date.now()
    const data = { alive: alive(this.view.status(), now), now: new Date(now).toISOString() }
    return { kind: 'heartbeat', bytes: toBytes('heartbeat', data) }
  }

  private broadcast(make: () => Message): void {
    if (this.clients.size === 0) return
    const message = make()
    for (const client of this.clients) client.send(message)
  }
}

const eventMessage = (event: HostEvent): EventMessage => ({
  kind: 'event',
  id: event.id,
  bytes: toBytes('event', event, event.id),
})

/** JSON has no line ends of its own, so one data line holds it. */
const toBytes = (name: string, data: unknown, id?: string): Buffer =>
  Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
