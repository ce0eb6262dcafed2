import { describe, expect, it } from 'vitest'
import type { BlockIo } from '../../../src/model/kinds/limits/block-io.ts'
import {
  type BlockIoFile,
  blockIoFiles,
  blockIoWrites,
  driftedBlockIo,
} from '../../../src/providers/linux/container/block-io/files.ts'

const config: BlockIo = {
  weight: 300,
  weight_device: [{ path: '/dev/sda', weight: 1000 }],
  device_read_bps: [{ path: '/dev/sda', rate: 1_048_576 }],
  device_write_bps: [],
  device_read_iops: [],
  device_write_iops: [
    { path: '/dev/sda', rate: 50 },
    { path: '/dev/sdb', rate: 60 },
  ],
}
const numbers = new Map([
  ['/dev/sda', '8:0'],
  ['/dev/sdb', '8:16'],
])
const fileOf = (files: readonly BlockIoFile[], name: string): BlockIoFile => {
  const found = files.find(({ file }) => file === name)
  if (found === undefined) throw new Error(`no file ${name}`)
  return found
}
const lines = (file: BlockIoFile, found: string): readonly string[] =>
  blockIoWrites(file, found).map(({ line }) => line)

describe('the files of block I/O on cgroup v1', () => {
  const files = blockIoFiles('v1', 'blkio.bfq.weight', config, numbers)
  it.each([
    ['blkio.bfq.weight', '100\n', ['300']],
    ['blkio.bfq.weight', '300\n', []],
    ['blkio.bfq.weight_device', 'default 300\n', ['8:0 1000']],
    ['blkio.bfq.weight_device', 'default 300\n8:0 1000\n8:16 5\n', ['8:16 default']],
    ['blkio.throttle.read_bps_device', '', ['8:0 1048576']],
    ['blkio.throttle.write_bps_device', '8:0 7\n', ['8:0 0']],
    ['blkio.throttle.write_iops_device', '8:0 50\n8:16 1\n', ['8:16 60']],
  ])('%s with %j gets %j', (name, found, expected) => {
    expect(lines(fileOf(files, name), found)).toEqual(expected)
  })

  it('has no file for weights on a kernel without them', () => {
    expect(blockIoFiles('v1', undefined, config, numbers).map(({ file }) => file)).toEqual([
      'blkio.throttle.read_bps_device',
      'blkio.throttle.write_bps_device',
      'blkio.throttle.read_iops_device',
      'blkio.throttle.write_iops_device',
    ])
  })
})

describe('the files of block I/O on cgroup v2', () => {
  it.each([
    ['io.bfq.weight', 'default 100\n', ['default 300', '8:0 1000']],
    ['io.weight', 'default 100\n8:16 7\n', ['default 2930', '8:0 10000', '8:16 default']],
  ] as const)('%s with %j gets %j', (name, found, expected) => {
    expect(lines(fileOf(blockIoFiles('v2', name, config, numbers), name), found)).toEqual(expected)
  })

  it('io.max has one line for each disk', () => {
    const file = fileOf(blockIoFiles('v2', undefined, config, numbers), 'io.max')
    const [first, second] = [
      '8:0 rbps=1048576 wbps=max riops=max wiops=50',
      '8:16 rbps=max wbps=max riops=max wiops=60',
    ]
    expect(lines(file, '')).toEqual([first, second])
    expect(lines(file, `${first}\n8:32 rbps=1 wbps=max riops=max wiops=max\n`)).toEqual([
      second,
      '8:32 rbps=max wbps=max riops=max wiops=max',
    ])
    expect(lines(file, `${first}\n${second}\n`)).toEqual([])
  })

  it('nothing set is nothing to write, and takes the limits of before away', () => {
    const [weight, max] = [
      fileOf(blockIoFiles('v2', 'io.weight'), 'io.weight'),
      fileOf(blockIoFiles('v2', undefined), 'io.max'),
    ]
    expect([lines(weight, 'default 100\n'), lines(max, '')]).toEqual([[], []])
    expect(lines(weight, 'default 2930\n')).toEqual(['default 100'])
    expect(blockIoWrites(max, '8:0 rbps=5 wbps=max riops=max wiops=max\n')).toEqual([
      {
        line: '8:0 rbps=max wbps=max riops=max wiops=max',
        undo: '8:0 rbps=5 wbps=max riops=max wiops=max',
      },
    ])
  })
})

it('a limit that was changed on the host is shown as its field', () => {
  const files = blockIoFiles('v1', 'blkio.bfq.weight', config, numbers)
  expect(driftedBlockIo(fileOf(files, 'blkio.bfq.weight'), '500\n')).toEqual({
    name: 'blkio_config.weight',
    applied: '300',
    live: '500',
  })
  expect(driftedBlockIo(fileOf(files, 'blkio.throttle.read_bps_device'), '')).toEqual({
    name: 'blkio_config.device_read_bps',
    applied: '8:0 1048576',
    live: 'no limit',
  })
  expect(driftedBlockIo(fileOf(files, 'blkio.bfq.weight_device'), 'default 300\n8:0 1000\n')).toBeUndefined()
})
