import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { InstanceEvent } from '../../src/model/event.ts'
import { Notifier, type NotifierOptions, parseNotifyUrls } from '../../src/watch/events/notify.ts'
import { signature } from '../../src/watch/events/webhook.ts'
import { hostEvent } from './fixtures.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver; `answer` says the status of its next answer, undefined: none until `answerHeld`. */
class Receiver {
  readonly received: Received[] = []
  answer: () => number | undefined = () => 204
  private readonly held: ServerResponse[] = []
  private readonly server: Server

  constructor() {
    this.server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      this.received.push({ headers: request.headers, body })
      const status = this.answer()
      if (status === undefined) this.held.push(response)
      else response.writeHead(status, { location: '/elsewhere' }).end('noted')
    })
  }

  async start(): Promise<URL> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks/s3cret?token=s3cret`)
  }

  answerHeld(status: number): void {
    for (const response of this.held.splice(0)) response.writeHead(status).end()
  }

  get messages(): readonly string[] {
    return this.received.map(({ body }) => (JSON.parse(body) as InstanceEvent).message)
  }

  stop(): void {
    this.server.close()
    this.server.closeAllConnections()
  }
}

const receivers: Receiver[] = []
const warnings: string[] = []

async function receiver(): Promise<[Receiver, URL]> {
  const made = new Receiver()
  receivers.push(made)
  return [made, await made.start()]
}

const notifier = (urls: readonly URL[], more: Partial<NotifierOptions> = {}): Notifier =>
  new Notifier({
    urls,
    instance: 'default',
    host: 'host1',
    warn: (message) => warnings.push(message),
    retryMs: 1,
    ...more,
  })

const failed = (message: string): InstanceEvent => hostEvent('stack.failed', { stack: 'shop', message })

afterEach(() => {
  for (const one of receivers.splice(0)) one.stop()
  warnings.length = 0
})

describe('a notifier', () => {
  it('posts events in order, signed, with instance and host', async () => {
    const [one, url] = await receiver()
    const sender = notifier([url], { secret: 'key' })
    for (const message of ['first', 'second', 'third']) sender.notify(failed(message))
    await sender.close(5000)
    expect(one.messages).toEqual(['first', 'second', 'third'])
    const { headers, body } = one.received[0] as Received
    expect(JSON.parse(body)).toMatchObject({ type: 'stack.failed', stack: 'shop', instance: 'default', host: 'host1' })
    expect(headers['content-type']).toBe('application/json')
    expect(headers['x-heropods-signature']).toBe(signature(body, 'key'))
    expect(warnings).toEqual([])
  })

  it('tries three times, and shows nothing but the origin', async () => {
    const [one, url] = await receiver()
    one.answer = () => (one.received.length < 3 ? 500 : 204)
    const sender = notifier([url])
    sender.notify(failed('kept'))
    await vi.waitFor(() => expect(one.received).toHaveLength(3))
    one.answer = () => 503
    sender.notify(failed('given up'))
    await sender.close(5000)
    expect(one.messages).toEqual([...Array(3).fill('kept'), ...Array(3).fill('given up')])
    expect(warnings).toEqual([`A notification to ${url.origin} was not delivered: it answered 503.`])
  })

  it.each([302, 404])('takes %i as the last word', async (status) => {
    const [one, url] = await receiver()
    one.answer = () => status
    const sender = notifier([url])
    sender.notify(failed('once'))
    await sender.close(5000)
    expect(one.received).toHaveLength(1)
    expect(warnings).toHaveLength(1)
  })

  it('drops the oldest where a receiver is silent, which holds up no other', async () => {
    const [silent, silentUrl] = await receiver()
    const [other, otherUrl] = await receiver()
    silent.answer = () => undefined
    // No try ends by itself: how long the others take changes nothing.
    const sender = notifier([silentUrl, otherUrl], { queueLength: 3, timeoutMs: 60_000 })
    sender.notify(failed('0'))
    await vi.waitFor(() => expect(silent.received).toHaveLength(1), 60_000)
    for (let count = 1; count <= 5; count++) {
      sender.notify(failed(String(count)))
      await vi.waitFor(() => expect(other.received).toHaveLength(count + 1), 60_000)
    }
    silent.answer = () => 204
    silent.answerHeld(204)
    await sender.close(60_000)
    expect(silent.messages).toEqual(['0', '3', '4', '5'])
    expect(other.messages).toEqual(['0', '1', '2', '3', '4', '5'])
    expect(warnings).toContain(`2 notifications to ${silentUrl.origin} were dropped.`)
  }, 120_000)

  it('gives up what is left when its time to close is over', async () => {
    const [silent, url] = await receiver()
    silent.answer = () => undefined
    const sender = notifier([url])
    for (const message of ['a', 'b', 'c']) sender.notify(failed(message))
    await sender.close(50)
    expect(warnings).toEqual([
      `A notification to ${url.origin} was not delivered: watch is stopping.`,
      `2 notifications to ${url.origin} were dropped.`,
    ])
  })

  it('tells of a ready stack only after its failure, and of nothing ordinary', async () => {
    const [one, url] = await receiver()
    const sender = notifier([url])
    for (const type of ['stack.ready', 'apply.started', 'stack.failed', 'stack.ready', 'stack.ready'] as const)
      sender.notify(hostEvent(type, { stack: 'shop' }))
    await sender.close(5000)
    expect(one.received.map(({ body }) => (JSON.parse(body) as InstanceEvent).type)).toEqual([
      'stack.failed',
      'stack.ready',
    ])
  })

  it('sends a failure that repeats once, and the same failure after a success again', async () => {
    const [one, url] = await receiver()
    const sender = notifier([url])
    const since = '2026-11-27T12:00:00Z'
    sender.notify({ ...failed('kept'), time: since })
    sender.notify({ ...failed('kept'), time: '2026-11-27T12:00:01Z', count: 2, since })
    sender.notify({ ...failed('kept'), time: '2026-11-27T12:10:00Z' })
    // Its first occurrence was replaced before this watch has read it.
    sender.notify({ ...failed('unread'), time: '2026-11-27T12:20:00Z', count: 2, since: '2026-11-27T12:19:00Z' })
    await sender.close(5000)
    expect(one.messages).toEqual(['kept', 'kept', 'unread'])
  })

  it('reads its receivers from one text', () => {
    expect(parseNotifyUrls(' https://a.example/x,http://b.example/\n').map(String)).toEqual([
      'https://a.example/x',
      'http://b.example/',
    ])
    for (const bad of ['ftp://s3cret.example', 's3cret', 'https://user:s3cret@a.example']) {
      expect(() => parseNotifyUrls(bad)).toThrow('URL 1 of HEROPODS_NOTIFY_URL')
      expect(() => parseNotifyUrls(bad)).not.toThrow('s3cret')
    }
  })
})
