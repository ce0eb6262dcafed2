import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, type RequestOptions, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pageToken } from '../../src/cli/commands/watch/page-token.ts'
import { isOwnHost, parseListen } from '../../src/watch/http/address.ts'
import { maxConnections, type RunningServer, startServer } from '../../src/watch/http/server.ts'
import { maxClients } from '../../src/watch/http/stream.ts'
import type { HookRequest } from '../../src/watch/http/view.ts'
import { ago, FakeView, failedStack, readyStack, suspendedStack, watchStatus } from './fixtures.ts'
import { containerDetails } from './page-fixtures.ts'

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

let view: FakeView
let server: RunningServer
const hooks: HookRequest[] = []

beforeEach(async () => {
  view = new FakeView(watchStatus([readyStack('shop'), suspendedStack('old')]))
  const onHook = async (hook: HookRequest): Promise<number> => {
    hooks.push(hook)
    return hook.headers['x-hub-signature-256'] === 'good' ? 202 : 401
  }
  server = await startServer({ listen: '127.0.0.1:0', hostname: 'box', view, onHook })
})

afterEach(async () => {
  await server.close()
  hooks.length = 0
})

/** The response as soon as its head is here. */
function open(path: string, options: RequestOptions = {}, body?: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const made = request(`http://${server.address}`, { agent: false, path, ...options }, resolve)
    made.on('error', reject)
    made.end(body)
  })
}

async function call(path: string, options: RequestOptions = {}, body?: Buffer): Promise<Answer> {
  const response = await open(path, options, body)
  let text = ''
  for await (const chunk of response) text += chunk
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}

/** Reads a stream until it holds what is looked for. */
async function streamed(response: IncomingMessage, ...wanted: readonly string[]): Promise<string> {
  let text = ''
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  await vi.waitFor(() => {
    for (const one of wanted) expect(text).toContain(one)
  }, 5000)
  return text
}

