import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Generation } from '../../../src/model/generation.ts'
import type { SourceStatus, WatchStatus } from '../../../src/model/status.ts'
import { sh } from '../support.ts'
import { Watched } from './watching.ts'

const secret = 'hunter2'
const listen = '127.0.0.1:18180'
const instance = new Watched({ HEROPODS_HOOK_SECRET: secret })

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', instance.folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    encoding: 'utf8',
  }).trim()
/** Commits a stack whose configs come from a file beside it. */
function commit(page: string, reconcile = ''): string {
  const container =
    '{ image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, configs: [page], volumes: ["./www:/www:ro"] }'
  writeFileSync(join(instance.folder, 'page.txt'), page)
  mkdirSync(join(instance.folder, 'www'), { recursive: true })
  writeFileSync(join(instance.folder, 'www/index'), page)
  instance.state(
    'shop',
    `reconcile: { monitor: 500ms, ${reconcile} }\nconfigs: { page: { file: ./page.txt } }\ncontainers: { web: ${container} }\n`,
  )
  git('add', '-A')
  git('commit', '-q', '-m', page)
  return git('rev-parse', 'HEAD')
}
const hook = async (key: string): Promise<number> => {
  const body = '{"ref":"refs/heads/main"}'
  const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
  const headers = { 'X-Hub-Signature-256': signature, 'Content-Type': 'application/json' }
  return (await fetch(`http://${listen}/hook`, { method: 'POST', headers, body })).status
}
const source = (): SourceStatus =>
  (JSON.parse(instance.ok('status', '--json')) as { watched: WatchStatus }).watched.source

beforeAll(() => {
  sh('git', 'init', '-q', '-b', 'main', instance.folder)
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
})

