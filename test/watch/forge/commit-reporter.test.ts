import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommitReporter, type CommitReporterOptions, TokenMissing } from '../../../src/watch/forge/commit-reporter.ts'
import type { ReportedStack } from '../../../src/watch/forge/commit-result.ts'
import type { ForgeKind } from '../../../src/watch/forge/forge.ts'
import type { CommitResult } from '../../../src/watch/forge/status-request.ts'
import { appliedStack, revision, sourceRevision, stackState } from '../builders.ts'
import { failedStack, readyStack } from '../fixtures.ts'

interface Received {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

const received: Received[] = []
const warnings: string[] = []
const saved: CommitResult[] = []
let answers: { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }[] = []
let server: Server
let origin = ''
const reporters: CommitReporter[] = []

beforeEach(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push({ method: request.method, path: request.url, headers: request.headers, body: JSON.parse(body) })
    const { status, body: text = '{}', headers = {} } = answers.shift() ?? { status: 201 }
    response.writeHead(status, headers).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  for (const one of reporters.splice(0)) await one.close(0)
  server.close()
  server.closeAllConnections()
  for (const list of [received, warnings, saved]) list.length = 0
  answers = []
})

const id = '292d8de801f6b7a8c1a2b3c4d5e6f708192a3b4c'
const revisionOf = (commit = id) => ({
  ...sourceRevision([]),
  origin: { commit: { id: commit, subject: 'New heading', author: 'me', time: '2026-11-27T12:00:00Z' } },
})

const news = (name: string) => ({ desired: revision(name, 'new') })
const applied = (name: string): ReportedStack => ({ state: appliedStack(name), status: readyStack(name) })
const changing = (name: string): ReportedStack => ({ state: stackState(name, news(name)), status: readyStack(name) })
const failing = (name: string, message = 'The image cannot be pulled.'): ReportedStack => ({
  state: stackState(name, {
    ...news(name),
    lastError: { code: 'image-pull-failed', message },
    failedRevision: 'new',
  }),
  status: failedStack(name),
})

/** A commit that changes one stack, and the reconcile after it. */
async function observe(
  one: CommitReporter,
  commit: ReturnType<typeof revisionOf>,
  stack: ReportedStack,
): Promise<void> {
  const { origin } = commit
  const { desired } = stack.state
  await one.begin(commit, [{ ...stack.state, desired: desired && { ...desired, origin } }])
  await one.observe(commit, [stack])
}

function reporter(kind: ForgeKind = 'github', more: Partial<CommitReporterOptions> = {}): CommitReporter {
  const prefix = { github: '/api/v3', gitlab: '/api/v4', gitea: '/api/v1', forgejo: '/api/v1' }[kind]
  const made = new CommitReporter({
    forge: { kind, api: `${origin}${prefix}`, repository: 'acme/web shop' },
    context: 'heropods/web1',
    token: async () => 's3cret',
    load: async () => undefined,
    save: async (result) => void saved.push(result),
    warn: (message) => warnings.push(message),
    firstWait: 10,
    ...more,
  })
  reporters.push(made)
  return made
}
const count = (expected: number): Promise<void> => expect.poll(() => received.length, { timeout: 5000 }).toBe(expected)

