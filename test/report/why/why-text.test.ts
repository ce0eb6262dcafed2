import { expect, test } from 'vitest'
import { makeStyle } from '../../../src/report/style.ts'
import { renderWhy, type WhySteps } from '../../../src/report/why/why-text.ts'
import type { WhyView } from '../../../src/report/why/why-view.ts'
import { change, planStep } from '../../specs.ts'

const now = new Date('2026-11-28T12:00:00Z')

const applied: NonNullable<WhyView['lastChange']> = {
  generation: 7,
  time: '2026-11-28T11:57:00.000Z',
  by: 'commit 292d8de "New heading" by me',
  command: 'watch',
  result: 'failed',
  action: 'update',
  reason: 'mem_limit changed',
  fields: ['/mem_limit'],
}

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
  lastChange: applied,
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

const limit = change('/mem_limit', { before: 64 * 2 ** 20, after: 128 * 2 ** 20 })
const update = planStep('shop/container/web', 'update', [limit], { spec: { mem_limit: 128 * 2 ** 20 } })
const steps: WhySteps = { last: [update], unapplied: undefined }

const text = (fields: Partial<WhyView> = {}, more: Partial<WhySteps> = {}): readonly string[] =>
  renderWhy({ ...view, ...fields }, { ...steps, ...more }, now, makeStyle(false)).split('\n')

test('An object is explained in a few lines', () => {
  expect(text()).toEqual([
    'shop/container/web  running, unhealthy, restarted 2 times',
    '  Set in        shop.yaml:12',
    '                prod.yaml:4 (overlay): mem_limit, cpu_quota',
    '                shop.env:1 (env_file): environment.A',
    '                prod.yaml has changed since the last run: `heropods diff` shows the plan',
    '  Last change   generation 7, 3 min ago (2026-11-28T11:57:00Z) by commit 292d8de "New heading" by me: failed',
    '                update, process untouched',
    '                ~ mem_limit: 64M -> 128M',
    '  Drift         it is not running',
    '  Waits for     shop/container/db (service_healthy): not fulfilled: db is unhealthy',
    '                shop/container/cache (service_started): fulfilled',
    '  Needed by     shop/container/proxy',
  ])
})

test('A removed object names the file that no longer has it', () => {
  const gone = { exists: false, state: null, origin: { file: 'shop.yaml' }, fields: [], changedFiles: [], drift: [] }
  expect(text({ ...gone, lastChange: null, waitsFor: [], neededBy: [] }, { last: [] })).toEqual([
    'shop/container/web  does not exist',
    '  Not in        shop.yaml',
    '  Last change   not in the stored generations',
  ])
})

test('A last change that was a rollback names the restored generation', () => {
  const by = 'watch (undid generation 4, commit dd641e7 by Bob)'
  const lastChange = { ...applied, by, result: 'done', rollbackOf: 3 } as const
  expect(text({ lastChange })).toContainEqual(
    expect.stringMatching(/ by watch \(undid generation 4, commit dd641e7 by Bob\) \(rollback to generation 3\)$/),
  )
})

test('Files of a repository have their commit, and the command that plans the current one', () => {
  const readFrom = { commit: '552d685aa0f6b7a8', folder: '/data/default/git/current/host1' }
  const place = (fields: Partial<WhyView>) => text({ fields: [], readFrom, ...fields }).slice(1, 3)
  const changed = ['shop.yaml']
  expect(place({ changedFiles: [] })[0]).toBe('  Set in        shop.yaml:12 at commit 552d685')
  expect(place({ changedFiles: changed })).toEqual([
    '  Set in        shop.yaml:12',
    '                shop.yaml has changed since commit 552d685: `heropods diff /data/default/git/current/host1` shows the plan',
  ])
  expect(place({ origin: null, changedFiles: changed })).toEqual([
    '  Set in        shop.yaml at commit 552d685; the file was changed or removed since',
    '                `heropods diff /data/default/git/current/host1` shows the plan',
  ])
})

