import { describe, expect, it, vi } from 'vitest'
import type { Change } from '../../src/model/change.ts'
import { resourceAddress } from '../../src/model/resource-address.ts'
import { redactorOf } from '../../src/model/sensitive.ts'
import { PageDocument } from '../../src/watch/http/page-document.ts'
import { differencesOf } from '../../src/watch/page-data/differences.ts'
import { generationDetails, historyOf } from '../../src/watch/page-data/generations.ts'
import { problemsOf } from '../../src/watch/page-data/problems.ts'
import { percent, UsageSampler } from '../../src/watch/page-data/usage-sampler.ts'
import { failedStack, readyStack, suspendedStack, watchStatus } from './fixtures.ts'
import { containerDetails } from './page-fixtures.ts'

const web = resourceAddress('shop', 'container', 'web')

describe('problems', () => {
  it('come with the command that helps, the worst first', () => {
    const drift = [{ address: 'b/network/lan', text: 'one rule less' }]
    const status = watchStatus([suspendedStack('a'), readyStack('b', { drift }), failedStack('c')], { instance: 'two' })
    const containers = [
      containerDetails('b', 'web', { readiness: 'failed', reason: 'is unhealthy' }),
      containerDetails('b', 'off', { readiness: 'failed', reason: 'was stopped', state: 'stopped' }),
      containerDetails('b', 'new', { readiness: 'pending', reason: 'is starting' }),
    ]
    expect(problemsOf(status, containers).map(({ tone, title, command }) => [tone, title, command])).toEqual([
      ['bad', 'b/web', 'heropods logs b/web --instance two'],
      ['bad', 'c: Degraded (ImagePullFailed)', 'heropods status c --instance two'],
      ['warn', 'b/off', 'heropods start b/off --instance two'],
      ['warn', 'b: Drifted', 'heropods status b --instance two'],
      ['off', 'a: Suspended', 'heropods resume a --instance two'],
    ])
    expect(problemsOf(status, containers).map(({ word }) => word)).toEqual([
      ...['Degraded', 'Degraded', 'stopped', 'Drifted', 'Suspended'],
    ])
  })

  it('of a stack that watch does not follow do not name its files', () => {
    const drift = [{ address: 'p/network/lan', text: 'one rule less' }]
    const source = { ...watchStatus([]).source, kind: 'directory' as const, location: '/etc/stacks' }
    const other = readyStack('p', { drift, owner: { kind: 'pulumi', name: 'infra/dev' } })
    expect(problemsOf(watchStatus([other], { source }), []).map(({ title, command }) => [title, command])).toEqual([
      ['p: Drifted', 'heropods status p'],
    ])
  })

  it('name the commit of the change', () => {
    const commit = { id: '07f832b', subject: 'Bad', author: 'Bob', time: '2026-11-27T12:00:00Z' }
    const found = problemsOf(watchStatus([failedStack('c', { commit }), failedStack('d')]), [])
    expect(found.map(({ commit }) => commit?.author)).toEqual(['Bob', undefined])
  })

  it('count a container once whose stack has drifted only by it', () => {
    const gone = containerDetails('c', 'web', { readiness: 'failed', reason: 'has exited', state: 'exited' })
    const drift = [{ address: gone.address, text: 'its process is gone' }]
    const stack = failedStack('c', { lastError: null, drift })
    const drifted = { ...stack, conditions: stack.conditions.map((one) => ({ ...one, reason: 'Drifted' })) }
    expect(problemsOf(watchStatus([drifted]), [gone]).map(({ title }) => title)).toEqual(['c/web'])
    const more = { ...drifted, drift: [...drift, { address: 'c/network/lan', text: 'one rule less' }] }
    expect(problemsOf(watchStatus([more]), [gone]).map(({ title }) => title)).toEqual(['c: Drifted', 'c/web'])
  })

  it('of a suspended stack are not hidden', () => {
    const web = containerDetails('a', 'web', { readiness: 'failed', reason: 'has exited with code 1' })
    const found = problemsOf(watchStatus([suspendedStack('a')]), [web])
    expect(found.map(({ tone, title }) => [tone, title])).toEqual([
      ['bad', 'a/web'],
      ['off', 'a: Suspended'],
    ])
  })

  it('of a suspended stack with a failed change are one, which is not red', () => {
    const [failed, suspended] = [failedStack('a'), suspendedStack('a')]
    const isActive = ({ type, status }: { type: string; status: boolean }) => type !== 'Suspended' || status
    const both = { ...failed, conditions: [...failed.conditions, ...suspended.conditions.slice(-1)].filter(isActive) }
    const [only, ...rest] = problemsOf(watchStatus([both]), [])
    expect(rest).toEqual([])
    const texts = both.conditions.filter(({ status }) => status).map(({ message }) => message)
    expect(only).toMatchObject({
      tone: 'off',
      title: 'a: Suspended',
      command: 'heropods resume a',
      message: texts.join(' '),
    })
  })

  it('that are a rollback by a user have no commit and no time of an earlier failure', () => {
    const failed = failedStack('a', { lastError: null })
    const commit = { id: 'f5d88bb', subject: 'limit', author: 'Alice', time: '2026-11-28T12:00:00Z' }
    const of = (reason: string) =>
      problemsOf(
        watchStatus([{ ...failed, commit, conditions: failed.conditions.map((one) => ({ ...one, reason })) }]),
        [],
      )[0]
    expect(of('RolledBack')).toMatchObject({ commit: null, since: null })
    expect(of('CrashLoop')).toMatchObject({ commit })
  })

  it('name the command of a message, and are empty where all is well', () => {
    const held = failedStack('c', { lastError: null })
    const conditions = held.conditions.map((one) => ({
      ...one,
      message: 'Run `heropods apply --allow-mass-delete .` if it is meant.',
    }))
    expect(problemsOf(watchStatus([{ ...held, conditions }]), [])[0]?.command).toBe(
      'heropods apply --allow-mass-delete .',
    )
    const invalid = held.conditions.map((one) => ({ ...one, reason: 'Invalid' }))
    const lastError = { code: 'invalid', message: 'x', place: { file: 'shop.yaml', line: 3, column: 1 } }
    const broken = { ...watchStatus([]).source, ok: false, message: '1 invalid file.' }
    const found = problemsOf(watchStatus([{ ...held, conditions: invalid, lastError }], { source: broken }), [])
    expect(found.map(({ title, command }) => [title, command])).toEqual([
      ['c: Degraded (Invalid)', 'heropods validate shop.yaml'],
    ])
    const checkout = '/var/lib/heropods/default/git/current'
    const fetched = watchStatus([{ ...held, conditions: invalid, lastError }], { source: { ...broken, checkout } })
    expect(problemsOf(fetched, [])[0]?.command).toBe(`heropods validate ${checkout}/shop.yaml`)
    expect(problemsOf(watchStatus([], { source: broken }), []).map(({ key }) => key)).toEqual(['source'])
    const source = { ...watchStatus([]).source, kind: 'directory' as const, location: '/etc/stacks' }
    const drifting = readyStack('a', { drift: [{ address: 'a/network/lan', text: 'one rule less' }] })
    expect(problemsOf(watchStatus([drifting], { source }), [])[0]?.command).toBe('heropods diff /etc/stacks')
    expect(problemsOf(watchStatus([readyStack('a')]), [containerDetails('a', 'web')])).toEqual([])
  })
})

