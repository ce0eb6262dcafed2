import type { Browser, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RunningServer, startServer } from '../../../src/watch/http/server.ts'
import {
  ago,
  container,
  FakeView,
  failedStack,
  progressingStack,
  readyStack,
  suspendedStack,
  watchStatus,
} from '../../watch/fixtures.ts'
import { launchBrowser, textOf } from './browser.ts'

/** Where to put pictures to look at by hand. */
const pictures = process.env.HEROPODS_PICTURES
const hostile = '<img src=x onerror="document.title=1"><script>alert(1)</script>'

let browser: Browser
let page: Page
let view: FakeView
let server: RunningServer
let problems: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})

afterAll(() => browser?.close())

beforeEach(async () => {
  view = new FakeView(watchStatus(stacks()))
  for (let count = 1; count <= 5; count++) view.generation({ time: ago(86_400 / count), stacks: ['shop', 'mail'] })
  view.generation({ result: 'failed', stacks: ['mail'], user: 'deploy' })
  view.happen('watch.started', { message: 'Watching https://git.example.com/ops/stacks.git.', time: ago(7200) })
  view.happen('source.changed', { message: 'Revision 8f3c2d91ab04.', time: ago(400) })
  view.happen('stack.failed', {
    level: 'error',
    stack: 'mail',
    message: 'docker.io/library/postgres:17.9 is not there.',
    time: ago(95),
  })
  view.happen('container.unhealthy', {
    level: 'warning',
    stack: 'shop',
    address: 'shop/container/api.2',
    message: 'GET http://127.0.0.1:8080/healthz answered 503, three times.',
    time: ago(30),
  })
  server = await startServer({ listen: '127.0.0.1:0', hostname: 'box', view })
  page = await browser.newPage()
  problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => problems.push(message.text()))
  await page.setViewport({ width: 1280, height: 900 })
})

afterEach(async () => {
  await page.close()
  await server.close()
})

const stacks = () => [
  readyStack('shop', {
    mode: 'warn',
    drift: [{ address: 'shop/network/lan', text: 'the chain HEROPODS-FORWARD has one rule less' }],
    objects: [
      { address: 'shop/network/lan', kind: 'network', state: 'present', health: null, drift: ['one rule less'] },
      { address: 'shop/volume/data', kind: 'volume', state: 'present', health: null, drift: [] },
      container('shop', 'db', { health: null }),
      container('shop', 'api.1'),
      container('shop', 'api.2', { health: 'unhealthy' }),
      container('shop', 'worker', { state: 'exited', health: null }),
    ],
  }),
  failedStack('mail'),
  suspendedStack('legacy'),
  progressingStack('wiki'),
  readyStack('dns'),
  readyStack('metrics'),
]

async function openPage(): Promise<void> {
  await page.goto(`http://${server.address}/`)
  await shows('#liveness', 'Live')
  await page.waitForSelector('#history tr')
}

const shows = (selector: string, text: string | RegExp): Promise<void> =>
  vi.waitFor(async () => expect(await textOf(page, selector)).toMatch(text), { timeout: 30_000, interval: 50 })

