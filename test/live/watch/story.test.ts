import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InstanceEvent } from '../../../src/model/event.ts'
import { conditionOf, type StackStatus } from '../../../src/model/status.ts'
import { buildImage, Registry } from '../images/registry.ts'
import { hostState, sh } from '../support.ts'
import { ask, parseMetrics, Reader, Receiver, Visitor } from './storytellers.ts'
import { Watched } from './watching.ts'

/** A change that fails is undone, and status, events, metrics, readiness, webhook and page tell of it alike. */
const [port, listen, secret] = [18_211, '127.0.0.1:18210', 'told to nobody']
const registry = new Registry()
const receiver = new Receiver(secret)
let instance: Watched
let visitor: Visitor
let reader: Reader
let pristine: string
/** Whose events before are another story's. */
let from = 0

interface Web {
  readonly says?: string
  readonly image?: string
  readonly command?: string
  readonly fields?: string
  readonly more?: string
  readonly reconcile?: string
}
const serve = (says: string): string => `[sh, -c, "echo ${says} > /index.html; exec httpd -f -p 80 -h /"]`
const web = ({
  says = 'v1',
  image = 'busybox',
  command = serve(says),
  fields = '',
  more = '',
  reconcile = 'monitor: 500ms',
}: Web = {}): string =>
  `reconcile: { ${reconcile} }
networks: { lan: { subnet: 10.83.0.0/24 } }
containers:
  web: { image: ${image}, command: ${command}, ports: ["${port}:80"], stop_grace_period: 0s${fields && `, ${fields}`} }
${more}`

const status = (): StackStatus => instance.status('web') ?? expect.fail('it is not watched')
const eventsOf = (stack: string): readonly InstanceEvent[] =>
  instance
    .ok('events', stack, '--json', '--limit', '1000')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as InstanceEvent)
const metrics = async () => parseMetrics((await ask(`http://${listen}/metrics`)).text)

beforeAll(async () => {
  pristine = hostState()
  await registry.start()
  instance = new Watched({
    ...registry.environment,
    HEROPODS_NOTIFY_URL: await receiver.start(),
    HEROPODS_NOTIFY_SECRET: secret,
  })
  instance.state('web', web())
  instance.watch(undefined, ['--listen', listen, '--settle', '100ms'])
  await vi.waitUntil(() => instance.told('web').includes('stack.applied'), { timeout: 60_000 })
  reader = await Reader.open(`http://${listen}/`)
  visitor = new Visitor(`http://127.0.0.1:${port}/`)
})
beforeEach(() => {
  from = instance.events.length
})
afterAll(async () => {
  await visitor?.stop()
  await reader?.close()
  await instance.unwatch()
  receiver.stop()
  instance.end()
  registry.stop()
  expect(hostState()).toBe(pristine)
})