describe('the server', () => {
  it('answers page, API, metrics and health, and HEAD with the same head', async () => {
    view.happen('stack.ready', { stack: 'shop' })
    view.generation()
    const types = {
      '/': 'text/html',
      '/app.js': 'text/javascript',
      '/style.css': 'text/css',
      '/icon.svg': 'image/svg+xml',
      '/metrics': 'text/plain; version=0.0.4',
      '/healthz': 'text/plain',
      '/readyz': 'text/plain',
      '/api/status': 'application/json',
      '/api/events': 'application/json',
      '/api/history': 'application/json',
    }
    for (const [path, type] of Object.entries(types)) {
      const answer = await call(path)
      expect(answer.status, path).toBe(200)
      expect(answer.headers['content-type'], path).toContain(type)
      const { status, headers, text } = await call(path, { method: 'HEAD' })
      expect({ path, status, text, length: headers['content-length'] }).toEqual({
        path,
        status: 200,
        text: '',
        length: answer.headers['content-length'],
      })
    }
    expect(JSON.parse((await call('/api/status')).text)).toEqual(view.current)
    expect(JSON.parse((await call('/api/history')).text)).toEqual({ generations: view.generations })
  })

  it('shows no more than it must, to nobody else', async () => {
    const { headers } = await call('/')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['access-control-allow-origin']).toBeUndefined()
    for (const path of ['/nothing', '/../package.json', '/%2e%2e/server.ts', '/constructor', '//evil/', 'http://evil/'])
      expect((await call(path)).status, path).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await call('/api/status', { method })).status, method).toBe(405)
  })

  it('answers to its own names only', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example'])
      expect((await call('/api/status', { headers: { host } })).status, host).toBe(403)
    for (const host of ['localhost:1', '192.0.2.7:80', '[::1]:80', `${'box'}:9180`])
      expect((await call('/api/status', { headers: { host } })).status, host).toBe(200)
    expect(isOwnHost('status.example:80', 'Status.example', 'box')).toBe(true)
    expect(isOwnHost(undefined, '127.0.0.1', 'box')).toBe(false)
  })

  it('is ready when the source and every stack that is not suspended are', async () => {
    view.current = watchStatus([readyStack('shop'), failedStack('mail')], {
      source: { ...view.current.source, ok: false, message: 'no route to host' },
    })
    const { status, text } = await call('/readyz')
    expect(status).toBe(503)
    expect(text).toContain('source: no route to host')
    expect(text).toContain('mail: ')
    expect(text).not.toContain('shop')
    expect((await call('/healthz')).status).toBe(200)
    view.current = watchStatus([], { heartbeat: ago(60) })
    expect((await call('/healthz')).status).toBe(503)
    expect((await call('/readyz')).status).toBe(503)
  })

  it('gives the data of the page: all of it, then what changes; a generation; the output of a container', async () => {
    view.page.containers = [containerDetails('shop', 'web')]
    view.generation({ generation: 7 })
    const stream = await open('/api/changes')
    expect(view.page.looking).toBe(1)
    const { version, values } = JSON.parse((await call('/api/page')).text)
    expect(values['container shop/container/web']).toMatchObject({ name: 'web', readiness: 'ready' })
    expect(values['stack shop'].objects).toEqual([expect.objectContaining({ kind: 'network' })])
    view.page.containers = [containerDetails('shop', 'web', { health: 'starting' })]
    view.show(view.current)
    view.page.measure({ 'shop/container/web': [12.5, 1024] })
    const text = await streamed(
      stream,
      `event: patch\ndata: {"version":${version + 1},`,
      '"health":"starting"',
      'event: usage',
    )
    expect(text).not.toContain('event: status')
    stream.destroy()
    await vi.waitFor(() => expect(view.page.looking).toBe(0))
    expect(JSON.parse((await call('/api/usage')).text).samples).toHaveLength(1)
    expect(JSON.parse((await call('/api/generation?number=7')).text)).toMatchObject({ generation: 7, plan: null })
    expect(JSON.parse((await call('/api/output?container=shop/container/web')).text).log).toEqual([])
    for (const [path, status] of [
      ['/api/generation?number=8', 404],
      ['/api/generation?number=x', 400],
      ['/api/output?container=../../etc/passwd', 404],
    ] as const)
      expect((await call(path)).status, path).toBe(status)
  })

  it('gives events after an id, within limits', async () => {
    const [first, second] = [view.happen('watch.started'), view.happen('source.changed')]
    expect(JSON.parse((await call(`/api/events?after=${first.id}`)).text)).toEqual({ events: [second] })
    for (const query of ['limit=0', 'limit=1001', 'limit=x', 'after=%2B'])
      expect((await call(`/api/events?${query}`)).status, query).toBe(400)
  })

  it('says so where records cannot be read, and goes on', async () => {
    view.history = () => Promise.reject(new Error('redis://user:s3cret@host'))
    const { status, text } = await call('/api/history')
    expect([status, text]).toEqual([500, 'This could not be read.\n'])
    expect((await call('/healthz')).status).toBe(200)
  })

  it('takes a webhook as its handler says, by any name, of at most 1 MiB', async () => {
    const headers = { 'x-hub-signature-256': 'good', host: 'deploy.example' }
    expect((await call('/hook', { method: 'POST', headers }, Buffer.from('{"ref":1}'))).status).toBe(202)
    expect(hooks[0]?.body.toString()).toBe('{"ref":1}')
    expect((await call('/hook', { method: 'POST' }, Buffer.from('{}'))).status).toBe(401)
    expect((await call('/hook')).status).toBe(405)
    // The server may end the connection before all is sent.
    const status = await call('/hook', { method: 'POST', headers }, Buffer.alloc(1024 * 1024 + 1)).then(
      (answer) => answer.status,
      () => 'cut off',
    )
    expect([413, 'cut off']).toContain(status)
    expect(hooks).toHaveLength(2)
    const bare = await startServer({ listen: '127.0.0.1:0', hostname: 'box', view })
    const answer = await fetch(`http://${bare.address}/hook`, { method: 'POST' })
    expect(answer.status).toBe(404)
    await bare.close()
  })

  it('refuses addresses that it cannot listen on', async () => {
    for (const listen of ['9180', ':9180', '127.0.0.1', '::1:80', '[1.2.3.4]:80', '127.0.0.1:65536'])
      expect(() => parseListen(listen), listen).toThrow('not an address to listen on')
    expect(parseListen('[::1]:80')).toEqual({ host: '::1', port: 80 })
    await expect(startServer({ listen: server.address, hostname: 'box', view })).rejects.toThrow('Cannot listen on')
  })
})

