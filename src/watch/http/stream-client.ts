import type { ServerResponse } from 'node:http'

/** Limit of messages that wait for a client, bytes. */
const maxBacklogBytes = 1024 * 1024
/** How long a client may take to read waiting messages. Milliseconds. */
const maxStallMs = 30_000

/** A part of a stream. Several clients share its bytes. */
export type Message = { readonly kind: 'status' | 'heartbeat'; readonly bytes: Buffer } | EventMessage

export interface EventMessage {
  readonly kind: 'event'
  readonly id: string
  readonly bytes: Buffer
}

/**
 * One client of the stream. While it does not read nothing but events waits for it: of statuses it gets the newest one afterwards. One
 * that reads nothing for long, or that has too much waiting, is dropped.
 */
export class StreamClient {
  private stalled: NodeJS.Timeout | undefined
  private owesStatus = false
  private replaying = false
  private skipped = false

  constructor(
    private readonly response: ServerResponse,
    /** The newest status, asked for once the client reads again. */
    private readonly status: () => Message,
    /** Id of the last event that it has. */
    private lastEvent = '0',
  ) {
    response.on('drain', () => this.drained())
    response.on('close', () => clearTimeout(this.stalled))
  }

  send(message: Message): void {
    if (message.kind === 'event') {
      if (this.replaying) this.skipped = true
      else this.sendEvent(message)
    } else if (this.stalled === undefined) this.write(message)
    else if (message.kind === 'status') this.owesStatus = true
  }

  /** Sends the events that the client has missed: `read` returns those after an id. New events follow in their order. */
  async replay(read: (after: string) => Promise<readonly EventMessage[]>): Promise<void> {
    this.replaying = true
    for (let before = ''; (before !== this.lastEvent || this.skipped) && !this.response.destroyed; ) {
      before = this.lastEvent
      this.skipped = false
      for (const message of await read(this.lastEvent)) this.sendEvent(message)
    }
    this.replaying = false
  }

  end(): void {
    this.response.end()
  }

  /** One that was read as missed may come once more as new. */
  private sendEvent(message: EventMessage): void {
    if (!isLater(message.id, this.lastEvent)) return
    this.lastEvent = message.id
    this.write(message)
  }

  private write({ bytes }: Message): void {
    if (this.response.destroyed) return
    if (this.response.writableLength > maxBacklogBytes) this.response.destroy()
    else if (!this.response.write(bytes)) this.stalled ??= setTimeout(() => this.response.destroy(), maxStallMs).unref()
  }

  private drained(): void {
    clearTimeout(this.stalled)
    this.stalled = undefined
    if (this.owesStatus) this.write(this.status())
    this.owesStatus = false
  }
}

/** Ids are `MILLISECONDS-NUMBER`. Pure. */
function isLater(id: string, other: string): boolean {
  const [time = 0, number = 0] = id.split('-').map(Number)
  const [otherTime = 0, otherNumber = 0] = other.split('-').map(Number)
  return time > otherTime || (time === otherTime && number > otherNumber)
}
