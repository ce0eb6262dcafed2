import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { probeHttp, probeTcp } from '../../src/host/local/probes.ts'
import type { HttpProbe } from '../../src/model/kinds/container.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const closedPort = async (): Promise<number> => {
  const port = await serve(() => undefined)
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return port
}

const probe = (port: number, more: Partial<HttpProbe> = {}): HttpProbe => ({
  port,
  path: '/nope',
  scheme: 'http',
  status: { from: 200, to: 399 },
  ...more,
})
const ask = (one: HttpProbe) => probeHttp(one, '127.0.0.1', AbortSignal.timeout(5000))

describe('an HTTP check', () => {
  it('ends with the request and its answer, after the body', async () => {
    const port = await serve((_, answer) => answer.writeHead(404).end('<BODY>absent\n</BODY></HTML>\n'))
    expect(await ask(probe(port))).toEqual({
      ok: false,
      output: `<BODY>absent\n</BODY></HTML>\nGET http://127.0.0.1:${port}/nope answered 404 Not Found, expected 200 to 399`,
    })
  })

  it('names a single expected code', async () => {
    const port = await serve((_, answer) => answer.end())
    expect(await ask(probe(port, { status: { from: 204, to: 204 } }))).toEqual({
      ok: false,
      output: `GET http://127.0.0.1:${port}/nope answered 200 OK, expected 204`,
    })
  })

  it('succeeds without its body', async () => {
    const port = await serve((_, answer) => answer.end('yes'))
    expect(await ask(probe(port))).toEqual({ ok: true, output: `GET http://127.0.0.1:${port}/nope answered 200 OK` })
  })

  it('names a refused connection', async () => {
    const port = await closedPort()
    expect(await ask(probe(port))).toEqual({
      ok: false,
      output: `GET http://127.0.0.1:${port}/nope: connection refused`,
    })
  })
})

it('a check without an answer says so when it is aborted', async () => {
  const port = await serve(() => undefined)
  expect(await probeHttp(probe(port), '127.0.0.1', AbortSignal.timeout(100))).toEqual({
    ok: false,
    output: `GET http://127.0.0.1:${port}/nope: no answer`,
  })
})

it('a TCP check names its address', async () => {
  const port = await closedPort()
  expect(await probeTcp(port, '127.0.0.1', AbortSignal.timeout(5000))).toEqual({
    ok: false,
    output: `TCP 127.0.0.1:${port}: connection refused`,
  })
})