describe('a token', () => {
  const token = '0123456789abcdef0123'
  let guarded: RunningServer

  beforeEach(async () => {
    guarded = await startServer({ listen: '127.0.0.1:0', hostname: 'box', view, token })
  })
  afterEach(() => guarded.close())

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`http://${guarded.address}${path}`, { redirect: 'manual', ...init })
  const login = (given: string, headers = {}) =>
    ask('/login', { method: 'POST', body: new URLSearchParams({ token: given }), headers })

  it('is needed for all data: as a bearer token', async () => {
    view.current = watchStatus([failedStack('mail')])
    const data = [
      '/app.js',
      '/metrics',
      '/api/status',
      '/api/events',
      '/api/stream',
      '/api/changes',
      '/api/page',
      '/api/history',
    ]
    for (const path of [...data, '/api/usage', '/api/generation?number=1', '/api/output?container=a/container/b']) {
      expect((await ask(path)).status, path).toBe(401)
      expect((await ask(path, { headers: { authorization: `Bearer ${token}x` } })).status, path).toBe(401)
      expect((await ask(path, { headers: { cookie: `heropods-0=${token}` } })).status, path).toBe(401)
    }
    expect((await ask(`/api/status?token=${token}`)).status).toBe(401)
    const allowed = await ask('/api/status', { headers: { authorization: `Bearer ${token}` } })
    expect(allowed.status).toBe(200)
    expect(allowed.headers.get('set-cookie')).toBeNull()
  })

  it('is not needed for probes, which then give no reasons', async () => {
    view.current = watchStatus([failedStack('mail')])
    expect((await ask('/healthz')).status).toBe(200)
    const ready = await ask('/readyz')
    expect([ready.status, await ready.text()]).toEqual([503, 'not ready\n'])
    const known = await ask('/readyz', { headers: { authorization: `Bearer ${token}` } })
    expect(await known.text()).toContain('mail')
  })

  it('sets a cookie through a form', async () => {
    const form = await ask('/')
    expect([form.status, form.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="heropods"'])
    expect(await form.text()).toContain('action="/login"')
    const wrong = await login('wrong')
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null])
    const right = await login(token, { 'x-forwarded-proto': 'https' })
    expect([right.status, right.headers.get('location')]).toEqual([303, '/'])
    const cookie = right.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Secure$/)
    expect(cookie).not.toContain(token)
    const page = await ask('/', { headers: { cookie: `other=1; ${cookie.split(';')[0]}` } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('id="attention"')
  })

  it('cannot be tried many times at once', async () => {
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => login('guess')))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(4)
    expect(statuses.filter((status) => status === 503)).toHaveLength(4)
  })

  it('comes from a file or a variable, and is long', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'heropods-token-')), 'token')
    writeFileSync(file, `${token}\n`)
    expect(pageToken({ listenTokenFile: file }, { HEROPODS_PAGE_TOKEN: 'another-token-here' })).toBe(token)
    expect(pageToken({}, { HEROPODS_PAGE_TOKEN: token })).toBe(token)
    expect(pageToken({}, { HEROPODS_PAGE_TOKEN: '' })).toBeUndefined()
    for (const text of ['short', '', 'with a space in it ....', `${token}\nsecond line`]) {
      writeFileSync(file, text)
      expect(() => pageToken({ listenTokenFile: file }, {}), text).toThrow('is not valid')
    }
    rmSync(dirname(file), { recursive: true })
    expect(() => pageToken({ listenTokenFile: file }, {})).toThrow('cannot be read')
  })
})