describe('a forge gets the result as its API asks for it', () => {
  const success = '1 stack applied and healthy.'
  it.each<readonly [ForgeKind, string, Record<string, string>, object]>([
    [
      'github',
      `/api/v3/repos/acme/web%20shop/statuses/${id}`,
      { authorization: 'Bearer s3cret', accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
      { state: 'success', context: 'heropods/web1', description: success },
    ],
    [
      'gitlab',
      `/api/v4/projects/acme%2Fweb%20shop/statuses/${id}`,
      { 'private-token': 's3cret' },
      { state: 'success', name: 'heropods/web1', description: success },
    ],
    [
      'gitea',
      `/api/v1/repos/acme/web%20shop/statuses/${id}`,
      { authorization: 'token s3cret' },
      { state: 'success', context: 'heropods/web1', description: success },
    ],
    [
      'forgejo',
      `/api/v1/repos/acme/web%20shop/statuses/${id}`,
      { authorization: 'token s3cret' },
      { state: 'success', context: 'heropods/web1', description: success },
    ],
  ])('%s', async (kind, path, headers, body) => {
    await observe(reporter(kind), revisionOf(), applied('shop'))
    await count(1)
    expect(received[0]).toMatchObject({ method: 'POST', path, body })
    expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/json', ...headers })
  })

  it.each<readonly [ForgeKind, string, string]>([
    ['github', 'failure', 'error'],
    ['gitlab', 'failed', 'canceled'],
    ['forgejo', 'failure', 'error'],
  ])('%s: a failure, and a commit that was replaced', async (kind, failure, superseded) => {
    const one = reporter(kind)
    await observe(one, revisionOf(), failing('mail'))
    await observe(one, revisionOf('b'.repeat(40)), changing('shop'))
    await count(2)
    await observe(one, revisionOf('c'.repeat(40)), applied('shop'))
    await count(4)
    const states = received.map(({ path, body }) => `${path?.slice(-3)} ${(body as { state: string }).state}`)
    expect(states).toEqual([`b4c ${failure}`, 'bbb pending', `bbb ${superseded}`, 'ccc success'])
  })
})

describe('a result', () => {
  it('is sent once, and again after a restart only if it has changed', async () => {
    const first = reporter()
    for (let round = 0; round < 3; round++) await observe(first, revisionOf(), failing('mail'))
    await count(1)
    await expect.poll(() => saved.length).toBe(1)
    const second = reporter('github', { load: async () => saved[0] })
    await observe(second, revisionOf(), failing('mail'))
    await observe(second, revisionOf(), applied('mail'))
    await count(2)
    expect(received[1]?.body).toMatchObject({ state: 'success' })
  })

  it('is tried again while the server fails, with one warning, and the newest one wins', async () => {
    answers = [{ status: 502 }, { status: 429 }, { status: 503 }]
    const one = reporter('github', { firstWait: 60 })
    await observe(one, revisionOf(), changing('shop'))
    await count(1)
    await observe(one, revisionOf(), failing('shop'))
    await observe(one, revisionOf(), applied('shop'))
    await count(4)
    await expect.poll(() => saved).toEqual([expect.objectContaining({ state: 'success' })])
    expect(received.map(({ body }) => (body as { state: string }).state).slice(1)).toEqual([
      'success',
      'success',
      'success',
    ])
    expect(warnings).toEqual([expect.stringContaining('was not sent to 127.0.0.1')])
  })

  it('that the server refuses is reported once and not tried again, nor recorded as sent', async () => {
    answers = [{ status: 401 }]
    const one = reporter()
    await observe(one, revisionOf(), applied('shop'))
    await expect
      .poll(() => warnings)
      .toEqual([`${new URL(origin).host} does not accept the status of commit 292d8de: it answered 401.`])
    await observe(one, revisionOf(), applied('shop'))
    await one.close(100)
    expect(received).toHaveLength(1)
    expect(saved).toEqual([])
  })

  it('does not follow a redirect, and never shows the token', async () => {
    answers = [{ status: 302, headers: { location: `${origin}/elsewhere` } }]
    await observe(reporter(), revisionOf(), applied('shop'))
    await expect.poll(() => warnings.length).toBe(1)
    expect(received).toHaveLength(1)
    expect(warnings.join()).not.toContain('s3cret')
  })

  it('pending is accepted by a GitLab that has it as pending already', async () => {
    answers = [{ status: 400, body: '{"message":"Cannot transition status via :enqueue from :pending"}' }]
    await observe(reporter('gitlab'), revisionOf(), changing('shop'))
    await expect.poll(() => saved.length).toBe(1)
    expect(warnings).toEqual([])
  })

  it('has at most 140 characters', async () => {
    await observe(reporter(), revisionOf(), failing('mail', `a\nb ${'ü'.repeat(200)}`))
    await count(1)
    const { description } = (received[0]?.body ?? { description: '' }) as { description: string }
    expect([...description]).toHaveLength(140)
    expect(description).toMatch(/^mail: a b ü+…$/)
  })

  it('waits for a token file that is missing', async () => {
    let tokens = 0
    const token = async (): Promise<string> => {
      tokens += 1
      if (tokens === 1) throw new TokenMissing('the token file /t cannot be read')
      return 's3cret'
    }
    await observe(reporter('github', { token }), revisionOf(), applied('shop'))
    await count(1)
    expect(warnings).toEqual([expect.stringContaining('the token file /t cannot be read. It is tried again.')])
  })

  it('holds up nobody while the server is away, not even the end', async () => {
    server.close()
    server.closeAllConnections()
    const one = reporter('github', { firstWait: 60_000 })
    await observe(one, revisionOf(), applied('shop'))
    await expect.poll(() => warnings).toEqual([expect.stringContaining('ECONNREFUSED')])
    const before = performance.now()
    await one.close(50)
    expect(performance.now() - before).toBeLessThan(2000)
  })
})
