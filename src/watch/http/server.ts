import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { refuse } from '../../errors.ts'
import { formatAddress, type ListenAddress, parseListen } from './address.ts'
import { loadPage } from './page.ts'
import { handle, sendFailure } from './routes.ts'
import { EventStream } from './stream.ts'
import type { HookHandler, StatusView } from './view.ts'

export interface ServerOptions {
  /** `ADDR:PORT`; port 0 is any free one. */
  readonly listen: string
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
export async function startServer({ listen, view, onHook }: ServerOptions): Promise<RunningServer> {
  const wanted = parseListen(listen)
  const page = await loadPage()
  const stream = new EventStream(view)
  const context = { view, page, stream, listenHost: wanted.host, ...(onHook && { onHook }) }
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 15_000, maxHeaderSize: 16 * 1024 })
  server.maxConnections = 128
  // Who reads nothing for so long is gone; an open page hears something every 15 s.
  server.timeout = 60_000
  server.on('request', (request, response) => {
    handle(request, response, context).catch(() => {
      if (response.headersSent) response.destroy()
      else sendFailure(request, response)
    })
  })
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
        server.closeAllConnections()
      }),
  }
}

const listening = (server: Server, { host, port }: ListenAddress): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
