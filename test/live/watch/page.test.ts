import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { resourceAddress } from '../../../src/model/resource-address.ts'
import { type RunningServer, startServer } from '../../../src/watch/http/server.ts'
import {
  ago,
  container,
  type FakeView,
  failedStack,
  readyStack,
  suspendedStack,
  watchStatus,
} from '../../watch/fixtures.ts'
import { containerDetails } from '../../watch/page-fixtures.ts'
import { launchBrowser, textOf } from './browser.ts'
import { holds, openAll, scene } from './page-scene.ts'

const hostile = '<img src=x onerror="document.title=1"><script>alert(1)</script>'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

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
  view = scene()
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

async function openPage(): Promise<void> {
  await page.goto(`http://${server.address}/`)
  await shows('#liveness', 'Live')
  await page.waitForSelector('.generation')
}

const shows = (selector: string, text: string | RegExp): Promise<void> =>
  vi.waitFor(async () => expect(await textOf(page, selector)).toMatch(text), { timeout: 30_000, interval: 50 })

/** A script of the page: the services of the map that a line to a network crosses. */
const crossedServices = `[...document.querySelectorAll('.map-stack svg')].flatMap((picture) => {
  const lines = [...picture.querySelectorAll('path.member')].flatMap((path) =>
    Array.from({ length: Math.ceil(path.getTotalLength()) }, (_, at) => path.getPointAtLength(at)))
  const isInside = (box) => lines.some(({ x, y }) => x > box.x && x < box.x + box.width && y > box.y + 1 && y < box.y + box.height - 1)
  return [...picture.querySelectorAll('a')].filter((link) => isInside(link.querySelector('rect').getBBox())).map((link) => link.textContent)
})`

interface Findings {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

/** What axe finds on the page as it is now. axe runs in a world of its own: the policy of the page forbids other scripts. */
async function axeFindings(): Promise<readonly string[]> {
  const client = await page.createCDPSession()
  const { frameTree } = await client.send('Page.getFrameTree')
  const { executionContextId } = await client.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id })
  const { result } = await client.send('Runtime.evaluate', {
    expression: `${axe}; axe.run(document).then(JSON.stringify)`,
    contextId: executionContextId,
    awaitPromise: true,
  })
  const { violations }: Findings = JSON.parse(String(result.value))
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

