import type { ServerResponse } from 'node:http'
import { alive } from './health.ts'
import type { StatusView } from './view.ts'

export const maxClients = 32
const heartbeatMs = 15_000
/** The status of a hundred stacks is a few hundred kilobytes: it is sent once for all the changes of this time. */
const statusDelayMs = 200
/** What may wait for a client that does not read. */
const maxBacklog = 4 * 1024 * 1024

/**
 * Sends status and events to the pages that are open, as Server-Sent Events: `status` (a WatchStatus), `event` (a HostEvent) and every
 * 15 s `heartbeat` ({alive, now}), by which a page sees that the connection stands and corrects its clock. A client that does not read
 * is dropped; it connects again and starts from the whole status.
 */
export class EventStream {
  private readonly clients = new Set<ServerResponse>()
  private readonly heartbeat: NodeJS.Timeout
  private readonly unsubscribe: () => void
  private pendingStatus: NodeJS.Timeout | undefined

  constructor(private readonly view: StatusView) {
    this.heartbeat = setInterval(() => this.broadcast('heartbeat', () => this.beat()), heartbeatMs).unref()
    this.unsubscribe = view.subscribe((update) => {
      if (update.kind === 'event') this.broadcast('event', () => update.event)
      else
        this.pendingStatus ??= setTimeout(() => {
          this.pendingStatus = undefined
          this.broadcast('status', () => view.status())
        }, statusDelayMs).unref()
    })
  }

  get full(): boolean {
    return this.clients.size >= maxClients
  }

  /** Takes over a response whose head is written. */
  add(response: ServerResponse): void {
    this.clients.add(response)
    response.on('close', () => this.clients.delete(response))
    response.write(message('heartbeat', this.beat()) + message('status', this.view.status()))
  }

  close(): void {
    this.unsubscribe()
    clearInterval(this.heartbeat)
    clearTimeout(this.pendingStatus)
    for (const client of this.clients) client.end()
  }

  private beat() {
    const now = Date.now()
    return { alive: alive(this.view.status(), now), now: new Date(now).toISOString() }
  }

  private broadcast(name: string, data: () => unknown): void {
    if (this.clients.size === 0) return
    const text = message(name, data())
    for (const client of this.clients) {
      if (client.writableLength > maxBacklog) client.destroy()
      else client.write(text)
    }
  }
}

/** JSON has no line ends of its own, so one data line holds it. */
const message = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