describe('many clients', () => {
  it('get one answer a connection: requests that are sent ahead are not worked on', async () => {
    let asked = 0
    view.metrics = async () => {
      asked += 1
      return 'x\n'
    }
    const socket = connect(Number(server.address.split(':')[1]), '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(3))
    await once(socket, 'close')
    expect(text).toMatch(/^HTTP\/1.1 200 OK.*Connection: close.*\r\n\r\nx\n$/s)
    expect(asked).toBe(1)
  })

  it('beyond a number are answered 503, and closed if they ask for nothing', async () => {
    const port = Number(server.address.split(':')[1])
    const idle = await Promise.all(
      Array.from({ length: maxConnections.ofOneAddress }, async () => {
        const socket = connect(port, '127.0.0.1')
        await once(socket, 'connect')
        return socket
      }),
    )
    const refused = await call('/healthz')
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5'])
    expect((await call('/healthz', { localAddress: '127.0.0.2' })).status).toBe(200)
    const silent = connect(port, '127.0.0.1').resume()
    await once(silent, 'close')
    for (const one of idle) one.destroy()
    await vi.waitFor(async () => expect((await call('/healthz')).status).toBe(200), 5000)
  })

  it('that read nothing are given no more than fits', async () => {
    view.current = watchStatus([readyStack('big', { files: ['x'.repeat(6 * 1024 * 1024)] })])
    const opened = await Promise.all(Array.from({ length: 3 }, () => open('/api/status')))
    expect(opened.map((one) => one.statusCode).sort()).toEqual([200, 200, 503])
    expect((await call('/healthz')).status).toBe(200)
    for (const one of opened) one.destroy()
    await vi.waitFor(async () => expect((await call('/api/status')).status).toBe(200), 5000)
  })
})

describe('the stream', () => {
  it('starts with the whole status and goes on with what happens, several changes as one', async () => {
    const response = await open('/api/stream')
    expect(response.headers['content-type']).toBe('text/event-stream')
    await streamed(
      response,
      'event: heartbeat\ndata: {"alive":true',
      `event: status\ndata: ${JSON.stringify(view.current)}\n\n`,
    )
    view.show(watchStatus([readyStack('half')]))
    view.show(watchStatus([readyStack('whole')]))
    const event = view.happen('stack.failed', { message: 'two\nlines' })
    const text = await streamed(response, `event: event\ndata: ${JSON.stringify(event)}\n\n`, '"stack":"whole"')
    expect(text).not.toContain('"stack":"half"')
    response.destroy()
  })

  it('has room for a number of pages, of one address and of all', async () => {
    const from = (localAddress: string, count: number) =>
      Promise.all(Array.from({ length: count }, () => open('/api/stream', { localAddress })))
    const clients = await from('127.0.0.1', maxClients.ofOneAddress)
    expect((await call('/api/stream')).status).toBe(503)
    clients.push(...(await from('127.0.0.2', maxClients.all - maxClients.ofOneAddress)))
    expect(clients.map((one) => one.statusCode)).toEqual(Array(maxClients.all).fill(200))
    expect((await call('/api/stream', { localAddress: '127.0.0.3' })).status).toBe(503)
    clients[0]?.destroy()
    await vi.waitFor(async () => {
      const response = await open('/api/stream')
      expect(response.statusCode).toBe(200)
      response.destroy()
    }, 5000)
    for (const one of clients) one.destroy()
  })

  it('goes on behind the last event that a client names', async () => {
    const [seen, missed, other] = [0, 1, 2].map((position) =>
      view.happen('stack.ready', { message: `number ${position}` }),
    )
    const response = await open('/api/stream', { headers: { 'last-event-id': seen?.id } })
    const live = view.happen('stack.ready', { message: 'number 3' })
    const text = await streamed(response, 'number 3')
    const ids = [...text.matchAll(/^id: (.*)$/gm)].map((found) => found[1])
    expect(ids).toEqual([missed?.id, other?.id, live.id])
    response.destroy()
  })

  it('drops who does not read', async () => {
    const response = await open('/api/stream')
    const closed = new Promise((resolve) => response.on('close', resolve).on('error', () => undefined))
    response.pause()
    const message = 'x'.repeat(1024 * 1024)
    for (let count = 0; count < 40; count++) {
      view.happen('container.exited', { message })
      await setTimeout(1)
    }
    response.resume()
    await closed
    expect(response.complete).toBe(false)
  })
})