describe('the status page', () => {
  it('shows first what is wrong, why, and the command that helps', async () => {
    await openPage()
    expect(await page.title()).toBe('(3) default · HeroPods')
    expect(await textOf(page, '#facts')).toContain('8f3c2d9 Postgres 17.9 (Ada)')
    await shows('#summary', '3 Degraded, 1 Drifted, 1 Suspended')
    const attention = await textOf(page, '#problems')
    for (const part of [
      'mail: Degraded (ImagePullFailed)',
      'skopeo list-tags',
      'mail.yaml:12:12',
      'by Ada',
      'next try in',
    ])
      expect(attention).toContain(part)
    expect(attention).toContain('heropods logs shop/api.2')
    expect(attention).toContain('heropods resume legacy')
    const order = await page.$$eval('.stack .name', (nodes) => nodes.map((node) => node.textContent))
    expect(order.filter((name) => ['mail', 'wiki', 'legacy', 'dns', 'metrics'].includes(name ?? ''))).toEqual([
      'mail',
      'wiki',
      'legacy',
      'dns',
      'metrics',
    ])
    expect(await page.$eval('.stack details[open] .name', (node) => node.textContent)).toBe('mail')
    expect(problems).toEqual([])
  })

  it('shows a long command below its message, once', async () => {
    const command = `heropods apply --allow-mass-delete ${'--var-file /etc/heropods/vars.env '.repeat(3)}/etc/heropods/stacks`
    const stack = failedStack('gone', { lastError: null })
    const message = `More than 30 % of all objects would be removed at once. To remove them anyway: \`${command}\`.`
    const conditions = stack.conditions.map((one) => ({ ...one, reason: 'MassDeletion', message }))
    view.current = watchStatus([{ ...stack, conditions }])
    await openPage()
    await shows('#problems', 'To remove them anyway:')
    expect((await textOf(page, '#problems')).split(command)).toHaveLength(2)
    const [row = 0, text = 0] = await page.$$eval('.problem, .problem > p:not(.command)', (nodes) =>
      nodes.map((node) => node.getBoundingClientRect().width),
    )
    expect(text).toBeGreaterThan(row * 0.9)
    expect(problems).toEqual([])
  })

  it('shows a container with ports, address, graphs, health output and log, and its differences', async () => {
    await openPage()
    await openAll(page)
    await holds(page, '[id="c:shop/container/proxy"]', '80 → 8080')
    expect(await page.$$eval('.ports a', (nodes) => nodes.map((node) => node.getAttribute('href')))).toContain(
      'https://127.0.0.1:443/',
    )
    const unhealthy = '[id="c:shop/container/api.2"]'
    await holds(page, unhealthy, 'connection to db:5432 refused')
    await holds(page, unhealthy, /MiB/)
    for (const part of ['registry.example.com/shop/api:4.2', '10.94.0.5 on front', 'Restarts', '15 min'])
      await holds(page, unhealthy, part)
    await page.$eval(unhealthy, (node) => node.scrollIntoView())
    await page.waitForSelector(`${unhealthy} .line[d^="M"]`)
    expect(await page.$eval(`${unhealthy} .line`, (node) => node.getAttribute('d')?.length)).toBeGreaterThan(100)
    await holds(page, '.differences', /container\/db mem_limit256M256M512M/)
    const output = view.page.outputs.get('shop/container/api.2')
    if (output)
      view.page.outputs.set('shop/container/api.2', {
        ...output,
        log: [{ time: ago(0), stream: 'stdout', text: 'a new line' }],
      })
    await holds(page, unhealthy, 'a new line')
    expect(view.page.looking).toBe(1)
    expect(problems).toEqual([])
  })

  it('shows image, address, uptime, restarts and ports of a closed row at every width', async () => {
    await openPage()
    await page.$$eval('.stack > details', (nodes) => {
      for (const node of nodes) node.setAttribute('open', '')
    })
    const row = '[id="c:shop/container/api.2"]'
    await page.waitForSelector(row)
    for (const part of ['shop/api:4.2', '10.94.0.5, 10.94.1.5', 'up 15 min', '2 restarts'])
      await shows(`${row} .ports`, part)
    await page.setViewport({ width: 390, height: 900 })
    for (const part of ['shop/api:4.2', '10.94.0.5, 10.94.1.5', 'up 15 min', '2 restarts'])
      await shows(`${row} .ports`, part)
    expect(problems).toEqual([])
  })

  it('folds the containers that are well on a narrow screen, beside those that are not', async () => {
    await page.setViewport({ width: 768, height: 900 })
    await openPage()
    await page.waitForSelector('[id="c:shop/container/worker"]')
    const isShown = async (name: string) => (await page.$(`[id="c:shop/container/${name}"]`))?.isVisible()
    await vi.waitFor(async () => expect(await isShown('proxy')).toBe(false))
    await vi.waitFor(async () => expect(await isShown('worker')).toBe(true))
    await page.click('.unfold:not([hidden])')
    await vi.waitFor(async () => expect(await isShown('proxy')).toBe(true))
    await shows('.unfold:not([hidden])', 'Hide 4 healthy containers')
  })

  it('has one colour for one fact: a stack that a user must decide about is not shown as broken', async () => {
    const held = failedStack('a-held', { lastError: null })
    const conditions = held.conditions.map((one) => ({
      ...one,
      reason: 'AwaitingConfirmation',
      message: 'No file declares it any more. Remove it with `heropods destroy a-held`, or restore its file.',
    }))
    const loop = { tone: 'bad', word: 'crash loop', readiness: 'failed', lastExit: '137 (out of memory)' } as const
    view.page.containers = [containerDetails('z-broken', 'web', { ...loop, reason: 'does not stay up' })]
    view.current = watchStatus([{ ...held, conditions }, readyStack('z-broken')])
    await openPage()
    const rows = await page.$$eval('.stack > details > summary', (nodes) =>
      nodes.map((node) => [...node.querySelectorAll('span')].slice(0, 2).map((span) => span.textContent)),
    )
    expect(rows).toEqual([
      ['Degraded', 'z-broken'],
      ['Held', 'a-held'],
    ])
    const row = '[id="c:z-broken/container/web"]'
    await page.click(`${row} summary`)
    await holds(page, row, /crash loop[\s\S]*Last exitcode 137 \(out of memory\)/)
    await page.click('#map > summary')
    await page.waitForSelector('.map-stack circle[data-tone="bad"]')
    await shows('#problems', /Remove it with heropods destroy a-held,/)
    await page.waitForSelector('[aria-label="Copy: heropods destroy a-held"]')
    expect(problems).toEqual([])
  })

  it('puts a suspended stack with a broken container before one without', async () => {
    view.page.containers = [
      containerDetails('z-broken', 'web', { tone: 'bad', readiness: 'failed', reason: 'has exited' }),
    ]
    view.current = watchStatus([suspendedStack('a-calm'), suspendedStack('z-broken')])
    await openPage()
    const rows = await page.$$eval('.stack > details > summary', (nodes) =>
      nodes.map((node) => [...node.querySelectorAll('span')].slice(0, 2).map((span) => span.textContent)),
    )
    expect(rows).toEqual([
      ['Suspended', 'z-broken'],
      ['Suspended', 'a-calm'],
    ])
    await shows('#problems', 'z-broken/web')
    await shows('#problems', 'heropods resume z-broken')
    expect(problems).toEqual([])
  })

  it('shows a failed attempt until the stack is ready', async () => {
    const [tried, over] = [failedStack('tried'), readyStack('over', { attempted: 44, applied: 43 })]
    view.current = watchStatus([tried, over])
    await openPage()
    const rows = await page.$$eval('.stack > details > summary', (nodes) => nodes.map((node) => node.textContent))
    expect(rows[0]).toContain('generation 44 tried, 43 applied')
    expect(rows[1]).toMatch(/generation 43(?! applied)/)
    expect(rows[1]).not.toContain('44')
    expect(problems).toEqual([])
  })

  it('has the text of a problem once, with the commit; users are named in events', async () => {
    const commit = { id: '07f832baaaaaaaaa', subject: 'Bad page', author: 'Bob', time: ago(200) }
    view.current = watchStatus([failedStack('mail', { commit })])
    const message = 'The image cannot be pulled.'
    view.happen('stack.failed', { level: 'error', reason: 'ImagePullFailed', stack: 'mail', message, commit })
    view.happen('stack.suspended', { stack: 'mail', message: 'Reconciliation is suspended.', by: 'root' })
    view.happen('stack.applied', { stack: 'mail', message: 'It is applied.', commit })
    await openPage()
    await shows('#problems', 'At commit 07f832b "Bad page" by Bob')
    await shows('#events', 'Image pull failed: see Attention')
    await shows('#events', 'Reconciliation is suspended. (by root)')
    await shows('#events', 'It is applied. (commit 07f832b "Bad page" by Bob)')
    await shows('.stack[data-stacks="mail"]', 'Image pull failed: see Attention')
    expect((await textOf(page, 'body')).split(message)).toHaveLength(2)
    view.show(watchStatus([readyStack('mail')]))
    await shows('#events', `${message} (commit 07f832b`)
    expect(problems).toEqual([])
  })

  it('shows a change that waits as its own plan', async () => {
    const suspended = suspendedStack('shop')
    view.current = watchStatus([suspended])
    view.page.waiting = { shop: '  -/+ shop/container/web  restart in a new process\n      ~ image: a:1 -> a:2' }
    await openPage()
    const card = '.stack[data-stacks="shop"]'
    await page.$eval(`${card} > details`, (node) => node.setAttribute('open', ''))
    await shows(
      card,
      /The change that waits\s+-\/\+ shop\/container\/web {2}restart in a new process\s+~ image: a:1 -> a:2/,
    )
    expect(await axeFindings()).toEqual([])
    view.page.waiting = {}
    view.show(watchStatus([readyStack('shop')]))
    await vi.waitFor(async () => expect(await textOf(page, card)).not.toContain('The change that waits'))
    expect(problems).toEqual([])
  })

  it('lists a stack that watch does not follow with its owner', async () => {
    const own = readyStack('pulumi~infra~dev', { owner: { kind: 'pulumi', name: 'infra/dev' } })
    view.page.containers = [
      containerDetails(own.stack, 'web', { tone: 'bad', readiness: 'failed', reason: 'has exited with code 1' }),
    ]
    view.current = watchStatus([readyStack('shop')], { others: [own] })
    await openPage()
    const card = '.stack[data-stacks="pulumi~infra~dev"]'
    await shows(card, /Degraded[\s\S]*owner pulumi infra\/dev/)
    await shows(card, 'pulumi infra/dev: watch does not follow this stack')
    expect(await textOf(page, card)).not.toContain('Mode')
    await shows('#summary', '1 Degraded')
    expect(problems).toEqual([])
  })

  it('counts the repeats that an event stands for', async () => {
    await openPage()
    const since = ago(600)
    const again = { stack: 'shop', message: 'It fails again.', level: 'error' as const }
    view.happen('stack.failed', { ...again, time: since })
    for (const count of [2, 3, 4]) view.happen('stack.failed', { ...again, count, since })
    await shows('#events li:first-child', /It fails again.[\s\S]*4 times, last/)
    expect((await textOf(page, '#events')).split('It fails again.')).toHaveLength(2)
    await page.reload()
    await shows('#events li:first-child', '4 times, last')
  })

  it('prints all rows', async () => {
    await openPage()
    const rendering = () => page.evaluate("getComputedStyle(document.querySelector('.stack')).contentVisibility")
    expect(await rendering()).toBe('visible')
    await page.$eval('body', (node) => node.classList.add('many'))
    expect(await rendering()).toBe('auto')
    await page.emulateMediaType('print')
    expect(await rendering()).toBe('visible')
  })

  it('opens a generation: changes, commit, and the command that goes back', async () => {
    await openPage()
    await page.click('.generation:nth-child(3) summary')
    await shows('.generation-body', /From commit 54c2d91 "API 4.2" by Ada/)
    await shows('.generation-body', 'api:4.1 -> registry.example.com/shop/api:4.2')
    expect(await textOf(page, '.generation-body .command')).toContain('heropods rollback 43 --stack shop')
    // Generation 45 is in place, and 44 has failed.
    await page.click('.generation:nth-child(2) summary')
    await page.click('.generation:nth-child(1) summary')
    await shows('.generation:nth-child(2) .generation-body', 'Its plan is not stored.')
    await shows('.generation:nth-child(1) .generation-body', /From commit 91b07ca "More memory for db" by Grace/)
    expect(await page.$$('.generation-body .command')).toHaveLength(1)
    expect(problems).toEqual([])
  })

  it('shows the generations of one run of Pulumi as one row, with each of its parts', async () => {
    for (const generation of [46, 47, 48])
      view.generation({
        generation,
        command: 'pulumi',
        origin: 'infra/staging',
        pid: 99,
        stacks: ['pulumi~infra~staging'],
      })
    await openPage()
    await shows('#generations li:first-child', /^46–48\s+done\s+\+9 ~3 −0[\s\S]+pulumi infra\/staging/)
    expect(await textOf(page, '#generations li:nth-child(2)')).toMatch(/^45/)
    await page.click('.generation:first-child summary')
    await shows('.generation:first-child .generation-body', /Generation 48[\s\S]+Generation 47[\s\S]+Generation 46/)
    view.generation({
      generation: 49,
      command: 'pulumi',
      origin: 'infra/staging',
      pid: 99,
      stacks: ['pulumi~infra~staging'],
    })
    view.happen('apply.finished', { message: 'Done.' })
    await shows('#generations li:first-child', /^46–49/)
    // The row that is open stays open.
    await shows('.generation:first-child .generation-body', /Generation 49[\s\S]+Generation 46/)
  })

  it('names a rollback, and only the stacks that changed', async () => {
    const commit = { id: 'dd641e7aaaaaaaaa', subject: 'Crash', author: 'Bob', time: '2026-11-27T11:00:00Z' }
    const undoes = { generation: 44, commit }
    view.generation({ generation: 46, rollbackOf: 43, undoes, stacks: ['mail', 'shop'], changed: ['shop'] })
    await openPage()
    await shows(
      '#generations li:first-child',
      /^46\s+done[\s\S]+shop · watch \(undid generation 44, commit dd641e7 by Bob\): rollback to 43/,
    )
    const row = await textOf(page, '#generations li:first-child')
    expect(row).toContain('shop')
    expect(row).not.toContain('mail')
  })

  it('shows every condition of a stack, and leads to the change that was undone', async () => {
    const mail = failedStack('mail', { undone: 44 })
    const suspended = suspendedStack('mail').conditions.filter(({ type }) => type === 'Suspended')
    const conditions = mail.conditions.map((one) => (one.type === 'Suspended' ? (suspended[0] ?? one) : one))
    view.current = { ...view.current, stacks: [{ ...mail, conditions }] }
    await openPage()
    const card = '.stack[data-stacks="mail"]'
    await page.$eval(`${card} > details`, (node) => node.setAttribute('open', ''))
    // The problem above has the texts.
    await shows(card, /Suspended: see Attention[\s\S]*Image pull failed: see Attention/)
    expect(await textOf(page, '#problems')).toMatch(/The image cannot be pulled\.[\s\S]*Suspended by root\./)
    await shows(card, 'Generation 44 was undone. Generation 43 is in place.')
    await page.click(`${card} a[href="#generation-44"]`)
    await page.waitForSelector('#generation-44 details[open]')
    expect(problems).toEqual([])
  })

  it('draws services, networks and dependencies, and leads to a container', async () => {
    await openPage()
    await page.click('#map > summary')
    await page.waitForSelector('.map-stack a')
    expect(await page.evaluate(crossedServices)).toEqual([])
    expect(await page.$$('.map-stack path.member')).toHaveLength(11)
    await shows('#map-legend', 'is on the network')
    await holds(page, '.map-stack text', 'back 10.94.1.0/24 internal')
    await holds(page, '.map-stack text', '80 → 8080 +1')
    expect(await page.$$eval('figcaption', (nodes) => nodes.map((node) => node.textContent).join(' '))).toContain(
      'proxy waits for api.',
    )
    expect(await page.$$eval('figcaption', (nodes) => nodes.map((node) => node.textContent).join(' '))).toContain(
      'On network front 10.94.0.0/24: api, proxy.',
    )
    await page.$eval('a[aria-label^="worker"]', (node) => node.dispatchEvent(new Event('click', { bubbles: true })))
    await page.waitForSelector('[id="c:shop/container/worker"] details[open]')
    expect(problems).toEqual([])
  })

  it('shows what changes, counts repeats, and filters by stack', async () => {
    await openPage()
    expect(await textOf(page, '#events')).toContain('3 times, last')
    view.page.containers = [containerDetails('fresh', 'web', { health: 'starting', readiness: 'pending' })]
    view.show(watchStatus([readyStack('mail'), readyStack('fresh')]))
    view.happen('stack.applied', { stack: 'fresh', message: 'Generation 45 is there.' })
    view.generation({ generation: 46, stacks: ['fresh'] })
    await shows('#events li:first-child', 'Generation 45 is there.')
    await shows('#stacks', 'fresh')
    await shows('#generations li:first-child', /^46/)
    expect(await textOf(page, '#stacks')).not.toContain('shop')
    await shows('#summary', 'Everything matches the files.')
    expect(await page.title()).toBe('default · HeroPods')
    view.page.containers = [
      containerDetails('fresh', 'web', { readiness: 'failed', reason: 'is unhealthy', health: 'unhealthy' }),
    ]
    view.show(view.current)
    await shows('#problems', 'heropods logs fresh/web')
    await page.type('#filter', 'fre')
    expect(await textOf(page, '.stack:not([hidden]) > details > summary .name')).toBe('fresh')
    await page.type('#filter', 'x')
    await shows('#no-stacks', 'No stack has this in its name.')
    expect(problems).toEqual([])
  })

  it('says that the connection is lost, and catches up when it is back', async () => {
    await openPage()
    expect(problems).toEqual([])
    const { address: listen } = server
    await server.close()
    await shows('#liveness', 'Connection lost')
    view.happen('stack.healed', { stack: 'shop', message: 'Healed meanwhile.' })
    server = await startServer({ listen, hostname: 'box', view })
    await shows('#liveness', 'Live')
    await shows('#events li:first-child', 'Healed meanwhile.')
  })

  it('says that the loop does not respond, and what is wrong with the source', async () => {
    const source = { ...view.current.source, ok: false, message: 'no route to git.example.com' }
    view.current = watchStatus([], { heartbeat: ago(60), source })
    await page.goto(`http://${server.address}/`)
    await shows('#liveness', 'Not responding')
    await shows('#problems', /no route to git.example.com[\s\S]*git ls-remote https:\/\/git.example.com/)
    await shows('#no-stacks', 'no stacks yet')
  })

  it('shows texts of others as texts', async () => {
    const stack = failedStack('evil', { files: [hostile] })
    const lastError = { code: 'x', message: hostile, hint: hostile, place: { file: hostile, line: 1, column: 1 } }
    view.current = watchStatus([{ ...stack, lastError }, readyStack(hostile)], {
      instance: hostile,
      source: { kind: 'git', location: hostile, revision: hostile, ok: false, message: hostile },
    })
    const address = resourceAddress('evil', 'container', hostile)
    view.page.containers = [
      containerDetails('evil', hostile, { address, image: hostile, readiness: 'failed', reason: hostile }),
    ]
    view.page.differences = {
      evil: [{ address, field: hostile, wanted: hostile, recorded: hostile, live: hostile }],
    }
    view.page.outputs.set(address, {
      hidden: null,
      log: [{ time: ago(1), stream: 'stderr', text: hostile }],
      check: { output: hostile, endedAt: null, durationMs: 1 },
    })
    view.happen('stack.failed', { stack: hostile, address: hostile, message: hostile, level: 'error' })
    view.generation({ user: hostile, stacks: [hostile] })
    await openPage()
    await page.waitForSelector('.container > details')
    await page.$$eval('.container > details, .generation > details', (nodes) => {
      for (const node of nodes) node.setAttribute('open', '')
    })
    await holds(page, '.output', hostile)
    expect(
      (await page.$eval('body', (node) => node.textContent ?? '')).split(hostile).length - 1,
    ).toBeGreaterThanOrEqual(15)
    expect(await page.$$('img, main script')).toEqual([])
    expect(problems).toEqual([])
  })

  it.each([360, 390])('fits a phone of %i pixels', async (width) => {
    for (const generation of [48, 1234]) view.generation({ generation, stacks: ['shop', 'mail'] })
    await page.setViewport({ width, height: 740, isMobile: true, hasTouch: true, deviceScaleFactor: 2 })
    const long = failedStack('a-rather-long-name-of-a-stack-that-nobody-would-type-twice', {
      objects: [container('x', `a-container-${'with-a-long-name-'.repeat(4)}`, { health: 'starting' })],
    })
    view.current = watchStatus([...view.current.stacks, long])
    await openPage()
    const lines = await page.$$eval('.number', (nodes) =>
      nodes.map((node) => {
        const range = node.ownerDocument.createRange()
        range.selectNodeContents(node)
        return [node.textContent, new Set([...range.getClientRects()].map(({ top }) => top)).size]
      }),
    )
    expect(lines.slice(0, 3)).toEqual([
      ['1234', 1],
      ['48', 1],
      ['45', 1],
    ])
    await page.$$eval('details', (nodes) => {
      for (const node of nodes) node.setAttribute('open', '')
    })
    await holds(page, '.containers', 'api.2')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    expect(problems).toEqual([])
  })
})

