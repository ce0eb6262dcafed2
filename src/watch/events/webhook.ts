import { createHmac } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'

const maxTries = 3

/** `retryMs` is the wait after the first failure, four times as long after the second, each half as long to half as long again. */
export interface WebhookOptions {
  readonly secret?: string
  readonly warn: (message: string) => void
  readonly timeoutMs: number
  readonly retryMs: number
  readonly queueLength: number
}

/** One receiver: posts texts one after the other, in order, and never makes the sender wait. */
export class Webhook {
  /** Only the origin is shown: path and query of such URLs are often their password. */
  private readonly shown: string
  private readonly queue: string[] = []
  private readonly stop = new AbortController()
  private draining: Promise<void> | undefined
  private dropped = 0

  constructor(
    private readonly url: URL,
    private readonly options: WebhookOptions,
  ) {
    this.shown = url.origin
  }

  /** Queues a text. A full queue drops its oldest one, and warns of it after the next delivery. */
  send(text: string): void {
    if (this.queue.length >= this.options.queueLength) {
      this.queue.shift()
      this.dropped += 1
    }
    this.queue.push(text)
    this.draining ??= this.drain()
  }

  /** Waits until the queue is empty, at most `timeoutMs`. Then it drops the rest, with a warning. */
  async close(timeoutMs: number): Promise<void> {
    const timer = setTimeout(timeoutMs, undefined, { signal: this.stop.signal, ref: false })
      .then(() => this.stop.abort())
      .catch(() => undefined)
    await this.draining
    this.stop.abort()
    await timer
  }

  private async drain(): Promise<void> {
    // The caller of `send` continues first.
    await Promise.resolve()
    for (let text = this.queue.shift(); text !== undefined; text = this.queue.shift()) {
      if (this.stop.signal.aborted) {
        this.dropped += 1 + this.queue.length
        this.queue.length = 0
      } else await this.deliver(text)
      if (this.dropped > 0) this.options.warn(`${this.dropped} notifications to ${this.shown} were dropped.`)
      this.dropped = 0
    }
    this.draining = undefined
  }

  private async deliver(text: string): Promise<void> {
    let wait = this.options.retryMs
    for (let tries = 1; ; tries++) {
      const failure = await this.post(text)
      if (failure === undefined) return
      if (tries === maxTries || failure.final || this.stop.signal.aborted)
        return this.options.warn(`A notification to ${this.shown} was not delivered: ${failure.reason}.`)
      await setTimeout(wait * (0.5 + Math.random()), undefined, { signal: this.stop.signal }).catch(() => undefined)
      wait *= 4
    }
  }

  /** Returns the reason of a failure. `final`: the same request would fail again. */
  private async post(text: string): Promise<{ readonly reason: string; readonly final: boolean } | undefined> {
    const { secret, timeoutMs } = this.options
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        // A redirect could carry the event anywhere.
        redirect: 'manual',
        signal: AbortSignal.any([this.stop.signal, AbortSignal.timeout(timeoutMs)]),
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'heropods',
          ...(secret !== undefined && { 'X-HeroPods-Signature': signature(text, secret) }),
        },
        body: text,
      })
      await response.body?.cancel()
      if (response.ok) return undefined
      const { status } = response
      return { reason: `it answered ${status}`, final: status < 500 && status !== 408 && status !== 429 }
    } catch (error) {
      return { reason: failureText(error), final: false }
    }
  }
}

/** As forges sign their webhooks: `sha256=` and the HMAC of the body's bytes in hex. */
export const signature = (body: string | Buffer, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** Never the message of the error: it may hold the URL. */
function failureText(error: unknown): string {
  if (!(error instanceof Error)) return 'no connection'
  if (error.name === 'TimeoutError') return 'no answer in time'
  if (error.name === 'AbortError') return 'watch is stopping'
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection'
}