describe('one cause', () => {
  it('is one problem: a failed job, and its stack', () => {
    const lastError = {
      code: 'container-exited',
      message: 'job exited with code 3.',
      address: resourceAddress('c', 'container', 'job'),
    }
    const job = containerDetails('c', 'job', { readiness: 'failed', reason: 'has exited with code 3', state: 'exited' })
    const other = containerDetails('c', 'web', { readiness: 'failed', reason: 'is unhealthy' })
    const found = problemsOf(watchStatus([failedStack('c', { lastError })]), [job, other])
    expect(found.map(({ title, command }) => [title, command])).toEqual([
      ['c: Degraded (ImagePullFailed)', 'heropods logs c/job'],
      ['c/web', 'heropods logs c/web'],
    ])
  })

  it('is not an undone change where a container is broken later', () => {
    const web = containerDetails('c', 'web', { readiness: 'failed', reason: 'is unhealthy' })
    const lastError = { code: 'unhealthy', message: 'web is unhealthy.', address: web.address }
    const stack = failedStack('c', { lastError, undone: 44 })
    const undone = { ...stack, conditions: stack.conditions.map((one) => ({ ...one, reason: 'Unhealthy' })) }
    const titles = (containers: readonly (typeof web)[]) =>
      problemsOf(watchStatus([undone]), containers).map(({ tone, title }) => [tone, title])
    expect(titles([])).toEqual([['warn', 'c: Undone (Unhealthy)']])
    expect(titles([web])).toEqual([
      ['bad', 'c/web'],
      ['warn', 'c: Undone (Unhealthy)'],
    ])
  })

  it('is one problem: a deletion that is held, of several stacks', () => {
    const held = ['a', 'b', 'c', 'd', 'e'].map((name) => {
      const stack = failedStack(name, { lastError: null })
      const message = 'Too many objects. To remove them anyway: `heropods apply --allow-mass-delete .`.'
      const conditions = stack.conditions.map((one) => ({ ...one, reason: 'MassDeletion', message }))
      return { ...stack, conditions }
    })
    const found = problemsOf(watchStatus([...held, failedStack('f'), failedStack('g')]), [])
    expect(found.map(({ tone, title, stacks }) => [tone, title, stacks])).toEqual([
      ['bad', 'f: Degraded (ImagePullFailed)', ['f']],
      ['bad', 'g: Degraded (ImagePullFailed)', ['g']],
      ['warn', 'a, b, c and 2 more: Held (MassDeletion)', ['a', 'b', 'c', 'd', 'e']],
    ])
  })
})

