import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Access } from './access.ts'
import { isOwnHost } from './address.ts'
import { alive, notReady } from './health.ts'
import type { PageFile } from './page.ts'
import type { EventStream, StreamKind } from './stream.ts'
import type { HookHandler, StatusView } from './view.ts'

const maxBodyBytes = 1024 * 1024
const maxEvents = 1000
/** Webhooks that are read at the same time: each may hold its complete body. */
const maxHooks = 4
/** Limit of all answers that clients have not read yet, bytes. An answer below `smallAnswer` is always sent. */
const maxUnsentBytes = 16 * 1024 * 1024
const smallAnswerBytes = 16 * 1024
/** How long a client may take to read its answer. Milliseconds. */
const readTimeoutMs = 30_000
/** Logins that are checked at the same time, and the time that each takes: guessing is slow. Milliseconds. */
const [maxLogins, loginDurationMs] = [4, 500]
/** Paths without data, which need no token: the login page, and the probes of a service manager. */
const open = new Set(['/login', '/style.css', '/icon.svg', '/healthz'])
const isEventId = (text: string): boolean => /^\d{1,20}(-\d{1,20})?$/.test(text)

/**
 * Sent with every answer. Nothing inline runs, nothing is loaded from elsewhere, browsers store nothing and show nothing in frames. A
 * connection serves one request: answers to pipelined requests would wait in memory until the ones before are read.
 */
const headers = {
  'Content-Security-Policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Connection: 'close',
}

export interface RouteContext {
  readonly view: StatusView
  /** The name or address of `--listen`. */
  readonly listenHost: string
  readonly hostname: string
  readonly page: ReadonlyMap<string, PageFile>
  readonly stream: EventStream
  readonly onHook?: HookHandler
  readonly load: Load
  /** Decides which requests get data. */
  readonly access: Access
}

/** Load of the answers in progress. */
export interface Load {
  unsent: number
  hooks: number
  logins: number
}

interface Answer {
  readonly status: number
  readonly type?: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

type Route = (context: RouteContext, query: URLSearchParams) => Answer | Promise<Answer>

const plain = (status: number, text: string, extra?: Answer['headers']): Answer => ({
  status,
  text: `${text}\n`,
  ...(extra && { headers: extra }),
})

const busy = (text: string): Answer => plain(503, text, { 'Retry-After': '5' })

const json = (value: unknown): Answer => ({ status: 200, type: 'application/json', text: JSON.stringify(value) })

const found = (value: unknown): Answer => (value === undefined ? plain(404, 'not found') : json(value))

const streams: Readonly<Record<string, StreamKind>> = { '/api/stream': 'status', '/api/changes': 'page' }

const routes: Readonly<Record<string, Route>> = {
  '/healthz': ({ view }) =>
    alive(view.status(), Date.now()) ? plain(200, 'ok') : plain(503, `no heartbeat since ${view.status().heartbeat}`),
  '/readyz': ({ view }) => {
    const reasons = notReady(view.status(), Date.now())
    return reasons.length === 0 ? plain(200, 'ok') : plain(503, reasons.join('\n'))
  },
  '/metrics': async ({ view }) => ({
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
    text: await view.metrics(),
  }),
  '/api/status': ({ view }) => json(view.status()),
  '/api/history': async ({ view }) => json({ generations: await view.history() }),
  '/api/page': ({ stream }) => ({ status: 200, type: 'application/json', text: stream.page() }),
  '/api/usage': ({ view }) => json({ samples: view.page.usage.recent() }),
  '/api/generation': async ({ view }, query) => {
    const number = Number(query.get('number') || Number.NaN)
    if (!Number.isSafeInteger(number)) return plain(400, 'number is the number of a generation.')
    return found(await view.page.generation(number))
  },
  '/api/output': async ({ view }, query) => found(await view.page.output(query.get('container') ?? '')),
  '/api/events': async ({ view }, query) => {
    const after = query.get('after') || undefined
    const limit = Number(query.get('limit') || 100)
    if (!Number.isInteger(limit) || limit < 1 || limit > maxEvents)
      return plain(400, `limit is an integer from 1 to ${maxEvents}.`)
    if (after !== undefined && !isEventId(after)) return plain(400, 'after is the id of an event.')
    return json({ events: await view.events({ limit, ...(after !== undefined && { after }) }) })
  },
}

/** Handles one request. Only `/hook` and `/login` take a POST; the others read. */
export async function handle(request: IncomingMessage, response: ServerResponse, context: RouteContext): Promise<void> {
  const answer = await answerTo(request, context)
  // The client has disconnected meanwhile.
  if (response.destroyed) return
  if (typeof answer === 'object') return send(request, response, answer, context.load)
  const leave = context.stream.enter(request.socket.remoteAddress ?? '')
  if (leave === undefined) return send(request, response, busy('too many open pages'), context.load)
  response.on('close', leave)
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream' })
  const last = request.headers['last-event-id']
  if (request.method === 'HEAD') response.end()
  else context.stream.add(response, answer, typeof last === 'string' && isEventId(last) ? last : undefined)
}

async function answerTo(request: IncomingMessage, context: RouteContext): Promise<Answer | StreamKind> {
  const [pathname = '', query] = (request.url ?? '').split('?', 2)
  // A webhook is authenticated by its signature. A proxy may leave the host name that the git server called.
  if (pathname === '/hook') return hook(request, context)
  if (!isOwnHost(request.headers.host, context.listenHost, context.hostname))
    return plain(403, 'Call this server by its IP address or as localhost.')
  if (pathname === '/login' && request.method === 'POST') return login(request, context)
  if (!open.has(pathname) && !context.access.admits(request.headers)) return refuseAccess(pathname, context)
  const file = context.page.get(pathname)
  const route = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined
  const stream = Object.hasOwn(streams, pathname) ? streams[pathname] : undefined
  if (!file && !route && !stream) return plain(404, 'not found')
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'read only', { Allow: 'GET, HEAD' })
  if (file) return { status: 200, ...file }
  if (stream) return stream
  return route ? route(context, new URLSearchParams(query)) : plain(404, 'not found')
}

