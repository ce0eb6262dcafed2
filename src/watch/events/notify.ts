import { refusedError } from '../../model/errors.ts'
import type { EventType, InstanceEvent } from '../../model/event.ts'
import { Webhook } from './webhook.ts'

/** Events that users are notified of: problems, and their end. `stack.ready` counts only after a failure. */
const notified: ReadonlySet<EventType> = new Set([
  'stack.failed',
  'stack.rolled-back',
  'stack.drifted',
  'stack.held',
  'stack.ready',
  'source.failed',
  'source.recovered',
  'container.unhealthy',
])

/** Failures whose repetitions are recognized. */
const maxRemembered = 1000

export interface NotifierOptions {
  readonly urls: readonly URL[]
  /** Signs every body: `X-HeroPods-Signature: sha256=HMAC`. */
  readonly secret?: string
  readonly instance: string
  /** Name of this machine. */
  readonly host: string
  /** Called with a message about each loss. It names only the origin of the receiver. */
  readonly warn: (message: string) => void
  /** Of one try. Default 5000. */
  readonly timeoutMs?: number
  /** Wait before the second try. Default 1000. */
  readonly retryMs?: number
  /** Texts that wait for one receiver. Default 100. */
  readonly queueLength?: number
}

/**
 * Posts events to webhooks as JSON: the event with `instance` and `host`. In order for each receiver, three tries, no redirects. A dead
 * receiver holds up neither the caller nor the others.
 */
export class Notifier {
  private readonly webhooks: readonly Webhook[]
  private readonly failing = new Set<string>()
  /** Times of the first failures that were sent: their repetitions are not. */
  private readonly sent = new Set<string>()

  constructor(private readonly options: NotifierOptions) {
    const { urls, timeoutMs = 5000, retryMs = 1000, queueLength = 100 } = options
    this.webhooks = urls.map((url) => new Webhook(url, { ...options, timeoutMs, retryMs, queueLength }))
  }

  /** Queues an event, if it is one that users are notified of. Do not call it for drift that is healed at once. */
  notify(event: InstanceEvent): void {
    if (!this.isNotified(event) || this.isRepetition(event)) return
    const { instance, host } = this.options
    const text = JSON.stringify({ ...event, instance, host })
    for (const webhook of this.webhooks) webhook.send(text)
  }

  /** Waits until everything is delivered or given up, at most `timeoutMs`. */
  async close(timeoutMs: number): Promise<void> {
    await Promise.all(this.webhooks.map((webhook) => webhook.close(timeoutMs)))
  }

  private isRepetition({ type, stack = '', reason, message, time, since = time }: InstanceEvent): boolean {
    const key = [type, stack, reason, message, since].join(' ')
    const isSent = this.sent.has(key)
    this.sent.add(key)
    if (this.sent.size > maxRemembered) this.sent.delete([...this.sent][0] ?? '')
    return isSent
  }

  private isNotified({ type, stack = '' }: InstanceEvent): boolean {
    if (type === 'stack.failed' || type === 'stack.rolled-back') this.failing.add(stack)
    if (type === 'stack.ready') return this.failing.delete(stack)
    return notified.has(type)
  }
}

/**
 * Reads HEROPODS_NOTIFY_URL: http and https URLs with commas or blanks between them. Raises `bad-notify-url` (refused), which quotes
 * nothing of them.
 */
export function parseNotifyUrls(text: string): readonly URL[] {
  const texts = text.split(/[\s,]+/).filter((one) => one !== '')
  return texts.map((one, index) => {
    const url = URL.canParse(one) ? new URL(one) : undefined
    if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url
    throw refusedError({
      code: 'bad-notify-url',
      message: `URL ${index + 1} of HEROPODS_NOTIFY_URL cannot be used.`,
      hint: 'Write http:// or https:// URLs without user and password; a token belongs in the path or the query.',
    })
  })
}
