import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { messageOf, refusedError } from '../../model/errors.ts'
import { Access } from './access.ts'
import { formatAddress, type ListenAddress, parseListen } from './address.ts'
import { Admission } from './admission.ts'
import { maxHeadBytes, onFirstRequest } from './first-request.ts'
import { loadPage } from './page.ts'
import { handle, type RouteContext, sendFailure } from './routes.ts'
import { EventStream } from './stream.ts'
import type { HookHandler, StatusView } from './view.ts'

/** Limits of open connections. Further ones are answered with 503 and closed. */
export const maxConnections = { all: 128, ofOneAddress: 64 }
/** Above this many, connections are closed without an answer. */
const maxRefused = 1024
/** How long a refused connection may take to read its answer. Milliseconds. */
const refusedTimeoutMs = 2000
const refusal = ['HTTP/1.1 503 Service Unavailable', 'Retry-After: 5', 'Content-Length: 0', 'Connection: close', '', '']

export interface ServerOptions {
  /** `ADDR:PORT`; port 0 is any free one. */
  readonly listen: string
  /** Name of this host, by which clients may call the server. */
  readonly hostname: string
  readonly view: StatusView
  /** Token that requests must know; undefined: anyone who can reach the address can read everything. */
  readonly token?: string
  /** Without it `/hook` is not found. */
  readonly onHook?: HookHandler
}

export interface RunningServer {
  /** `ADDR:PORT` with the port that was taken. */
  readonly address: string
  close(): Promise<void>
}

/**
 * Serves page, API, metrics and health of a watch over HTTP. Without `token` anyone who can reach the address can read it. Raises
 * `bad-listen-address` and `cannot-listen` (refused).
 */
export async function startServer({ listen, hostname, view, token, onHook }: ServerOptions): Promise<RunningServer> {
  const requested = parseListen(listen)
  const page = await loadPage()
  const stream = new EventStream(view)
  const context = {
    view,
    page,
    stream,
    listenHost: requested.host,
    hostname,
    load: { unsent: 0, hooks: 0, logins: 0 },
    access: new Access(token, requested.port),
    ...(onHook && { onHook }),
  }
  const sockets = new Set<Socket>()
  const server = boundedServer(context, sockets)
  try {
    await listening(server, requested)
  } catch (error) {
    stream.close()
    throw refusedError({
      code: 'cannot-listen',
      message: `Cannot listen on ${listen}: ${messageOf(error)}.`,
      hint: 'Another process may have the port: `ss -ltnp` shows it.',
    })
  }
  // A connection for which no descriptor is left fails alone; the watch continues.
  server.on('error', () => undefined)
  return {
    address: formatAddress({ host: requested.host, port: portOf(server) ?? requested.port }),
    close: () =>
      new Promise((resolve) => {
        stream.close()
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** The port that a server listens on. */
function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}

/** A server with bounded memory: one request a connection, a limited number of connections, short timeouts. */
function boundedServer(context: RouteContext, sockets: Set<Socket>): Server {
  const limits = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 5000 }
  const server = createServer({ ...limits, maxHeaderSize: maxHeadBytes })
  server.maxRequestsPerSocket = 1
  server.maxConnections = maxRefused
  // A client that reads nothing for so long is gone. An open page receives something every 15 s.
  server.timeout = 60_000
  const admission = new Admission(maxConnections)
  const [serve] = server.listeners('connection')
  server.removeAllListeners('connection').on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
    const leave = admission.enter(socket.remoteAddress ?? '')
    if (leave === undefined) return turnAway(socket)
    socket.once('close', leave)
    onFirstRequest(socket, () => serve?.call(server, socket))
  })
  server.on('dropRequest', (_, socket: Socket) => socket.destroy())
  server.on('request', (request, response) => {
    // Bytes after a request without a body are not parsed.
    if (request.method !== 'POST') request.socket.removeAllListeners('data').on('data', () => request.socket.destroy())
    handle(request, response, context).catch(() => {
      if (response.headersSent) response.destroy()
      else sendFailure(request, response, context)
    })
  })
  return server
}

function turnAway(socket: Socket): void {
  // Its request is read and dropped: closing a connection with unread bytes loses the answer.
  socket.resume().end(refusal.join('\r\n'))
  const late = setTimeout(() => socket.destroy(), refusedTimeoutMs).unref()
  socket.once('close', () => clearTimeout(late))
}

const listening = (server: Server, { host, port }: ListenAddress): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
