import type { ServerResponse } from 'node:http'
import type { InstanceEvent } from '../../model/event.ts'
import { Admission } from './admission.ts'
import { alive } from './health.ts'
import { PageDocument } from './page-document.ts'
import { type EventMessage, type Message, StreamClient } from './stream-client.ts'
import type { StatusView } from './view.ts'

export const maxClients = { all: 32, ofOneAddress: 16 }
const heartbeatMs = 15_000
/** The status of a hundred stacks is a few hundred kilobytes: it is sent once for all the changes of this time. */
const statusDelayMs = 200
/** Events that are read at once for a client that comes back. */
const maxReplayedEvents = 200

/** `status`: each change sends the complete status. `page`: it sends the changed part of the page's data. */
export type StreamKind = 'status' | 'page'

/**
 * Sends status and events to the clients that are connected, as Server-Sent Events: `status` (a WatchStatus), `event` (an InstanceEvent, whose id
 * is the message's) and every 15 s `heartbeat` ({alive, now}), by which a page sees that the connection is open and corrects its clock. It is
 * an event and no comment of the stream, because scripts do not see comments.
 * A page gets `patch` (a DocumentPatch) instead of `status`, and `usage` (a UsageSample). One that has missed a patch gets `reload`.
 * A client that names the last event it has gets those after it. One that does not read is dropped; it connects again.
 */
export class EventStream {
  private readonly clients: Readonly<Record<StreamKind, Set<StreamClient>>> = { status: new Set(), page: new Set() }
  private readonly admission = new Admission(maxClients)
  private readonly document: PageDocument
  private readonly heartbeat: NodeJS.Timeout
  private readonly unsubscribe: readonly (() => void)[]
  private pendingStatus: NodeJS.Timeout | undefined
  private newest: { readonly message: Message; readonly madeAt: number } | undefined

  constructor(private readonly view: StatusView) {
    this.document = new PageDocument(() => view.page.entries())
    this.heartbeat = setInterval(() => this.broadcast(['status', 'page'], () => this.beat()), heartbeatMs).unref()
    this.unsubscribe = [
      view.subscribe((update) => {
        if (update.kind === 'event') this.broadcast(['status', 'page'], () => eventMessage(update.event))
        else this.pendingStatus ??= setTimeout(() => this.sendStatus(), statusDelayMs).unref()
      }),
      view.page.usage.subscribe((sample) =>
        this.broadcast(['page'], () => ({ kind: 'heartbeat', bytes: toBytes('usage', sample) })),
      ),
    ]
  }

  /** Admits one more client of this address. Returns the function to call when it leaves; undefined: there is no room. */
  enter(address: string): (() => void) | undefined {
    return this.admission.enter(address)
  }

  /** Takes over a response whose head is written. `after`: id of the last event that the client has. */
  add(response: ServerResponse, kind: StreamKind, after?: string): void {
    const own = kind === 'status' ? () => this.status() : () => reload
    const client = new StreamClient(response, own, after)
    const clients = this.clients[kind]
    clients.add(client)
    response.on('close', () => clients.delete(client))
    client.send(this.beat())
    if (kind === 'status') client.send(this.status())
    else response.on('close', this.view.page.usage.look())
    if (after === undefined) return
    const read = async (id: string) =>
      (await this.view.events({ after: id, limit: maxReplayedEvents })).map(eventMessage)
    // If events cannot be read now, the client connects again and reads them then.
    client.replay(read).catch(() => response.destroy())
  }

  /** All data of the page, as JSON. The patches that follow have higher versions. */
  page(): string {
    this.sendPatch()
    return this.document.text()
  }

  close(): void {
    for (const end of this.unsubscribe) end()
    clearInterval(this.heartbeat)
    clearTimeout(this.pendingStatus)
    for (const client of [...this.clients.status, ...this.clients.page]) client.end()
  }

  private sendStatus(): void {
    this.pendingStatus = undefined
    this.newest = undefined
    this.broadcast(['status'], () => this.status())
    if (this.clients.page.size > 0) this.sendPatch()
  }

  private sendPatch(): void {
    const patch = this.document.patch()
    if (patch) this.broadcast(['page'], () => ({ kind: 'status', bytes: toBytes('patch', patch) }))
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

  private broadcast(kinds: readonly StreamKind[], make: () => Message): void {
    const clients = kinds.flatMap((kind) => [...this.clients[kind]])
    if (clients.length === 0) return
    const message = make()
    for (const client of clients) client.send(message)
  }
}

const eventMessage = (event: InstanceEvent): EventMessage => ({
  kind: 'event',
  id: event.id,
  bytes: toBytes('event', event, event.id),
})

/** JSON has no line ends of its own, so one data line holds it. */
const toBytes = (name: string, data: unknown, id?: string): Buffer =>
  Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)

/** For a page that has missed patches. */
const reload: Message = { kind: 'status', bytes: toBytes('reload', {}) }
