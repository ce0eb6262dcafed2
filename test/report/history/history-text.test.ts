import { expect, test } from 'vitest'
import type { Generation } from '../../../src/model/generation.ts'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { renderHistory } from '../../../src/report/history/history-text.ts'
import { runsOfGenerations } from '../../../src/report/history/runs.ts'
import { makeStyle } from '../../../src/report/style.ts'
import { generationOf } from '../../specs.ts'

const now = new Date('2026-11-28T12:00:00Z')

const run = (generation: number, fields: Partial<Generation> = {}): Generation =>
  generationOf(generation, {
    user: 'alice',
    summary: { create: 3, update: 1, recreate: 1, delete: 0, keep: 4 },
    stacks: { shop: { desiredHash: null, files: [] } },
    ...fields,
  })
const commit = { id: '292d8de801f6b7a8', subject: 'New heading', author: 'me', time: '2026-11-28T11:00:00Z' }

test('The history says when, who, how much, which stacks and with which result', async () => {
  const text = await renderHistory(
    runsOfGenerations([
      run(9, { result: 'started', via: 'sudo' }),
      run(8, { result: 'interrupted', stacks: {} }),
      run(7, { origin: 'https://example.org/x.git', commit, time: '2026-11-26T10:00:00Z' }),
      run(6, { command: 'pulumi', origin: 'acme/prod', result: 'failed' }),
      run(5, { rollbackOf: 3, time: '2026-11-28T05:00:00Z' }),
      run(4, { commit: { ...commit, subject: 'x'.repeat(80) } }),
    ]),
    now,
    makeStyle(false),
  )
  expect(text.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
    'GENERATION WHEN WHO WHAT STACKS RESULT',
    '9 3 min ago alice (sudo) 3 created, 1 restarted, 1 updated shop in progress',
    '8 3 min ago alice 3 created, 1 restarted, 1 updated - interrupted',
    '7 2 days ago commit 292d8de "New heading" by me 3 created, 1 restarted, 1 updated shop done',
    '6 3 min ago pulumi acme/prod 3 created, 1 restarted, 1 updated shop failed',
    '5 7 h ago alice 3 created, 1 restarted, 1 updated shop done, rollback to 3',
    `4 3 min ago alice, commit 292d8de "${'x'.repeat(27)}..." by me 3 created, 1 restarted, 1 updated shop done`,
  ])
})

test('The history names the stacks that a run has changed', async () => {
  const source = { desiredHash: null, files: [] }
  const stacks = { shop: source, mail: source }
  const step = { address: 'mail/container/smtp', action: 'update', result: 'done', durationMs: 1 } as const
  const shown = async (fields: Partial<Generation>) => {
    const text = await renderHistory([[run(1, { stacks, ...fields })]], now, makeStyle(false))
    return text.split('\n')[1]?.split(/ {2,}/)[4]
  }
  expect(await shown({ steps: [step] })).toBe('mail')
  expect(await shown({ steps: [step], omittedSteps: 3 })).toBe('mail, shop')
  expect(await shown({})).toBe('mail, shop')
})

test('The subject of a long commit is cut first, and nothing where the list has no width', async () => {
  const long = { ...commit, subject: 'Raise the memory of web and of cache', author: 'Alice Example of the Shop' }
  const who = async (isComplete: boolean, fields: Partial<Generation>) => {
    const text = await renderHistory([[run(1, { origin: '/r', ...fields })]], now, makeStyle(false), { isComplete })
    return text.split('\n')[1]?.split(/ {2,}/)[2]
  }
  expect(await who(false, { commit: long })).toBe('commit 292d8de "Raise the m..." by Alice Example of the Shop')
  expect(await who(false, { commit: { ...long, subject: 'Short' } })).toBe(
    'commit 292d8de "Short" by Alice Example of the Shop',
  )
  expect(await who(true, { commit: long })).toBe(
    'commit 292d8de "Raise the memory of web and of cache" by Alice Example of the Shop',
  )
  expect(await who(false, { origin: `/${'f'.repeat(80)}` })).toBe(`watch of /${'f'.repeat(47)}...`)
})

test('The generations of one run of Pulumi are one row, with all of its objects', async () => {
  const pulumi = (generation: number, fields: Partial<Generation> = {}) =>
    run(generation, {
      command: 'pulumi',
      origin: 'acme/prod',
      pid: 7,
      stacks: { a: source },
      omittedSteps: 0,
      ...fields,
    })
  const source = { desiredHash: null, files: [] }
  const step = (name: string, action: 'create' | 'update' | 'delete', result: 'done' | 'failed' = 'done') =>
    ({ address: `a/${name}` as ResourceAddress, action, result, durationMs: 1 }) as const
  const list = [
    pulumi(12, { pid: 9, steps: [step('container/web', 'delete'), step('container/web', 'create')] }),
    run(11, { steps: [step('container/job', 'create')] }),
    pulumi(10, { steps: [step('container/web', 'create'), step('network/lan', 'update')] }),
    pulumi(9, { steps: [step('container/db', 'create', 'failed')], result: 'failed' }),
    pulumi(8, { steps: [step('network/lan', 'create')], stacks: { b: source } }),
    pulumi(7, { origin: 'acme/dev', steps: [step('network/lan', 'create')] }),
  ]
  const rows = (await renderHistory(runsOfGenerations(list), now, makeStyle(false))).split('\n').slice(1)
  expect(rows.map((row) => row.split(/ {2,}/))).toEqual([
    ['12', '3 min ago', 'pulumi acme/prod', '1 replaced: web', 'a', 'done'],
    ['11', '3 min ago', 'alice', '1 created: job', 'shop', 'done'],
    ['8-10', '3 min ago', 'pulumi acme/prod', '2 created, 1 failed: db, web, lan', 'a', 'failed'],
    ['7', '3 min ago', 'pulumi acme/dev', '1 created: lan', 'a', 'done'],
  ])
  const unrecorded = [pulumi(10), pulumi(9, { result: 'started' })]
  const [row] = (await renderHistory(runsOfGenerations(unrecorded), now, makeStyle(false))).split('\n').slice(1)
  expect(row?.split(/ {2,}/).slice(3)).toEqual(['6 created, 2 restarted, 2 updated', 'a', 'in progress'])
})
