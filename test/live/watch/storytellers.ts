import { once } from 'node:events'
import { createServer, get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'puppeteer-core'
import { expect } from 'vitest'
import type { InstanceEvent } from '../../../src/model/event.ts'
import { signature } from '../../../src/watch/events/webhook.ts'
import { launchBrowser, textOf } from './browser.ts'

/** What a webhook brought, with whether its signature was right. */
export interface Notice extends InstanceEvent {
  readonly instance: string
  readonly host: string
  readonly signed: boolean
}

/** A receiver of webhooks. */
export class Receiver {
  readonly notices: Notice[] = []
  private server: Server | undefined

  constructor(private readonly secret: string) {}

  /** Answers its URL. */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const body = Buffer.concat(parts)
        const signed = request.headers['x-heropods-signature'] === signature(body, this.secret)
        this.notices.push({ ...JSON.parse(body.toString()), signed })
        response.end()
      })
    })
    this.server = server
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`
  }

  stop(): void {
    this.server?.close()
    this.server?.closeAllConnections()
  }
}

/** One request over a connection of its own; `gone` where nobody answers. */
export const ask = (url: string): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve) => {
    const gone = (): void => resolve({ status: 0, text: 'gone' })
    const request = get(url, { agent: false, timeout: 2000 }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: text.trim() }))
      // It went away in the middle of its answer.
      response.on('error', gone)
    })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', gone)
  })

/** Asks the same address all the time, and keeps what it was answered since the last `clear`. */
export class Visitor {
  readonly answers: string[] = []
  private going = true
  private readonly rounds: Promise<void>

  constructor(url: string) {
    this.rounds = (async () => {
      while (this.going) {
        this.answers.push((await ask(url)).text)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    })()
  }

  clear(): void {
    this.answers.length = 0
  }

  async stop(): Promise<void> {
    this.going = false
    await this.rounds
  }
}

/** Prometheus' text format, by series as it is written: `name{label="value"}`. */
export function parseMetrics(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [, series, value] = /^([a-z_]+(?:\{.*\})?) (\S+)$/.exec(line) ?? expect.fail(`no sample: ${line}`)
        return [series as string, Number(value)]
      }),
  )
}

/** The status page in a browser. */
export class Reader {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async open(url: string): Promise<Reader> {
    const browser = await launchBrowser()
    const page = await browser.newPage()
    await page.goto(url)
    return new Reader(browser, page)
  }

  /** The card of a stack, opened. */
  async card(stack: string): Promise<string> {
    const names = await this.page.$$eval('.stack .name', (nodes) => nodes.map((node) => node.textContent))
    const card = `.stack:nth-child(${names.indexOf(stack) + 1})`
    await this.page.$eval(`${card} details`, (node) => node.setAttribute('open', ''))
    return textOf(this.page, card)
  }

  text = (selector: string): Promise<string> => textOf(this.page, selector)

  close = (): Promise<void> => this.browser.close()
}