describe('everyone can use the page', () => {
  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('axe finds nothing: %s, %i pixels', async (scheme, width) => {
    await page.setViewport({ width, height: 900 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await openPage()
    await openAll(page)
    expect(await axeFindings()).toEqual([])
  })

  it('axe would find an image without a text', async () => {
    await openPage()
    await page.$eval('main', (node) => node.append(node.ownerDocument.createElement('img')))
    expect(await axeFindings()).toEqual([expect.stringContaining('image-alt')])
  })

  it('everything is reached with the keyboard, with a visible focus', async () => {
    await openPage()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('attention')
    const passed: string[] = []
    for (let count = 0; count < 60; count += 1) {
      await page.keyboard.press('Tab')
      const { name, outline } = JSON.parse(
        String(
          await page.evaluate(`(() => {
            const node = document.activeElement
            if (node === document.body) return '{"name":"","outline":true}'
            const style = getComputedStyle(node)
            return JSON.stringify({
              name: node.getAttribute('aria-label') ?? node.textContent,
              outline: style.outlineStyle !== 'none' || style.stroke !== 'none',
            })
          })()`),
        ),
      )
      expect(outline, name).toBe(true)
      passed.push(name)
      if (name.startsWith('Ready') && name.includes('dns')) {
        await page.keyboard.press('Enter')
        await page.waitForSelector('[id="c:dns/container/web"]')
      }
      if (name === '') break
    }
    const all = passed.join('\n')
    for (const part of [
      'Copy: heropods logs shop/api.2',
      'Filter by stack',
      'mail',
      'dns',
      '53 → 53',
      'Map',
      'API 4.2',
    ])
      expect(all).toContain(part)
  })

  it('a screen reader gets the summary, not every event', async () => {
    await openPage()
    await shows('#summary', '3 Degraded')
    await vi.waitFor(async () =>
      expect(await page.$eval('#announcement', (node) => node.textContent)).toContain('3 Degraded'),
    )
    await page.evaluate(`
      spoken = 0
      for (const node of document.querySelectorAll('[role=status], [role=alert], [aria-live]'))
        new MutationObserver(() => { spoken += 1 }).observe(node, { childList: true, subtree: true, characterData: true })
    `)
    for (let count = 0; count < 50; count += 1)
      view.happen('stack.healed', { stack: 'shop', message: `Healed ${count}.` })
    await shows('#events', 'Healed 49.')
    expect(await page.evaluate('spoken')).toBe(0)
    expect(await page.$$eval('main, header, h1, section[aria-labelledby]', (nodes) => nodes.length)).toBe(7)
  })
})

describe('a page with a token', () => {
  it('asks for it, and shows the page to those who know it', async () => {
    const token = '0123456789abcdef0123'
    const guarded = await startServer({ listen: '127.0.0.1:0', hostname: 'box', view, token })
    try {
      await page.goto(`http://${guarded.address}/`)
      expect(await axeFindings()).toEqual([])
      await page.type('#token', 'a wrong one')
      await page.keyboard.press('Enter')
      await page.waitForNavigation()
      expect(await page.title()).toBe('HeroPods: token needed')
      await page.type('#token', token)
      await page.keyboard.press('Enter')
      await shows('#liveness', 'Live')
      await shows('#problems', 'heropods logs shop/api.2')
      expect(page.url()).toBe(`http://${guarded.address}/`)
      // The two pages without access.
      expect(problems.filter((text) => !text.includes('401'))).toEqual([])
    } finally {
      await guarded.close()
    }
  })
})

interface Trace {
  readonly traceEvents: readonly {
    readonly name: string
    readonly dur?: number
    readonly tdur?: number
    readonly tid: number
    readonly pid: number
  }[]
}

describe('a thousand containers', () => {
  const many = (round: number) => {
    view.page.containers = Array.from({ length: 1000 }, (_, position) =>
      containerDetails(
        `stack-${position % 10}`,
        `web.${position}`,
        (position + round) % 97 === 0 ? { health: 'starting' } : {},
      ),
    )
    return watchStatus(
      Array.from({ length: 10 }, (_, position) => readyStack(`stack-${position}`, { attempted: 40 + round })),
    )
  }

  it('with twenty events a second need no task of 50 ms', async () => {
    view.current = many(0)
    await openPage()
    await page.$$eval('.stack > details', (nodes) => {
      for (const node of nodes) node.setAttribute('open', '')
    })
    await vi.waitFor(async () => expect(await page.$$('.container')).toHaveLength(1000), 60_000)
    await page.tracing.start({ categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] })
    for (let round = 1; round <= 100; round += 1) {
      view.happen('container.started', { stack: `stack-${round % 10}`, message: `web.${round} was started.` })
      if (round % 4 === 0) view.show(many(round))
      if (round % 40 === 0)
        view.page.measure(Object.fromEntries(view.page.containers.map((one) => [one.address, [round % 30, 2 ** 26]])))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const trace: Trace = JSON.parse(Buffer.from((await page.tracing.stop()) ?? []).toString())
    await shows('#events', 'web.100 was started.')
    // The thread that runs the page's scripts. `tdur` is its own CPU time: other programs on the machine do not count.
    const script = trace.traceEvents.find(({ name }) => name === 'FunctionCall')
    const tasks = trace.traceEvents.filter(
      ({ name, pid, tid }) => name === 'RunTask' && pid === script?.pid && tid === script.tid,
    )
    expect(tasks.length).toBeGreaterThan(200)
    const long = tasks.map(({ tdur = 0 }) => tdur / 1000).filter((milliseconds) => milliseconds >= 50)
    expect(long).toEqual([])
    await page.type('#filter', 'stack-9')
    expect(await page.$$('.stack:not([hidden])')).toHaveLength(1)
    expect(problems).toEqual([])
  })
})
