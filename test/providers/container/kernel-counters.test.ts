import { describe, expect, it } from 'vitest'
import { blockBytes, limitOf, networkBytes } from '../../../src/providers/linux/container/operations/kernel-counters.ts'

describe('limitOf', () => {
  it.each([
    ['67108864\n', 67_108_864],
    ['max\n', null],
    ['9223372036854771712\n', null],
    [undefined, null],
  ])('%j is %j', (text, limit) => expect(limitOf(text)).toBe(limit))
})

describe('blockBytes', () => {
  it('adds the devices of cgroup v1, without the total', () =>
    expect(blockBytes('8:0 Read 10\n8:0 Write 20\n8:0 Sync 5\n8:16 Read 1\n8:16 Write 2\nTotal 33\n')).toEqual({
      blockRead: 11,
      blockWritten: 22,
    }))
  it('adds the devices of cgroup v2', () =>
    expect(
      blockBytes('8:0 rbytes=10 wbytes=20 rios=1 wios=2 dbytes=9 dios=1\n8:16 rbytes=1 wbytes=2 rios=1 wios=1\n'),
    ).toEqual({ blockRead: 11, blockWritten: 22 }))
  it('is 0 without devices', () => expect(blockBytes('')).toEqual({ blockRead: 0, blockWritten: 0 }))
})

it('networkBytes adds all interfaces except lo', () => {
  const text = [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
    '    lo:     900       9    0    0    0     0          0         0      900       9    0    0    0     0       0          0',
    '  eth0:    1602      13    0    0    0     0          0         0      516       6    0    0    0     0       0          0',
    '  eth1:       8       1    0    0    0     0          0         0        4       1    0    0    0     0       0          0',
    '',
  ].join('\n')
  expect(networkBytes(text)).toEqual({ received: 1610, sent: 520 })
})