test('An object of Pulumi has its program', () => {
  expect(text({ address: 'pulumi~infra~dev/container/web', origin: null, changedFiles: [] })[1]).toBe(
    '  Set in        Pulumi program infra/dev',
  )
})

test('An object of no file says so', () => {
  expect(text({ origin: null, changedFiles: [], drift: [] }).slice(1, 2)).toEqual([
    '  Set in        unknown: no file of the last run declares it',
  ])
  expect(text({ drift: [] })).toContain('  Drift         none: it is as last applied')
})

test('A removed object that its file still declares names the command that removed it', () => {
  const view = text({
    exists: false,
    state: null,
    drift: [],
    changedFiles: [],
    lastChange: { ...applied, command: 'heropods destroy shop' },
  })
  expect(view[1]).toBe(
    '  Set in        shop.yaml:12; removed by `heropods destroy shop`, `heropods apply` creates it again',
  )
})

test('A generation that was applied and did not become healthy shows why at its container', () => {
  const view = text({ lastChange: { ...applied, result: 'failed', step: 'done', error: 'web is unhealthy: refused.' } })
  expect(view.find((line) => line.includes('Last change'))).toMatch(/: applied, and did not become healthy$/)
  expect(view).toContain('                web is unhealthy: refused.')
})

test('A container shows an out-of-memory kill and the output of its health check', () => {
  const state = { state: 'exited', health: null, exitCode: 137, restarts: 0, startedAt: null }
  expect(text({ state: { ...state, outOfMemory: true } })[0]).toBe(
    'shop/container/web  exited with code 137, killed: out of memory (the memory of the host was used up: set `mem_limit` of the containers that need too much)',
  )
  expect(text({ state: { ...state, state: 'restarting', outOfMemory: true, memoryLimit: 2 ** 24 } })[0]).toBe(
    'shop/container/web  restarting after exit code 137, killed: out of memory (it reached its memory limit of 16M: raise `mem_limit`)',
  )
  expect(text({ state: { ...state, healthOutput: 'connection refused' } })[1]).toBe(
    '  Health check  connection refused',
  )
})

test('An object that a run has not created says so, with its line and the error', () => {
  const absent = { exists: false, state: null, drift: [], fields: [], changedFiles: [], neededBy: [] }
  const creation = { last: [{ ...planStep('shop/container/web', 'create'), reason: 'does not exist' }] }
  const waitsFor = [
    { container: 'shop/container/db', condition: 'service_healthy', fulfilled: false, text: 'is not healthy yet' },
  ]
  const lastChange = { ...applied, result: 'started' } as const
  expect(text({ ...absent, absence: 'creating', lastChange, waitsFor }, creation)).toEqual([
    'shop/container/web  not created yet',
    '  Set in        shop.yaml:12',
    expect.stringMatching(/^ {2}Last change {3}generation 7, .*: in progress$/),
    '                create',
    '  Waits for     shop/container/db (service_healthy): not fulfilled: db is not healthy yet',
  ])
  const failed = { ...applied, step: 'skipped', error: 'db is unhealthy:\n  | no' } as const
  expect(text({ ...absent, absence: 'failed', lastChange: failed, waitsFor: [] }, creation)).toEqual([
    'shop/container/web  was not created',
    '  Set in        shop.yaml:12',
    expect.stringMatching(/: skipped$/),
    '                create',
    '                db is unhealthy:',
    '                  | no',
  ])
})

test('The own step of an object was done, though its run failed', () => {
  const lastChange = { ...applied, step: 'done' } as const
  expect(text({ lastChange }).join('\n')).toContain('by me (another step of the generation failed)')
})

test('Recorded changes that are not applied are no drift', () => {
  const lines = text({ drift: [], unapplied: { generation: 9, result: 'failed' } }, { unapplied: update })
  expect(lines.slice(8, 11)).toEqual([
    '  Not applied   generation 9 failed',
    '                ~ mem_limit: 64M -> 128M',
    '  Waits for     shop/container/db (service_healthy): not fulfilled: db is unhealthy',
  ])
})

