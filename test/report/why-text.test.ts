import { expect, test } from 'vitest'
import { makeStyle } from '../../src/report/style.ts'
import { renderWhy, type WhyView } from '../../src/report/why-text.ts'

const now = new Date('2026-11-28T12:00:00Z')

const view: WhyView = {
  address: 'shop/container/web',
  kind: 'container',
  exists: true,
  state: { state: 'running', health: 'unhealthy', exitCode: null, restarts: 2, startedAt: null },
  origin: { file: 'shop.yaml', line: 12 },
  fields: [
    { path: '/image', file: 'shop.yaml', line: 13 },
    { path: '/mem_limit', file: 'prod.yaml', line: 4, through: 'overlay' },
    { path: '/cpu_quota', file: 'prod.yaml', line: 4, through: 'overlay' },
    { path: '/environment/A', file: 'shop.env', line: 1, through: 'env_file' },
  ],
  changedFiles: ['prod.yaml'],
  lastChange: {
    generation: 7,
    time: '2026-11-28T11:57:00.000Z',
    by: 'commit 292d8de "New heading" by me',
    command: 'watch',
    result: 'failed',
    action: 'update',
    reason: 'mem_limit changed',
    fields: ['/mem_limit'],
  },
  drift: [
    { path: '/mem_limit', wanted: 2, recorded: 1 },
    { path: null, live: 'it is not running' },
  ],
  waitsFor: [
    { container: 'shop/container/db', condition: 'service_healthy', fulfilled: false, text: 'is unhealthy' },
    { container: 'shop/container/cache', condition: 'service_started', fulfilled: true },
  ],
  neededBy: [{ container: 'shop/container/proxy', condition: null, fulfilled: null }],
}

const text = (fields: Partial<WhyView> = {}): readonly string[] =>
  renderWhy({ ...view, ...fields }, now, makeStyle(false)).split('\n')

test('An object is explained in a few lines', () => {
  expect(text()).toEqual([
    'shop/container/web  running, unhealthy, 2 restarts',
    '  Set in        shop.yaml:12',
    '                prod.yaml:4 (overlay): mem_limit, cpu_quota',
    '                shop.env:1 (env_file): environment.A',
    '                prod.yaml has changed since the last run: `heropods diff` shows the plan',
    '  Last change   generation 7, 3 min ago (2026-11-28T11:57:00Z) by commit 292d8de "New heading" by me: failed',
    '                update: mem_limit changed',
    '                changed mem_limit',
    '  Drift         mem_limit: wanted 2, applied 1',
    '                it is not running',
    '  Waits for     shop/container/db (service_healthy): waiting, shop/container/db is unhealthy',
    '                shop/container/cache (service_started): fulfilled',
    '  Needed by     shop/container/proxy',
  ])
})

test('A removed object names the file that no longer has it', () => {
  const gone = { exists: false, state: null, origin: { file: 'shop.yaml' }, fields: [], changedFiles: [], drift: [] }
  expect(text({ ...gone, lastChange: null, waitsFor: [], neededBy: [] })).toEqual([
    'shop/container/web  does not exist',
    '  Not in        shop.yaml',
    '  Last change   not in the stored generations',
  ])
})

test('An object of no file says so', () => {
  expect(text({ origin: null, drift: [] }).slice(1, 2)).toEqual([
    '  Set in        unknown: no file of the last run declares it',
  ])
  expect(text({ drift: [] })).toContain('  Drift         none: it is as last applied')
})

test('A container shows an out-of-memory kill and the output of its health check', () => {
  const state = { state: 'exited', health: null, exitCode: 137, restarts: 0, startedAt: null }
  expect(text({ state: { ...state, outOfMemory: true } })[0]).toBe(
    'shop/container/web  exited with code 137, killed: out of memory',
  )
  expect(text({ state: { ...state, state: 'restarting', outOfMemory: true } })[0]).toBe(
    'shop/container/web  restarting after exit code 137, killed: out of memory',
  )
  expect(text({ state: { ...state, healthOutput: 'connection refused' } })[1]).toBe(
    '  Health check  connection refused',
  )
})