it('a repository is followed: at once by a signed webhook, held by a closed window, kept while its branch is gone', async () => {
  const first = commit('one')
  const repository = ['--git', instance.folder, '--branch', 'main', '--poll', '1h']
  const options = ['--listen', listen, '--settle', '100ms']
  instance.watch(repository, options)
  await instance.ready('shop')
  expect(source()).toMatchObject({ revision: first, ok: true })
  expect(instance.exec('web', 'cat', '/page')).toBe('one')

  const second = commit('two')
  expect(await hook('other')).toBe(401)
  expect(await hook(secret)).toBe(202)
  await expect.poll(() => instance.exec('web', 'cat', '/page'), { timeout: 30_000, interval: 300 }).toBe('two')
  await expect.poll(() => source().revision, { timeout: 30_000, interval: 300 }).toBe(second)
  await instance.ready('shop')
  const { generations } = JSON.parse(instance.ok('history', '--json')) as { generations: Generation[] }
  expect(generations[0]?.origin).toBe(`${source().location} ${second.slice(0, 12)} by a`)
  const commitTwo = { id: second, subject: 'two', author: 'a', time: git('show', '-s', '--format=%cI', second) }
  const sameTime = (time: string | undefined): string => new Date(time ?? '').toISOString()
  expect({ ...generations[0]?.commit, time: sameTime(generations[0]?.commit?.time) }).toEqual({
    ...commitTwo,
    time: sameTime(commitTwo.time),
  })
  expect(source().commit).toEqual(generations[0]?.commit)
  expect(source().message).toBe(`1 stack at ${second.slice(0, 7)}.`)
  expect(instance.ok('status')).toMatch(
    new RegExp(
      `At commit ${second.slice(0, 7)} "two" by a, committed (just now|\\d+ s ago); last fetched (just now|\\d+ s ago)`,
    ),
  )
  expect(instance.ok('why', 'web')).toMatch(new RegExp(`Set in +shop\\.yaml:\\d+ at commit ${second.slice(0, 7)}\n`))
  await expect
    .poll(() => instance.events)
    .toContainEqual(
      expect.objectContaining({
        type: 'source.changed',
        message: `Commit ${second.slice(0, 7)} "two" by a: 1 stack.`,
        commit: generations[0]?.commit,
      }),
    )
  await expect
    .poll(() => instance.events.find(({ type, commit: one }) => type === 'stack.applied' && one?.id === second))
    .toBeDefined()
  const page = (await (await fetch(`http://${listen}/api/history`)).json()) as { generations: Generation[] }
  expect(page.generations[0]?.commit).toEqual(generations[0]?.commit)

  // A new watch of the same commit still knows it.
  await instance.unwatch()
  instance.watch(repository, options)
  await expect.poll(() => source().commit?.id, { timeout: 30_000, interval: 300 }).toBe(second)
  expect(source().commit).toEqual(generations[0]?.commit)
  expect(instance.ok('history')).toContain(`commit ${second.slice(0, 7)} "two" by a`)

  const minute = (ahead: number): string => new Date(Date.now() + ahead * 60_000).toISOString().slice(11, 16)
  const before = instance.events.length
  commit('three', `windows: ["${minute(120)}-${minute(180)} UTC"]`)
  expect(await hook(secret)).toBe(202)
  await instance.event('stack.held', 'shop', before)
  const asked = /shop\.yaml has changed since commit (\w+): `heropods diff (\S+)` shows the plan/.exec(
    instance.ok('why', 'web'),
  )
  expect(asked?.[1]).toBe(second.slice(0, 7))
  expect(instance.ok('why', 'web')).toMatch(/^ {2}Stack +Held\. OutsideWindow: /m)
  expect(instance.ok('diff', asked?.[2] ?? '')).toContain('config page')
  expect(instance.exec('web', 'cat', '/page')).toBe('two')

  const fourth = commit('four', 'ignore: ["container/*"]')
  expect(await hook(secret)).toBe(202)
  await expect.poll(() => source().revision, { timeout: 30_000, interval: 300 }).toBe(fourth)
  await instance.rest()
  expect(instance.exec('web', 'cat', '/page')).toBe('two')

  git('branch', '-m', 'main', 'other')
  expect(await hook(secret)).toBe(202)
  await instance.event('source.failed', undefined, before)
  await expect.poll(() => source().ok, { timeout: 30_000, interval: 300 }).toBe(false)
  expect(source()).toMatchObject({ revision: fourth, message: expect.stringContaining('has no branch main') })
  expect(instance.exec('web', 'cat', '/page')).toBe('two')

  git('branch', '-m', 'other', 'main')
  expect(await hook(secret)).toBe(202)
  expect((await instance.event('source.recovered', undefined, before)).message).toBe(
    `The source can be read again. Commit ${fourth.slice(0, 7)} "four" by a: 1 stack.`,
  )

  // The checkout changes a moment before the state of the repository: an event has the commit of its files.
  const later = instance.events.length
  const broken = commit('five', 'reconcil: wrong')
  expect(await hook(secret)).toBe(202)
  expect((await instance.event('source.failed', undefined, later)).message).toContain(`at ${broken.slice(0, 7)}`)

  // Two commits later its mounted folder is still what it was started with.
  expect(instance.exec('web', 'cat', '/www/index')).toBe('two')

  // A generation that restores an earlier one has the commit of that one.
  await instance.unwatch()
  const { generations: all } = JSON.parse(instance.ok('history', '--json')) as { generations: Generation[] }
  const firstOne = all.find((one) => one.commit?.id === first)
  instance.ok('rollback', String(firstOne?.generation), '--yes')
  const { generations: after } = JSON.parse(instance.ok('history', '--json')) as { generations: Generation[] }
  expect(after[0]).toMatchObject({ rollbackOf: firstOne?.generation, commit: firstOne?.commit })
  expect(after[0]).not.toHaveProperty('origin')
})

it('a watched folder in a git work tree has the commit whose files it has unchanged, and none after an edit', async () => {
  git('checkout', '-q', 'main')
  const clean = commit('six')
  writeFileSync(join(instance.folder, 'unrelated'), 'not committed')
  instance.watch()
  await expect.poll(() => source().commit?.id, { timeout: 30_000, interval: 300 }).toBe(clean)
  expect(source()).toMatchObject({ kind: 'directory', commit: { subject: 'six', author: 'a' }, message: '1 stack.' })
  await instance.ready('shop')
  const newest = (): Generation | undefined =>
    (JSON.parse(instance.ok('history', '--json')) as { generations: Generation[] }).generations[0]
  expect(newest()).toMatchObject({ origin: instance.folder, commit: { id: clean } })
  const before = newest()?.generation ?? 0
  writeFileSync(join(instance.folder, 'page.txt'), 'edited')
  await expect.poll(() => newest()?.generation, { timeout: 30_000, interval: 300 }).toBeGreaterThan(before)
  expect(newest()).not.toHaveProperty('commit')
  await expect.poll(source, { timeout: 30_000, interval: 300 }).not.toHaveProperty('commit')
})
