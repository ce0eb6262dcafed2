import { describe, expect, it } from 'vitest'
import { type ChangedStack, undoneByWatch } from '../../src/cli/commands/watch/watch-warning.ts'
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
