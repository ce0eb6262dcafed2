import { describe, expect, it } from 'vitest'
import {
  type ChangedStack,
  rejectedByWatch,
  rolledBackUnderWatch,
  undoneByWatch,
} from '../../src/cli/commands/watch/watch-warning.ts'
import { emptyWatchRecord } from '../../src/state/watch-store.ts'
import { readyStack, suspendedStack, watchStatus } from '../watch/fixtures.ts'

const records = new Map([['shop', { ...emptyWatchRecord, stack: 'shop', verifiedHash: 'applied' }]])
const shop = (more: Partial<ChangedStack> = {}): ChangedStack => ({
  name: 'shop',
  desiredHash: 'new',
  files: ['/root/mine.yaml'],
  ...more,
})
const warned = (changed: ChangedStack, status = watchStatus([readyStack('shop')]), instance = 'default') =>
  undoneByWatch(status, records, [changed], { instance, data: '/var/lib/heropods' })

describe('a warning that watch will undo a change', () => {
  it('has the source and the commands', () =>
    expect(warned(shop())).toEqual([
      {
        code: 'watched-stack',
        message:
          'watch (pid 4711) follows shop from https://git.example.com/ops/stacks.git at 8f3c2d9 and will undo this.',
        hint: 'Run `heropods suspend shop` first, and `heropods resume shop` later; or change the files that watch follows.',
      },
    ]))

  it('names the instance', () =>
    expect(warned(shop(), watchStatus([readyStack('shop')]), 'test')[0]?.hint).toContain(
      '`heropods suspend shop --instance test`',
    ))

  it('is for a removal as well', () => expect(warned({ name: 'shop', files: [] })).toHaveLength(1))

  it.each<readonly [string, ChangedStack, ReturnType<typeof watchStatus>]>([
    ['what watch has applied', shop({ desiredHash: 'applied' }), watchStatus([readyStack('shop')])],
    ['another stack', shop({ name: 'blog' }), watchStatus([readyStack('shop')])],
    ['a suspended stack', shop(), watchStatus([suspendedStack('shop')])],
    ['a stack that is only reported', shop(), watchStatus([readyStack('shop', { mode: 'warn' })])],
    [
      'files of the commit that watch follows',
      shop({ files: ['/var/lib/heropods/git/current/host1/shop.yaml'] }),
      watchStatus([readyStack('shop')]),
    ],
    [
      'files that watch follows',
      shop({ files: ['/stacks/shop.yaml'] }),
      watchStatus([readyStack('shop')], {
        source: { kind: 'directory', location: '/stacks', revision: null, ok: true, message: '' },
      }),
    ],
  ])('is not for %s', (_, changed, status) => expect(warned(changed, status)).toEqual([]))
})

describe('a change of the source that watch does not apply', () => {
  const commit = { id: 'dd641e7aaaaaaaaa', subject: 'Crash', author: 'Bob', time: '2026-11-27T11:00:00Z' }
  const rejected = {
    hash: 'new',
    reason: 'ContainerExited',
    message: 'It failed.',
    generation: 4,
    restored: true,
    commit,
  }
  const files = ['/var/lib/heropods/git/current/host1/shop.yaml']
  const found = (changed: ChangedStack, more: Partial<typeof rejected> = {}) =>
    rejectedByWatch(
      watchStatus([readyStack('shop')]),
      new Map([['shop', { ...emptyWatchRecord, stack: 'shop', rejected: { ...rejected, ...more } }]]),
      [changed],
      { instance: 'default', data: '/var/lib/heropods' },
    )

  it('has the generation that was undone, its commit, and the command that tries it again', () =>
    expect(found(shop({ files }))).toEqual([
      {
        code: 'watched-stack',
        message: 'shop: this change of commit dd641e7 "Crash" by Bob was undone as generation 4.',
        hint: '`heropods resume shop` tries it again.',
      },
    ]))

  it('has the message of a rollback by a user', () =>
    expect(found(shop({ files }), { reason: 'RolledBack', message: 'A user rolled back.' })).toEqual([
      { code: 'watched-stack', message: 'shop: A user rolled back.' },
    ]))

  it('is not another change, and not one of other files', () => {
    expect(found(shop({ files, desiredHash: 'newer' }))).toEqual([])
    expect(found(shop())).toEqual([])
  })
})

it('a rollback of a stack that watch follows has a warning before it', () => {
  const warn = (names: readonly string[]) =>
    rolledBackUnderWatch(watchStatus([readyStack('shop'), suspendedStack('mail')]), names, 'two')
  expect(warn(['shop', 'mail'])).toEqual([
    {
      code: 'watched-stack',
      message:
        'watch (pid 4711) follows shop from https://git.example.com/ops/stacks.git. After this rollback it does not apply the files of shop until they change.',
      hint: '`heropods resume shop --instance two` applies them again.',
    },
  ])
  expect(warn(['mail', 'other'])).toEqual([])
})