describe('differences', () => {
  const files = [{ kind: 'config', name: 'page' }]
  const update = (changes: readonly Change[]) =>
    ({ id: `${web}:update`, address: web, kind: 'container', action: 'update', changes, spec: { files } }) as never

  it('have the wanted, the recorded and the live value, once for all plans that have them', () => {
    const changes: readonly Change[] = [
      { path: '/mem_limit', before: 64 * 2 ** 20, after: 96 * 2 ** 20, class: 'live' },
      { path: '/environment/PASSWORD', before: 'hunter2', after: 'hunter3', class: 'recreate' },
      {
        path: '/host/limits',
        before: '',
        after: undefined,
        class: 'live',
        drift: 'mem_limit is 512M instead of 256M',
        driftedField: { name: 'mem_limit', applied: '256M', live: '512M' },
      },
      { path: '/host/files', before: '', after: undefined, class: 'live', drift: 'hosts was edited' },
      { path: '/files/0/content', before: 'text:v3', after: 'text:v4', class: 'live' },
      { path: '/files/0/mode', before: '0444', after: '0400', class: 'live' },
    ]
    const found = differencesOf([update(changes), update(changes)], true)
    expect(found.map(({ field, wanted, recorded, live }) => [field, wanted, recorded, live])).toEqual([
      ['mem_limit', '96M', '64M', 'as recorded'],
      ['environment.PASSWORD', '(hidden)', '(hidden)', 'as recorded'],
      ['mem_limit', '256M', '256M', '512M'],
      ['files', 'as recorded', 'as applied', 'hosts was edited'],
      ['config page', 'v4', 'v3', 'as recorded'],
      ['config page mode', '0400', '0444', 'as recorded'],
    ])
  })
})

describe('the numbers of failures', () => {
  it('are only in the row of the container, so that one fact has one number', () => {
    const stack = failedStack('c', { lastError: null })
    const message = 'web is unhealthy: refused (19 failures).'
    const conditions = stack.conditions.map((one) => ({ ...one, message }))
    expect(problemsOf(watchStatus([{ ...stack, conditions }]), [])[0]?.message).toBe('web is unhealthy: refused.')
  })
})

describe('secrets in the output of containers', () => {
  it('are hidden: the value, the content of a file, the lines of a text', () => {
    const key = '-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----\n'
    const redact = redactorOf(
      new Map([
        ['a', 's3cret'],
        ['b', Buffer.from(key).toString('base64')],
        ['c', 'ab'],
      ]),
    )
    expect(redact('login s3cret')).toBe('login (sensitive)')
    expect(redact('loaded MIIEvQIBADANBg')).toBe('loaded (sensitive)')
    expect(redact('about')).toBe('about')
  })
})

