import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeInstanceCgroups } from '../../../src/host/cgroup.ts'
import { instancePaths, type Paths } from '../../../src/host/files/paths.ts'
import { LocalHost } from '../../../src/host/local.ts'
import { patchBetween, revisionsOf } from '../../../src/reconciler/history/history.ts'
import { stopEmbedded } from '../../../src/state/redis/embedded.ts'
import { openState } from '../../../src/state/redis/redis.ts'

const host = new LocalHost()

let base: string
let paths: Paths

beforeAll(async () => {
  base = await mkdtemp('/tmp/hp-state-')
  paths = instancePaths({ HEROPODS_DIR: join(base, 'data'), HEROPODS_RUN_DIR: join(base, 'run') })
})

afterAll(async () => {
  await stopEmbedded(host, paths)
  await removeInstanceCgroups(host, paths.id)
  await rm(base, { recursive: true, force: true })
})

const web = 's/container/web'
const summary = { create: 0, update: 0, recreate: 0, delete: 0, keep: 0 }
const info = { user: 'u', pid: 1, command: 'c', time: 't', summary, stacks: {} }
const plan = { formatVersion: 1, steps: [], summary, warnings: [] } as const

it('reading a fresh host answers nothing and makes nothing', async () => {
  const state = await openState({ host, paths, mode: 'read' })
  expect((await state.read()).inventory.size).toBe(0)
  await expect(readFile(join(paths.run, 'redis.pid'))).rejects.toThrow()
})

it('remembers records, leases and what was begun', async () => {
  const state = await openState({ host, paths, mode: 'write' })
  expect(await state.begin(info, plan, { records: new Map(), reversePatch: [], sealed: new Map() })).toBe(1)
  const lease = { network: 's/network/n', ip: '10.0.0.2', mac: '02:00:00:00:00:01', container: web } as const
  await state.saveLeases([lease], [])
  await state.markPending([`${web}:create`])
  expect((await state.read()).pending).toEqual([`${web}:create`])
  await state.markComplete(`${web}:create`, { address: web, specHash: 'h', generation: 1 })
  const seen = await state.read()
  expect(seen.inventory.get(web)?.specHash).toBe('h')
  expect(seen.leases).toEqual([lease])
  expect(seen.pending).toEqual([])
  await state.close()
})

it('keeps a hundred generations, and of sensitive values those that they refer to', async () => {
  const state = await openState({ host, paths, mode: 'write' })
  const name = (value: number): string => String(value).padStart(64, '0')
  const record = (value: number) => ({
    desiredHash: null,
    resources: { [web]: { command: [`\u0001sensitive:${name(value)}\u0002`] } },
  })
  const before = (await state.read()).generation
  for (let value = 1; value <= 104; value += 1) {
    const newest = new Map([['s', record(value)]])
    const earlier = new Map(value === 1 ? [] : [['s', record(value - 1)]])
    const sealed = new Map([[name(value), Buffer.from(`sealed ${value}`).toString('base64')]])
    await state.begin(info, plan, { records: newest, reversePatch: patchBetween(newest, earlier), sealed })
  }
  const history = await state.history()
  expect((await state.generations()).length).toBe(100)
  expect(await state.plan(before + 4)).toBeUndefined()
  const moments = [...revisionsOf(history)]
  expect(moments.map((one) => one.generation - before)).toEqual(Array.from({ length: 100 }, (_, index) => 104 - index))
  expect(moments.at(-1)?.document.get('s')).toEqual(record(5))
  // The patch of the oldest still leads to the one before it.
  expect([...(await state.sealed()).keys()].sort()).toEqual(Array.from({ length: 101 }, (_, index) => name(index + 4)))
  await state.close()
})

it('keeps what was written through kill -9 of the server', async () => {
  const pid = Number(await readFile(join(paths.run, 'redis.pid'), 'utf8'))
  process.kill(pid, 'SIGKILL')
  const state = await openState({ host, paths, mode: 'write' })
  expect((await state.read()).inventory.has(web)).toBe(true)
  await state.close()
})

it('a writer that lost its lease changes nothing any more', async () => {
  const first = await openState({ host, paths, mode: 'write' })
  const second = await openState({ host, paths, mode: 'write' })
  await expect(first.forget([web])).rejects.toMatchObject({ diagnostics: [{ code: 'fenced' }] })
  expect((await second.read()).inventory.has(web)).toBe(true)
  await Promise.all([first.close(), second.close()])
})

it('two opened at once start one server', async () => {
  process.kill(Number(await readFile(join(paths.run, 'redis.pid'), 'utf8')), 'SIGKILL')
  const states = await Promise.all([1, 2, 3].map(() => openState({ host, paths, mode: 'write' })))
  const records = await Promise.all(states.map((state) => state.read()))
  expect(records.map((record) => record.inventory.size)).toEqual([1, 1, 1])
  await Promise.all(states.map((state) => state.close()))
})

it('names an unreachable server without its password', async () => {
  const opening = openState({ host, paths, mode: 'write', url: 'redis://me:geheim@127.0.0.1:1/0' })
  await expect(opening).rejects.toThrow(/redis:\/\/me:\*\*\*@127/)
})
