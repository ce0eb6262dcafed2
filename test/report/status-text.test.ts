import { expect, it } from 'vitest'
import { isInOrder, type StackStatus, stackWord } from '../../src/model/status.ts'
import { renderStack, renderStatus } from '../../src/report/status-text.ts'
import { makeStyle } from '../../src/report/style.ts'
import { failedStack } from '../watch/fixtures.ts'

const message = 'Generation 1 failed: Podman could not pull localhost:1/none:1.'
const since = '2026-11-28T12:00:00Z'
const status: StackStatus = {
  stack: 'img',
  files: [],
  mode: 'heal',
  conditions: [
    { type: 'Ready', status: false, reason: 'ImagePullFailed', message, since },
    { type: 'Degraded', status: true, reason: 'ImagePullFailed', message, since },
  ],
  attempted: 1,
  applied: null,
  appliedAt: null,
  lastError: { code: 'image-pull-failed', message },
  drift: [],
  nextTry: null,
  objects: [],
}

it('the status of one stack has its error once', async () => {
  const text = await renderStack(status, makeStyle(false), '/', true)
  expect(text.split(message)).toHaveLength(2)
  expect(text).toContain('see the error above')
})

it('the status of one stack has a mode only while watch runs', async () => {
  expect(await renderStack(status, makeStyle(false), '/', true)).toContain('mode heal, generation')
  expect(await renderStack(status, makeStyle(false), '/', false)).not.toContain('mode heal')
})

it('the status of one stack names its last change and the restored generation', async () => {
  const time = new Date(Date.now() - 125_000).toISOString()
  const change = { generation: 3, time, by: 'alice, commit 292d8de "New heading" by me' }
  const text = async (lastChange: StackStatus['lastChange']) =>
    renderStack({ ...status, ...(lastChange && { lastChange }) }, makeStyle(false), '/', true)
  expect(await text({ ...change, result: 'done', rollbackOf: 1 })).toContain(
    '\nlast change: generation 3, 2 min ago by alice, commit 292d8de "New heading" by me: it restored generation 1\n',
  )
  expect(await text({ ...change, result: 'failed' })).toContain('by me: failed\n')
  expect(await text(undefined)).not.toContain('last change:')
})

it('the status of one stack names a change that was undone, and the commands for it', async () => {
  const commit = { id: 'dd641e7aaaaaaaaa', subject: 'Crash', author: 'Bob', time: '2026-11-27T11:00:00Z' }
  const time = new Date().toISOString()
  const change = { generation: 5, time, by: 'watch', result: 'done', rollbackOf: 3 } as const
  const failed = failedStack('shop', { undone: 4, applied: 3 })
  const text = (one: StackStatus) => renderStack(one, makeStyle(false), '/', true)
  const undone = await text({ ...failed, lastChange: { ...change, undoes: { generation: 4, commit } } })
  expect(undone).toContain(
    '\nGeneration 4 (commit dd641e7 "Crash" by Bob) was undone. Generation 3 stays in place until the files of shop change (comments do not count).\n' +
      '  -> `heropods history 4` shows its plan and its errors, `heropods resume shop` tries it again.\n',
  )
  // A later change of another kind says nothing about the commit.
  expect(await text({ ...failed, lastChange: change })).toContain('\nGeneration 4 was undone. ')
  const conditions = failed.conditions.map((one) => ({ ...one, reason: 'RolledBack' }))
  expect(await text({ ...failed, conditions })).not.toContain('was undone')
  const { undone: _, ...notUndone } = failed
  expect(await text(notUndone)).not.toContain('was undone')
})

it('an object that does not exist is missing, a container without a process is not running', async () => {
  const object = { kind: 'container', state: 'absent', health: null } as const
  const objects = [
    { ...object, address: 'img/container/gone', drift: [] },
    { ...object, address: 'img/container/off', drift: ['its process is gone'] },
  ]
  const text = await renderStack({ ...status, objects }, makeStyle(false), '/', true)
  expect(text).toMatch(/^img\/container\/gone +missing +- +-$/m)
  expect(text).toMatch(/^img\/container\/off +not running +- +its process is gone$/m)
  expect(text).not.toContain('absent')
})

it('the section and the column Drift have the same differences, and an exit is a state', async () => {
  const object = { kind: 'container', health: null } as const
  const objects = [
    {
      ...object,
      address: 'img/container/app',
      state: 'exited',
      exit: '137, out of memory',
      drift: ['killed: out of memory'],
    },
    { ...object, address: 'img/container/gone', state: 'absent', drift: [] },
    {
      ...object,
      address: 'img/network/lan',
      kind: 'network',
      state: 'present',
      drift: ['a rule is gone', 'an address is gone'],
    },
  ]
  const drift = [{ address: 'img/container/gone', text: 'it is missing' }]
  const text = await renderStack({ ...status, drift, objects }, makeStyle(false), '/', false)
  expect(text).toMatch(/^img\/container\/app +exited \(137, out of memory\) +- +-$/m)
  expect(text).toMatch(/^img\/container\/gone +missing +- +it is missing$/m)
  expect(text).toMatch(/^img\/network\/lan +present +- +a rule is gone; an address is gone$/m)
  expect(text).toContain(
    'Drift\n  ! img/container/gone: it is missing\n  ! img/network/lan: a rule is gone; an address is gone\n',
  )
})