test('A container that runs does not wait; the object at the other end is the subject', () => {
  const neededBy = [
    {
      ...{ container: 'shop/container/job', condition: 'service_healthy', fulfilled: false, text: 'is unhealthy' },
      hasStarted: true,
    } as const,
  ]
  expect(text({ neededBy }).at(-1)).toBe(
    '  Needed by     shop/container/job (service_healthy): fulfilled when it started; since then: web is unhealthy',
  )
})

test('A container without a process is not running, also after a reboot', () => {
  const state = { state: 'absent', health: null, exitCode: null, restarts: 0, startedAt: null }
  expect(text({ state })[0]).toBe('shop/container/web  not running')
})

test('A container that crashes shows its last exits and the end of its log', () => {
  const exit = (second: number, exitCode: number) => ({
    startedAt: `2026-11-28T11:59:${second}.000Z`,
    endedAt: `2026-11-28T11:59:${second + 1}.000Z`,
    exitCode,
    outOfMemory: exitCode === 137,
  })
  const output = ['cannot reach db:5432']
  expect(text({ exits: [exit(38, 3), exit(57, 3)], output }).slice(1, 3)).toEqual([
    '  Last exit     code 3, 2 s ago (2 exits in 20 s)',
    '  Output        | cannot reach db:5432',
  ])
  expect(text({ exits: [exit(38, 3), exit(57, 137)] })[1]).toBe(
    '  Last exit     code 137 (out of memory), 2 s ago (2 exits in 20 s): codes 3, 137 (out of memory)',
  )
  expect(text({ exits: [exit(57, 1)] })[1]).toBe('  Last exit     code 1, 2 s ago')
  const planned = { ...exit(57, 143), stoppedBy: 'generation 2' }
  expect(text({ exits: [planned] })[1]).toBe('  Last exit     code 143, stopped by generation 2, 2 s ago')
  expect(text({ exits: [exit(38, 3), { ...planned, stoppedBy: 'heropods stop' }] }).slice(1, 3)).toEqual([
    '  Last exit     code 143, stopped by heropods stop, 2 s ago',
    '                1 unplanned exit before: code 3',
  ])
  expect(text({ exits: [planned, exit(58, 3)] })[1]).toBe('  Last exit     code 3, 1 s ago')
})

test('The file of a change that was undone has the generation that is in place instead', () => {
  const readFrom = { commit: '5d0cd9d5aaf6b7a8', undone: 4, inPlace: 3 }
  const place = (fields: WhyView['readFrom']) =>
    text({ fields: [], changedFiles: [], ...(fields && { readFrom: fields }) }).slice(1, 3)
  expect(place(readFrom)).toEqual([
    '  Set in        shop.yaml:12 at commit 5d0cd9d',
    '                generation 4 (commit 5d0cd9d) was undone: generation 3 is in place, and it can differ from this file',
  ])
  expect(place({ undone: 4 })[1]).toMatch(/^ +generation 4 was undone: the generation before is in place/)
  expect(place({ commit: '5d0cd9d5aaf6b7a8' }).join()).not.toContain('was undone')
})

test('A stack whose files are not applied is named, and the word only once', () => {
  const stackState = { status: 'Undone', message: 'CrashLoop: Generation 5 failed: web does not stay up.' }
  expect(text({ stackState })).toContain(
    '  Stack         Undone. CrashLoop: Generation 5 failed: web does not stay up.',
  )
  const suspended = { status: 'Suspended', message: 'Suspended by root: no changes until `heropods resume shop`.' }
  expect(text({ stackState: suspended })).toContain(
    '  Stack         Suspended by root: no changes until `heropods resume shop`.',
  )
})

test('The processes that the kernel has killed are named', () => {
  const memoryKilled = [{ time: '2026-11-28T11:59:56.000Z', program: 'tail', pid: 16103 }]
  const state = {
    state: 'running',
    health: null,
    exitCode: null,
    restarts: 0,
    startedAt: null,
    memoryKills: 1,
    memoryKilled,
  }
  expect(text({ state })[1]).toBe('  Killed        tail (pid 16103 on the host): out of memory, 4 s ago')
})
