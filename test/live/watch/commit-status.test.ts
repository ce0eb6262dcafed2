import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sh } from '../support.ts'
import { Watched } from './watching.ts'

const instance = new Watched()
const received: string[] = []
const requests: (string | undefined)[][] = []
let isDown = false
const forge = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  if (isDown) return response.writeHead(503).end()
  const { state, description, context } = JSON.parse(body) as Record<string, string>
  requests.push([request.method, request.headers.authorization, context])
  received.push(`${request.url?.split('/').at(-1)} ${state} ${description}`)
  response.writeHead(201).end('{}')
})

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', instance.folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    encoding: 'utf8',
  }).trim()
function commit(message: string, body: string): string {
  instance.state('shop', `reconcile: { monitor: 300ms }\n${body}`)
  git('add', '-A')
  git('commit', '-q', '-m', message)
  return git('rev-parse', 'HEAD')
}
const stack = (command: string): string =>
  `containers: { web: { image: busybox, command: [${command}], network_mode: none, stop_grace_period: 0s } }\n`

beforeAll(async () => {
  sh('git', 'init', '-q', '-b', 'main', instance.folder)
  await new Promise<void>((resolve) => forge.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await instance.unwatch()
  forge.close()
  forge.closeAllConnections()
  instance.end()
})

it('a forge gets the result of each commit with its reason, once it can be reached, and after a restart only news', async () => {
  const token = join(instance.base, 'token')
  writeFileSync(token, 's3cret\n', { mode: 0o600 })
  const api = `http://127.0.0.1:${(forge.address() as AddressInfo).port}/api/v1`
  const watch = (): void =>
    instance.watch(
      ['--git', instance.folder, '--poll', '1s', '--forge', 'gitea', '--forge-url', api],
      ['--forge-repository', 'acme/shop', '--forge-token-file', token, '--no-listen', '--settle', '100ms'],
    )
  const last = (): string | undefined => received.at(-1)
  const arrives = (text: string): Promise<void> => expect.poll(last, { timeout: 60_000, interval: 200 }).toContain(text)

  const good = commit('good', stack('sleep, "1000"'))
  watch()
  await arrives(`${good} success 1 stack applied and healthy.`)
  expect(received.some((one) => one.startsWith(`${good} pending shop: `))).toBe(true)
  expect(requests[0]).toEqual(['POST', 'token s3cret', expect.stringMatching(/^heropods\/./)])

  const bad = commit('bad', stack('sh, -c, "exit 4"'))
  await arrives(`${bad} failure shop: `)
  expect(last()).toContain('exited')
  const broken = commit('broken', 'containers: { web: { imag: busybox } }\n')
  await arrives(`${broken} failure 1 invalid file: shop.yaml:5:22: `)

  // A kill repeats nothing that has not changed. A forge that is down holds nothing up.
  await instance.unwatch('SIGKILL')
  const before = received.length
  isDown = true
  watch()
  const repaired = commit('repaired', stack('sleep, "2000"'))
  await expect
    .poll(() => instance.status('shop')?.conditions.find(({ type }) => type === 'Ready')?.status, {
      timeout: 60_000,
      interval: 300,
    })
    .toBe(true)
  isDown = false
  await arrives(`${repaired} success`)
  expect(received.slice(before).filter((one) => one.startsWith(broken))).toEqual([])
  expect(instance.warnings.join('')).not.toContain('s3cret')
  expect(readFileSync(`/proc/${instance.pid}/cmdline`, 'utf8')).not.toContain('s3cret')
})