it('a ready stack does not show an attempt that is over', async () => {
  const attempted = { ...status, attempted: 5, applied: 4 }
  const ready = { type: 'Ready', status: true, reason: 'Applied', message: 'Fine.', since } as const
  expect(await renderStack(attempted, makeStyle(false), '/', true)).toContain('generation 4 (attempted 5)')
  expect(await renderStack({ ...attempted, conditions: [ready] }, makeStyle(false), '/', true)).not.toContain(
    'attempted',
  )
  // A removal that is held, or files that are not valid, after a failure that was reverted.
  const conditions = (reason: string) => attempted.conditions.map((one) => ({ ...one, reason }))
  const held = { ...attempted, conditions: conditions('MassDeletion'), lastError: null }
  const invalid = { ...attempted, conditions: conditions('Invalid') }
  for (const one of [held, invalid])
    expect(await renderStack(one, makeStyle(false), '/', true)).not.toContain('attempted')
  expect((await renderStack(held, makeStyle(false), '/', true)).split(message)).toHaveLength(2)
})

it('a suspended stack shows its broken container', async () => {
  const suspended: StackStatus = {
    ...status,
    conditions: [
      { type: 'Degraded', status: true, reason: 'ContainerExited', message: 'web has exited with code 1.', since },
      { type: 'Suspended', status: true, reason: 'Suspended', message: 'Suspended by root: no changes.', since },
    ],
  }
  expect(await renderStatus({ watched: null, stacks: [suspended] }, makeStyle(false))).toMatch(
    /Suspended .* ContainerExited: web has exited with code 1\. Suspended by root: no changes\.\n?$/,
  )
})

it('a suspended stack whose change failed names its suspension before the error', async () => {
  const message = 'Suspended by root ("disk work"): no changes. Commit 292d8de waits.'
  const failed: StackStatus = {
    ...status,
    lastError: { code: 'image-pull-failed', message: 'It cannot be pulled.' },
    conditions: [
      { type: 'Degraded', status: true, reason: 'ImagePullFailed', message: 'It cannot be pulled.', since },
      { type: 'Suspended', status: true, reason: 'Suspended', message, since },
    ],
  }
  const [first] = (await renderStack(failed, makeStyle(false), '/', true)).split('\n')
  expect(first).toBe(`img  Suspended  The last change failed, see the error below. ${message}`)
})

it('a suspended stack that works has the text of its suspension once', async () => {
  const message = 'Suspended by root ("disk work"): no changes.'
  const suspended: StackStatus = {
    ...status,
    conditions: [{ type: 'Suspended', status: true, reason: 'Suspended', message, since }],
  }
  expect(await renderStatus({ watched: null, stacks: [suspended] }, makeStyle(false))).toMatch(
    /^img +Suspended .* {2}Suspended by root \("disk work"\): no changes\.$/m,
  )
})

it('the status of one stack names the commit that runs, unless the last change is that of the commit', async () => {
  const commit = { id: '326f5e8aaaaaaaaa', subject: 'greeting v2', author: 'Bob', time: since }
  const runs = { generation: 3, commit }
  const undone = failedStack('shop', { undone: 4, attempted: 4, applied: 3, runs })
  const text = (one: StackStatus) => renderStack(one, makeStyle(false), '/', true)
  const line = '\nruns: commit 326f5e8 "greeting v2" by Bob (generation 3)\n'
  const change = { time: since, by: 'watch', result: 'done' } as const
  expect(await text(undone)).toContain(line)
  expect(await text({ ...undone, lastChange: { ...change, generation: 5, rollbackOf: 3 } })).toContain(line)
  expect(await text({ ...undone, lastChange: { ...change, generation: 3, commit } })).not.toContain('runs: commit')
  // Its failed change can be in place in part.
  const failed = { ...status, attempted: 4, applied: 3, runs }
  expect(await text(failed)).not.toContain('runs: commit')
  expect(await text({ ...failed, attempted: 3 })).toContain(line)
})

it('a stack with files that are not valid says nothing about an earlier change that was undone', async () => {
  const failed = failedStack('shop', { undone: 4, applied: 3 })
  const text = (one: StackStatus) => renderStack(one, makeStyle(false), '/', true)
  expect(await text(failed)).toContain('Generation 4 was undone.')
  const invalid = { ...failed, conditions: failed.conditions.map((one) => ({ ...one, reason: 'Invalid' })) }
  expect(await text(invalid)).not.toContain('was undone')
})