/** The answer to a request that failed before anything was sent. */
export const sendFailure = (request: IncomingMessage, response: ServerResponse, { load }: RouteContext): void =>
  send(request, response, plain(500, 'This could not be read.'), load)

function send(request: IncomingMessage, response: ServerResponse, answer: Answer, load: Load): void {
  const body = Buffer.from(answer.text)
  if (body.length > smallAnswerBytes && load.unsent + body.length > maxUnsentBytes)
    return send(request, response, busy('too many responses are being sent'), load)
  load.unsent += body.length
  const late = setTimeout(() => response.destroy(), readTimeoutMs).unref()
  response.on('close', () => {
    load.unsent -= body.length
    clearTimeout(late)
  })
  response.writeHead(answer.status, {
    ...headers,
    'Content-Type': answer.type ?? 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    ...answer.headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** The login page in place of the page. A probe of readiness gets its status without the reasons. */
function refuseAccess(pathname: string, { page, view }: RouteContext): Answer {
  if (pathname === '/readyz')
    return notReady(view.status(), Date.now()).length === 0 ? plain(200, 'ok') : plain(503, 'not ready')
  const form = pathname === '/' ? page.get('/login') : undefined
  const headers = { 'WWW-Authenticate': 'Bearer realm="heropods"' }
  return form ? { status: 401, ...form, headers } : plain(401, 'a token is needed', headers)
}

/** Sets the cookie for a right token and leads to the page; else shows the form again. */
async function login(request: IncomingMessage, { access, load, page }: RouteContext): Promise<Answer> {
  if (load.logins >= maxLogins) return busy('too many logins')
  load.logins += 1
  try {
    const body = await readBody(request)
    const cookie = body && access.login(body, request.headers['x-forwarded-proto'] === 'https')
    await delay(loginDurationMs)
    if (cookie !== undefined) return plain(303, 'logged in', { 'Set-Cookie': cookie, Location: '/' })
    return { status: 401, text: 'The token is wrong.\n', ...page.get('/login') }
  } finally {
    load.logins -= 1
  }
}

async function hook(request: IncomingMessage, { onHook, load }: RouteContext): Promise<Answer> {
  if (!onHook) return plain(404, 'not found')
  if (request.method !== 'POST') return plain(405, 'use POST for a webhook', { Allow: 'POST' })
  if (load.hooks >= maxHooks) return busy('too many webhooks')
  load.hooks += 1
  try {
    const body = await readBody(request)
    if (body === undefined) return plain(413, 'at most 1 MiB')
    const status = await onHook({ headers: request.headers, body })
    return plain(status, status === 202 ? 'accepted' : status === 401 ? 'not verified' : 'not found')
  } finally {
    load.hooks -= 1
  }
}

/** The complete body; undefined: it is longer than 1 MiB. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue
    length += chunk.length
    if (length > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