async function picture(name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

describe('the status page', () => {
  it('shows source, stacks, what is wrong and where, events and history', async () => {
    await openPage()
    expect(await page.title()).toBe('(1) default · HeroPods')
    expect(await textOf(page, '#facts')).toContain('8f3c2d91ab04')
    expect(await textOf(page, '#summary')).toBe('1 degraded, 1 drifted, 1 progressing, 1 suspended, 2 ready')
    expect(await page.$$eval('.name', (nodes) => nodes.map((node) => node.textContent))).toEqual([
      'mail',
      'shop',
      'wiki',
      'legacy',
      'dns',
      'metrics',
    ])
    // What failed is open, with the error, its way out and its place.
    const mail = await textOf(page, 'details[open]')
    for (const part of [
      'Degraded',
      'generation 44 tried, 43 applied',
      'skopeo list-tags',
      'mail.yaml:12:12',
      'next try in',
    ])
      expect(mail).toContain(part)
    // By the keyboard: the link past the header, the filter, the first stack, the second.
    for (let count = 0; count < 4; count++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await shows('[aria-label="Objects of shop"]', 'container/api.2\trunning\tunhealthy')
    await shows('details[open]', 'one rule less')
    expect(await textOf(page, '#events')).toMatch(/^container\.unhealthy/)
    expect(await textOf(page, '#history tr:first-child')).toMatch(/6\s+failed\s+\+3 ~1 −0\s+mail\s+deploy/)
    await picture('desktop-light')
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
    await picture('desktop-dark')
    expect(problems).toEqual([])
  })

  it('shows what changes, and filters by stack', async () => {
    await openPage()
    view.show(watchStatus([...stacks().slice(2), readyStack('mail'), readyStack('fresh')]))
    view.happen('stack.applied', { stack: 'fresh', message: 'Generation 7 is there.' })
    view.generation({ stacks: ['fresh'] })
    await shows('#events li:first-child', 'Generation 7 is there.')
    await shows('#stacks', 'fresh')
    await shows('#history tr:first-child', /^7/)
    expect(await textOf(page, '#stacks')).not.toContain('shop')
    expect(await page.title()).toBe('default · HeroPods')
    await page.type('#filter', 'fre')
    expect(await textOf(page, '.stack:not([hidden]) .name')).toBe('fresh')
    await shows('.event:not([hidden])', /^stack\.applied\s+fresh[\s\S]*there\.$/)
    await page.type('#filter', 'x')
    await shows('#no-stacks', 'No stack has this in its name.')
    expect(problems).toEqual([])
  })

  it('says that the connection is lost, and catches up when it is back', async () => {
    await openPage()
    expect(problems).toEqual([])
    const { address } = server
    await server.close()
    await shows('#liveness', 'Connection lost')
    view.happen('stack.healed', { stack: 'shop', message: 'Mended meanwhile.' })
    server = await startServer({ listen: address, hostname: 'box', view })
    await shows('#liveness', 'Live')
    await shows('#events li:first-child', 'Mended meanwhile.')
    expect(await page.$$('#events li')).toHaveLength(view.known.length)
  })

  it('says that the loop does not respond, and what is wrong with the source', async () => {
    const source = { ...view.current.source, ok: false, message: 'no route to git.example.com' }
    view.current = watchStatus([], { heartbeat: ago(60), source })
    await page.goto(`http://${server.address}/`)
    await shows('#liveness', 'Not responding')
    await shows('#source-problem', 'no route to git.example.com')
    await shows('#no-stacks', 'no stacks yet')
  })

  it('shows texts of others as texts', async () => {
    const objects = [container('evil', hostile, { drift: [hostile], state: hostile as never })]
    const stack = failedStack('evil', { objects, files: [hostile], drift: [{ address: hostile, text: hostile }] })
    const lastError = {
      code: 'x',
      message: hostile,
      hint: hostile,
      place: { file: hostile, line: 1, column: 1, quote: hostile },
    }
    view.current = watchStatus([{ ...stack, lastError }, readyStack(hostile)], {
      instance: hostile,
      source: { kind: 'git', location: hostile, revision: hostile, ok: false, message: hostile },
    })
    view.happen('stack.failed', { stack: hostile, address: hostile, message: hostile, level: 'error' })
    view.generation({ user: hostile, stacks: [hostile] })
    await openPage()
    const shown = await textOf(page, 'body')
    expect(shown.split(hostile).length - 1).toBeGreaterThanOrEqual(13)
    expect(await page.$$('img, main script')).toEqual([])
    expect(problems).toEqual([])
  })

  it.each([360, 390])('fits a phone of %i pixels', async (width) => {
    for (const generation of [48, 1234]) view.generation({ generation, stacks: ['shop', 'mail'] })
    await page.setViewport({ width, height: 740, isMobile: true, hasTouch: true, deviceScaleFactor: 2 })
    const long = failedStack('a-rather-long-name-of-a-stack-that-nobody-would-type-twice', {
      objects: [container('x', `a-container-${'with-a-long-name-'.repeat(4)}`, { health: 'starting' })],
    })
    view.current = watchStatus([...stacks(), long])
    await openPage()
    await picture(`phone-${width}`)
    const lines = await page.$$eval('#history th', (nodes) =>
      nodes.map((node) => {
        const range = node.ownerDocument.createRange()
        range.selectNodeContents(node)
        return [node.textContent, new Set([...range.getClientRects()].map(({ top }) => top)).size]
      }),
    )
    expect(lines.slice(0, 3)).toEqual([
      ['1234', 1],
      ['48', 1],
      ['6', 1],
    ])
    await page.$$eval('details', (nodes) => {
      for (const node of nodes) node.setAttribute('open', '')
    })
    await shows('[aria-label="Objects of shop"]', 'api.2')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    expect(problems).toEqual([])
  })

  it('stays usable with a hundred stacks and a thousand objects', async () => {
    const many = (health: 'healthy' | 'starting') =>
      watchStatus(
        Array.from({ length: 100 }, (_, at) =>
          readyStack(`stack-${at}`, {
            objects: Array.from({ length: 10 }, (_, number) => container(`stack-${at}`, `web.${number}`, { health })),
          }),
        ),
      )
    view.current = many('healthy')
    await openPage()
    await page.click('summary')
    await page.evaluate(`
      longest = 0
      new PerformanceObserver((list) => list.getEntries().forEach((one) => { longest = Math.max(longest, one.duration) }))
        .observe({ type: 'longtask' })
    `)
    for (let count = 0; count < 200; count++) view.happen('stack.healed', { stack: `stack-${count % 100}` })
    view.show(many('starting'))
    await shows('details[open]', 'starting')
    await page.type('#filter', 'stack-9')
    expect(await page.$$('.stack:not([hidden])')).toHaveLength(11)
    // A task of a second would be felt; the machine may be busy with other things.
    expect(await page.evaluate('longest')).toBeLessThan(1000)
    await picture('many')
    expect(problems).toEqual([])
  })
})