it('a stack with files that are not valid has no failed change', async () => {
  const conditions = status.conditions.map((one) => ({ ...one, reason: 'Invalid' }))
  const text = await renderStack({ ...status, conditions }, makeStyle(false), '/', true)
  expect(text).toContain('The files are not valid, see the error below.')
  expect(text).not.toContain('The last change failed')
})

it('a stack with files that are not valid has the commit and its author', async () => {
  const commit = { id: 'a07bdd6aaaaaa', subject: 'Typo', author: 'Bob', time: since }
  const conditions = status.conditions.map((one) => ({ ...one, reason: 'Invalid' }))
  const invalid = { ...status, conditions, commit }
  expect(await renderStack(invalid, makeStyle(false), '/', true)).toContain('\nAt commit a07bdd6 "Typo" by Bob.\n')
  expect(await renderStack({ ...invalid, applied: 3 }, makeStyle(false), '/', true)).toContain(
    '\nAt commit a07bdd6 "Typo" by Bob. Generation 3 stays in place until the files are valid again.',
  )
  expect(await renderStatus({ watched: null, stacks: [invalid] }, makeStyle(false))).toContain(
    ' At commit a07bdd6 "Typo" by Bob.',
  )
})

it('a change that fails has the commit and its author once', async () => {
  const commit = { id: 'a07bdd6aaaaaa', subject: 'Typo', author: 'Bob', time: since }
  const text = (fields: Partial<StackStatus>) =>
    renderStack({ ...status, commit, ...fields }, makeStyle(false), '/', true)
  expect(await text({})).toContain('\nAt commit a07bdd6 "Typo" by Bob.\n')
  const lastChange = { generation: 1, time: since, result: 'failed', by: 'commit a07bdd6 by Bob', commit } as const
  expect(await text({ lastChange })).not.toContain('\nAt commit')
  expect(await text({ runs: { generation: 1, commit } })).not.toContain('\nAt commit')
  expect(await text({ undone: 2 })).not.toContain('\nAt commit')
})

it('a stack that watch does not follow has its owner, and nothing that only watch has', async () => {
  const own = { ...status, stack: 'pulumi~infra~staging', owner: { kind: 'pulumi', name: 'infra/staging' } } as const
  const suspended = { type: 'Suspended', status: false, reason: 'Active', message: 'Not suspended.', since } as const
  const conditions = [...status.conditions, suspended]
  const text = await renderStack({ ...own, conditions }, makeStyle(false), '/', true)
  expect(text).toContain('\nowner: pulumi infra/staging; watch does not follow this stack\n')
  expect(text).not.toMatch(/mode heal|Not suspended/)
  expect(await renderStack({ ...status, conditions }, makeStyle(false), '/', true)).toContain('Not suspended.')
  const watched = { instance: 'default', version: '1', pid: 7, startedAt: since, heartbeat: since }
  const source = { kind: 'directory', location: '/srv', revision: null, ok: true, message: '' } as const
  const table = await renderStatus({ watched: { ...watched, source }, stacks: [status, own] }, makeStyle(false))
  expect(table).toMatch(/^STACK.* OWNER +MESSAGE$/m)
  expect(table).toMatch(/^img .* watch +ImagePullFailed/m)
  expect(table).toMatch(/^pulumi~infra~staging .* pulumi infra\/staging +ImagePullFailed/m)
  expect(await renderStatus({ watched: null, stacks: [status] }, makeStyle(false))).not.toContain('OWNER')
})

it.each([
  ['MassDeletion', undefined, 'Held'],
  ['OutsideWindow', 4, 'Held'],
  ['Unhealthy', 4, 'Undone'],
  ['Invalid', 4, 'Degraded'],
  ['Drifted', undefined, 'Drifted'],
])('a stack has one word: %s, undone %s', async (reason, undone, word) => {
  const conditions = status.conditions.map((one) => ({ ...one, reason }))
  const stack = { ...status, conditions, ...(undone !== undefined && { undone }) }
  expect(stackWord(stack)).toBe(word)
  expect(await renderStatus({ watched: null, stacks: [stack] }, makeStyle(false))).toMatch(
    new RegExp(`^img +${word} `, 'm'),
  )
})

it('a stack is in order if it is ready, or suspended and not degraded', () => {
  const of = (...states: readonly (readonly [type: 'Ready' | 'Degraded' | 'Suspended', status: boolean])[]) =>
    isInOrder({
      ...status,
      conditions: states.map(([type, is]) => ({ type, status: is, reason: 'X', message: '', since })),
    })
  expect(of(['Ready', true])).toBe(true)
  expect(of(['Ready', false])).toBe(false)
  expect(of(['Ready', false], ['Suspended', true])).toBe(true)
  expect(of(['Degraded', true], ['Suspended', true])).toBe(false)
})