describe('generations', () => {
  const run = (generation: number, command: string) => ({
    generation,
    user: 'ada',
    pid: 1,
    command,
    time: '2026-11-28T00:00:00.000Z',
    summary: { create: 1, update: 0, recreate: 0, delete: 0, keep: 0 },
    stacks: { shop: { desiredHash: null, files: [] } },
    result: 'failed' as const,
    failures: [{ code: 'x', message: 'It broke.', address: web }],
  })
  const openReader = async () => ({
    generations: async () => [run(1, 'heropods apply --var password=hunter2'), run(2, 'pulumi')],
    recordedRun: async (number: number) => (number === 1 ? ({ plan: { steps: [] } } as never) : undefined),
    close: async () => undefined,
  })

  it('name the command without its arguments, which may be secret', async () => {
    expect((await historyOf(openReader)).map(({ generation, command }) => [generation, command])).toEqual([
      [2, 'pulumi'],
      [1, 'heropods apply'],
    ])
  })

  it('name the stacks that changed', async () => {
    const step = { address: web, action: 'update' as const, result: 'done' as const, durationMs: 1 }
    const two = {
      ...run(1, 'watch'),
      stacks: { shop: { desiredHash: null, files: [] }, mail: { desiredHash: null, files: [] } },
    }
    const changed = async (more: object) => {
      const [entry] = await historyOf(async () => ({
        ...(await openReader()),
        generations: async () => [{ ...two, ...more }],
      }))
      return entry?.changed
    }
    expect(await changed({ steps: [step], omittedSteps: 0 })).toEqual(['shop'])
    expect(await changed({ steps: [step], omittedSteps: 3 })).toBeUndefined()
    expect(await changed({})).toBeUndefined()
  })

  it('have the plan and the failures of the run', async () => {
    const tools = { openReader, renderPlan: () => '\n  + shop/container/web  create\n' }
    expect(await generationDetails(1, tools)).toMatchObject({
      plan: '  + shop/container/web  create',
      failures: [{ message: 'It broke.', hint: null, address: web }],
    })
    expect((await generationDetails(2, tools))?.plan).toBeNull()
    expect(await generationDetails(3, tools)).toBeUndefined()
  })
})

describe('the document of the page', () => {
  it('gives only what has changed', () => {
    const values = new Map<string, unknown>([
      ['a', { n: 1 }],
      ['b', [2]],
    ])
    const document = new PageDocument(() => new Map(values))
    expect(document.patch()).toEqual({ version: 1, values: { a: { n: 1 }, b: [2] } })
    expect(document.patch()).toBeUndefined()
    values.set('a', { n: 3 }).delete('b')
    expect(document.patch()).toEqual({ version: 2, values: { a: { n: 3 }, b: null } })
    expect(JSON.parse(document.text())).toEqual({ version: 2, values: { a: { n: 3 } } })
  })
})

describe('the use of CPU and memory', () => {
  it('is measured all the time, and more often while someone looks', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let read = 0
    const sampler = new UsageSampler({
      containers: () => [{ address: web, id: 'shop_web-1' }],
      read: async () => {
        read += 1
        return new Map([['shop_web-1', { cpuUs: read * 1000, memory: 2 ** 20 }]])
      },
    })
    try {
      await vi.advanceTimersByTimeAsync(60_000)
      expect(read).toBe(0)
      sampler.start()
      await vi.advanceTimersByTimeAsync(60_000)
      // A slow machine may space them further.
      expect(read).toBeGreaterThan(1)
      expect(read).toBeLessThan(8)
      expect(sampler.recent()).toHaveLength(read)
      const alone = read
      const leave = sampler.look()
      await vi.advanceTimersByTimeAsync(30_000)
      expect(read - alone).toBeGreaterThan(8)
      expect(sampler.recent()[0]?.points[web]).toEqual([null, 2 ** 20])
      expect(sampler.recent()[1]?.points[web]?.[0]).toBeGreaterThan(0)
      leave()
      leave()
      await vi.advanceTimersByTimeAsync(30_000)
      const before = read
      await vi.advanceTimersByTimeAsync(60_000)
      expect(read - before).toBeLessThan(8)
      sampler.stop()
      const stopped = read
      await vi.advanceTimersByTimeAsync(60_000)
      expect(read).toBe(stopped)
      expect(sampler.recent()).toEqual([])
    } finally {
      vi.useRealTimers()
    }
  })

  it('is in percent of one core', () => {
    expect(percent({ cpuUs: 1_000_000, sampledAtMs: 1000 }, { cpuUs: 1_500_000, sampledAtMs: 2000 })).toBe(50)
    expect(percent({ cpuUs: 9, sampledAtMs: 1000 }, { cpuUs: 3, sampledAtMs: 2000 })).toBe(0)
    expect(percent(undefined, { cpuUs: 3, sampledAtMs: 2000 })).toBeNull()
  })
})
