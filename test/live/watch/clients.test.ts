import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { ask } from './storytellers.ts'
import { Watched } from './watching.ts'

/** Stacks that are only looked at: their status is some 300 kB, as that of a busy host. */
const stacks = 250
const mebibyte = 1024 * 1024

const detected = (name: string): string =>
  `reconcile: { mode: detect }\ncontainers: { ${name}: { image: busybox, network_mode: none } }\n`

const live = new Watched()
const port = 9180

beforeAll(async () => {
  for (let count = 0; count < stacks; count++) live.state(`detected-${count}`, detected('a'))
  live.watch([live.folder], ['--listen', `127.0.0.1:${port}`, '--settle', '100ms'])
  await vi.waitFor(
    async () => expect((await ask(`http://127.0.0.1:${port}/api/status`)).text.length).toBeGreaterThan(150_000),
    { timeout: 60_000, interval: 500 },
  )
})
afterAll(() => live.end())

const memory = (): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${live.pid}/status`, 'utf8'))?.[1]) * 1024

/** Connections that send something and read nothing. */
async function silent(count: number, sent: string): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: count }, () =>
    connect(port, '127.0.0.1')
      .pause()
      .on('error', () => undefined),
  )
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])))
  for (const socket of sockets) socket.write(sent)
  return sockets
}

/** The most that the watch grows by while clients are at it, bytes; they are gone afterwards, and it answers. */
async function growth(clients: Promise<readonly Socket[]>): Promise<number> {
  const before = memory()
  let most = 0
  const sockets = await clients
  for (let count = 0; count < 15; count++) {
    most = Math.max(most, memory() - before)
    // News for the streams.
    if (count % 5 === 0) live.state('detected-0', detected(`a${count}`))
    await delay(100)
  }
  for (const socket of sockets) socket.destroy()
  await expect.poll(async () => (await ask(`http://127.0.0.1:${port}/healthz`)).status, { timeout: 10_000 }).toBe(200)
  return most
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

it('a hundred clients that send requests ahead and read nothing cost less than 50 MB', async () => {
  expect(await growth(silent(100, get('/api/status').repeat(2000)))).toBeLessThan(50 * mebibyte)
})

it('a hundred streams that nobody reads cost less than 50 MB', async () => {
  expect(await growth(silent(100, get('/api/stream')))).toBeLessThan(50 * mebibyte)
})

it('a thousand connections cost less than 50 MB', async () => {
  expect(await growth(silent(1000, get('/api/status')))).toBeLessThan(50 * mebibyte)
  expect(await growth(silent(1000, 'GET / HTTP/1.1\r\nHost: loc'))).toBeLessThan(50 * mebibyte)
})