it('the status of one stack has times of conditions only while watch runs', async () => {
  const since = new Date(Date.now() - 125_000).toISOString()
  const nextTry = new Date(Date.now() + 42_900).toISOString()
  const conditions = status.conditions.map((one) => ({ ...one, since }))
  const waiting = { ...status, conditions, appliedAt: since, nextTry }
  const text = await renderStack(waiting, makeStyle(false), '/', true)
  expect(text).toMatch(/SINCE.*\n.*2 min ago/)
  // All times of one text are of one kind.
  expect(text).toContain('applied 2 min ago')
  expect(text).toContain('Next attempt: in 42 s')
  expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/)
  expect(await renderStack(waiting, makeStyle(false), '/', false)).not.toMatch(/SINCE|False +2 min/)
})

it.each([
  [false, 'heropods watch (pid 27750) has ended without a stop: its last report is of 2026-11-28T12:00:00Z.'],
  [true, 'heropods watch (pid 27750) runs but does not report: its last report is of 2026-11-28T12:00:00Z.'],
])('the status names a watch that does not report (stuck: %s)', async (isStuck, text) => {
  const last = { pid: 27750, heartbeat: '2026-11-28T12:00:00.123Z', isStuck }
  expect(await renderStatus({ watched: null, stacks: [], last }, makeStyle(false))).toContain(text)
})

it('a source that cannot be read has its reason, and the time of the last fetch', async () => {
  const commit = {
    id: '292d8de801f6b7a8',
    subject: 'two',
    author: 'a',
    time: new Date(Date.now() - 7_300_000).toISOString(),
  }
  const fetchedAt = new Date(Date.now() - 125_000).toISOString()
  const git = { kind: 'git', location: '/srv/infra.git', revision: commit.id, commit, fetchedAt } as const
  const watched = { instance: 'default', version: '1', pid: 7, startedAt: since, heartbeat: since }
  const text = (source: { ok: boolean; reason?: string; message: string }) =>
    renderStatus({ watched: { ...watched, source: { ...git, ...source } }, stacks: [] }, makeStyle(false))
  expect(await text({ ok: false, reason: 'RemoteUnreachable', message: '/srv/infra.git cannot be read.' })).toMatch(
    /: RemoteUnreachable: \/srv\/infra\.git cannot be read\. \(watch pid 7\)\nAt commit 292d8de "two" by a, committed 2 h ago; last fetched 2 min ago\n/,
  )
  expect(await text({ ok: false, message: 'An older status.' })).toContain(': An older status. (watch')
  expect(await text({ ok: true, message: '1 stack.' })).toContain('infra.git: ok (watch')
})

it('a removal that watch holds back has its objects and its commands on lines of their own', async () => {
  const summary = 'More than 30 % of all objects would be removed at once (5 of 8). Nothing was removed.'
  const hint = 'To remove them anyway: `heropods apply --allow-mass-delete /srv`.'
  const objects = ['s/container/a', 's/container/b']
  const held = { reason: 'MassDeletion', message: `${summary} ${hint}`, parts: { summary, objects, hint }, since }
  const one: StackStatus = {
    ...status,
    lastError: null,
    conditions: [
      { type: 'Ready', status: false, ...held },
      { type: 'Degraded', status: true, ...held },
    ],
  }
  const below = `  - s/container/a\n  - s/container/b\n  -> ${hint}`
  const text = await renderStack(one, makeStyle(false), '/', true)
  expect(text).toContain(`MassDeletion: ${summary}\n${below}\n`)
  expect(text.split(hint)).toHaveLength(2)
  const table = await renderStatus({ watched: null, stacks: [one] }, makeStyle(false))
  expect(table).toContain(`MassDeletion: ${summary}\n\nimg\n${below}`)
})

it('a stack with a container that has exited has the command for its output, unless the error has a hint', async () => {
  const conditions = status.conditions.map((one) => ({
    ...one,
    reason: 'ContainerExited',
    message: 'loop has exited.',
  }))
  const lastError = { code: 'container-exited', message: 'loop has exited.', address: 'img/container/loop' } as const
  const text = (fields: Partial<StackStatus>) =>
    renderStack({ ...status, conditions, lastError, ...fields }, makeStyle(false), '/', true)
  const line = '  -> `heropods logs img/loop` shows its output.'
  expect(await text({})).toContain(line)
  const loop = { address: 'img/container/loop', kind: 'container', state: 'exited', health: null, drift: [] }
  expect(await text({ lastError: null, objects: [loop] })).toContain(line)
  expect(await text({ lastError: { ...lastError, hint: 'Look.' } })).not.toContain('heropods logs')
  expect(await text({ conditions: status.conditions })).not.toContain('heropods logs')
})
