import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { refuse } from '../../model/errors.ts'
import { formatAddress, type ListenAddress, parseListen } from './address.ts'
import { Admission } from './admission.ts'
import { longestHead, onFirstRequest } from './first-request.ts'
import { loadPage } from './page.ts'
import { handle, type RouteContext, sendFailure } from './routes.ts'
import { EventStream } from './stream.ts'
import type { HookHandler, StatusView } from './view.ts'

/** Connections at the same time. Those beyond are answered 503 and closed, whatever they ask for. */
export const maxConnections = { all: 128, ofOneAddress: 64 }
/** Beyond so many even that is too much: they are closed without a word. */
const mostRefused = 1024
/** How long a connection that is not let in may take to read that. Milliseconds. */
const refusedStay = 2000
const refusal = ['HTTP/1.1 503 Service Unavailable', 'Retry-After: 5', 'Content-Length: 0', 'Connection: close', '', '']

export interface ServerOptions {
  /** `ADDR:PORT`; port 0 is any free one. */
  readonly listen: string
  /** Name of this host, by which clients may call the server. */
  readonly hostname: string
  readonly view: StatusView
  /** Without it `/hook` is not found. */
  readonly onHook?: HookHandler
}

export interface RunningServer {
  /** `ADDR:PORT` with the port that was taken. */
  readonly address: string
  close(): Promise<void>
}

/**
 * Serves page, API, metrics and health of a watch over HTTP, without authentication: who may reach the address may look. Raises
 * `bad-listen-address` and `cannot-listen` (refused).
 */
export async function startServer({ listen, hostname, view, onHook }: ServerOptions): Promise<RunningServer> {
  const wanted = parseListen(listen)
  const page = await loadPage()
  const stream = new EventStream(view)
  const context = {
    view,
    page,
    stream,
    listenHost: wanted.host,
    hostname,
    load: { unsent: 0, hooks: 0 },
    ...(onHook && { onHook }),
  }
  const sockets = new Set<Socket>()
  const server = boundedServer(context, sockets)
  try {
    await listening(server, wanted)
  } catch (error) {
    stream.close()
    throw refuse({
      code: 'cannot-listen',
      message: `Cannot listen on ${listen}: ${(error as Error).message}.`,
      hint: 'Another process may have the port: `ss -ltnp` tells which.',
    })
  }
  // No descriptor left for a connection is a trouble of that connection, not of the watch.
  server.on('error', () => undefined)
  return {
    address: formatAddress({ host: wanted.host, port: (server.address() as AddressInfo).port }),
    close: () =>
      new Promise((resolve) => {
        stream.close()
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A server whose clients cannot make it hold much: one request a connection, a bounded number of connections, and little patience. */
function boundedServer(context: RouteContext, sockets: Set<Socket>): Server {
  const limits = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 5000 }
  const server = createServer({ ...limits, maxHeaderSize: longestHead })
  server.maxRequestsPerSocket = 1
  server.maxConnections = mostRefused
  // Who reads nothing for so long is gone; an open page hears something every 15 s.
  server.timeout = 60_000
  const admission = new Admission(maxConnections)
  const [serve] = server.listeners('connection') as [(socket: Socket) => void]
  server.removeAllListeners('connection').on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
    const leave = admission.enter(socket.remoteAddress ?? '')
    if (leave === undefined) return turnAway(socket)
    socket.once('close', leave)
    onFirstRequest(socket, () => serve.call(server, socket))
  })
  server.on('dropRequest', (_, socket: Socket) => socket.destroy())
  server.on('request', (request, response) => {
    // What follows a request without a body is not parsed.
    if (request.method !== 'POST') request.socket.removeAllListeners('data').on('data', () => request.socket.destroy())
    handle(request, response, context).catch(() => {
      if (response.headersSent) response.destroy()
      else sendFailure(request, response, context)
    })
  })
  return server
}

function turnAway(socket: Socket): void {
  // What it asks is read, unlooked at: a connection that is closed over unread bytes loses what it was answered.
  socket.resume().end(refusal.join('\r\n'))
  const late = setTimeout(() => socket.destroy(), refusedStay).unref()
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