/** What stands on the host of the container, but for the number of its start and, from the second on, the compiled filter. */
function standing() {
  const config = JSON.parse(readFileSync(join(instance.run, 'containers/web/web/bundle/config.json'), 'utf8'))
  const { ip, networks } = instance.containers().get('web') ?? expect.fail('it does not exist')
  return {
    config: {
      ...config,
      annotations: undefined,
      linux: { ...config.linux, cgroupsPath: undefined, seccomp: undefined },
    },
    ip,
    networks,
    rules: sh('iptables-save').replace(/\[\d+:\d+\]|^#.*$/gm, ''),
    links: sh('ip', '-o', '-4', 'address'),
  }
}

/** Everyone says: degraded, for this reason, with these generations. */
async function allTell(reason: string, { tried, applied }: { tried: number; applied: number }): Promise<void> {
  await instance.condition('web', 'Degraded', reason)
  const now = status()
  expect([now.attempted, now.applied]).toEqual([tried, applied])
  expect(conditionOf(now, 'Ready')).toMatchObject({ status: false, reason })
  const error = now.lastError ?? expect.fail('there is an error')
  const failed = eventsOf('web').findLast((event) => event.type === 'stack.failed') ?? expect.fail('nobody was told')
  expect(failed).toMatchObject({
    stack: 'web',
    reason,
    level: 'error',
    message: expect.stringContaining(error.message.replace(/\.$/, '')),
  })
  if (tried !== applied) expect(failed.generation).toBe(tried)
  // Retries that fail for the same reason are counted: the first one was sent.
  const firstTime = (event: InstanceEvent): string => event.since ?? event.time
  const { id: _, time: __, count: ___, since: ____, ...same } = failed
  const sent = () => receiver.notices.filter((one) => one.type === failed.type && firstTime(one) === firstTime(failed))
  await expect.poll(() => sent().length, { timeout: 20_000 }).toBe(1)
  expect(sent()[0]).toMatchObject({ ...same, instance: 'default', host: expect.any(String), signed: true })
  const series = await metrics()
  expect(series.get('heropods_stack_condition{stack="web",type="Degraded"}')).toBe(1)
  expect(series.get('heropods_stack_condition{stack="web",type="Ready"}')).toBe(0)
  expect(series.get('heropods_stack_attempted_generation{stack="web"}')).toBe(tried)
  expect(series.get('heropods_stack_applied_generation{stack="web"}')).toBe(applied)
  // It may be tried again at any moment.
  const counted = async () => (await metrics()).get('heropods_events_total{type="stack.failed",stack="web"}')
  const failures = () => eventsOf('web').filter((event) => event.type === 'stack.failed')
  const toldOf = () => failures().reduce((sum, { count = 1 }) => sum + count, 0)
  await expect.poll(async () => toldOf() - ((await counted()) ?? 0), { timeout: 20_000 }).toBe(0)
  const readiness = await ask(`http://${listen}/readyz`)
  expect(readiness.status).toBe(503)
  expect(readiness.text).toContain(`web: ${reason}: `)
  await expect
    .poll(() => reader.text('#problems'), { timeout: 20_000 })
    .toMatch(new RegExp(`web: (Degraded|Held|Undone) \\(${reason}\\)`))
  // The place of a failed change follows the sentence.
  expect(await reader.text('#problems')).toContain(onPage(error.message.replace(/\.$/, '')))
  const card = await reader.card('web')
  expect(card).toMatch(/^(Degraded|Held|Undone)/)
  // The problem has the text.
  expect(card).toContain('see Attention')
  expect(card).toContain(tried === applied ? `generation ${applied}` : `generation ${tried} tried, ${applied} applied`)
  expect(await reader.text('#events')).toContain('see Attention')
}

/** A message as the page shows it: commands in a font of their own, and no number of failures, which the row of the container has. */
const onPage = (message: string): string => message.replaceAll('`', '').replace(/ \(\d+ failures?\)/g, '')

/** Everyone says: ready. */
async function allReady(): Promise<void> {
  await instance.ready('web')
  expect(status()).toMatchObject({ lastError: null, nextTry: null, drift: [] })
  expect(status().attempted).toBe(status().applied)
  await expect.poll(() => ask(`http://${listen}/readyz`), { timeout: 20_000 }).toEqual({ status: 200, text: 'ok' })
  expect((await metrics()).get('heropods_stack_condition{stack="web",type="Ready"}')).toBe(1)
  await expect.poll(() => reader.card('web'), { timeout: 20_000 }).toMatch(/^Ready/)
  await instance.event('stack.ready', 'web', from)
  const ready = instance.events.findLast((event) => event.type === 'stack.ready')
  await expect.poll(() => receiver.notices.at(-1)?.id, { timeout: 20_000 }).toBe(ready?.id)
}

const failures: Readonly<Record<string, { readonly bad: Web; readonly reason: string }>> = {
  'an entrypoint that does not exist': { bad: { command: '[/no/such, x]' }, reason: 'ContainerNotCreated' },
  'a healthcheck that fails': {
    bad: { says: 'v2', fields: 'healthcheck: { test: [CMD, "false"], interval: 200ms, retries: 2 }' },
    reason: 'Unhealthy',
  },
  'a crash loop': {
    bad: { command: '[sh, -c, "sleep 1.1; exit 3"]', fields: 'restart: always', reconcile: 'monitor: 2s' },
    reason: 'CrashLoop',
  },
  'a container that ends at once': { bad: { command: '[sh, -c, "exit 3"]' }, reason: 'ContainerExited' },
  'a dependency that never gets healthy': {
    bad: {
      says: 'v2',
      reconcile: 'timeout: 3s',
      fields: 'depends_on: { db: { condition: service_healthy } }',
      more: '  db: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, healthcheck: { test: [CMD, "false"], interval: 200ms, start_period: 1h } }\n',
    },
    reason: 'Timeout',
  },
}

describe('a bad change', () => {
  it('an image that is not there: what is asked for is taken back', async () => {
    instance.state('web', web({ image: 'never-pushed' }))
    await allTell('ImagePullFailed', { tried: 1, applied: 1 })
    instance.state('web', web())
    await allReady()
  })

  it('an image that is not there: nothing is touched, and it is tried until it comes', async () => {
    const before = standing()
    const pid = instance.pids().web
    const { applied } = status() as { applied: number }
    visitor.clear()
    instance.state('web', web({ says: 'v2', image: 'pushed-later' }))
    await instance.event('stack.failed', 'web', from)
    await allTell('ImagePullFailed', { tried: applied, applied })
    const second = instance.events.length
    await instance.event('stack.failed', 'web', second)
    expect(Date.parse(status().nextTry ?? '')).toBeGreaterThan(Date.now() - 10_000)
    expect(standing()).toEqual(before)
    expect(instance.pids().web).toBe(pid)
    expect(new Set(visitor.answers)).toEqual(new Set(['v1']))
    // What stands is kept meanwhile.
    process.kill(pid as number, 'SIGKILL')
    await instance.event('stack.healed', 'web', from)
    expect(standing()).toEqual(before)
    buildImage(registry, 'library/pushed-later', {})
    await expect.poll(() => visitor.answers.at(-1), { timeout: 60_000 }).toBe('v2')
    await allReady()
  })

  for (const [name, { bad, reason }] of Object.entries(failures))
    it(`${name}: what served before serves again`, async () => {
      const says = `before ${name}`
      instance.state('web', web({ says }))
      await instance.event('stack.applied', 'web', from)
      await instance.ready('web')
      const before = standing()
      const { applied } = status() as { applied: number }
      visitor.clear()
      const start = instance.events.length
      instance.state('web', web(bad))
      const back = await instance.event('stack.rolled-back', 'web', start)
      expect(back).toMatchObject({ reason, level: 'warning', generation: applied + 2 })
      await expect.poll(() => visitor.answers.at(-1), { timeout: 20_000 }).toBe(says)
      await allTell(reason, { tried: applied + 1, applied })
      await expect
        .poll(() => receiver.notices.find((notice) => notice.id === back.id), { timeout: 20_000 })
        .toMatchObject({ type: 'stack.rolled-back', reason, stack: 'web', signed: true })
      expect(standing()).toEqual(before)
      expect([...instance.containers().keys()]).toEqual(['web'])
      // It is not tried again as long as the files say the same.
      await instance.rest()
      expect(instance.events.slice(start).filter((event) => event.type === 'stack.failed')).toHaveLength(1)
      instance.state('web', web({ says: 'fixed' }))
      await expect.poll(() => visitor.answers.at(-1), { timeout: 20_000 }).toBe('fixed')
      await allReady()
    })
})
