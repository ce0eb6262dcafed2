import { expect, it } from 'vitest'
import { canonicalDocument } from '../../src/stack/canonical.ts'
import { stackFolder } from './support.ts'

const { container, problems, load } = stackFolder()

const stack = (config: string): string => `containers: { a: { image: busybox, blkio_config: ${config} } }`

it('block I/O has the form of Compose', async () => {
  const yaml = stack(
    '{ weight: "300", weight_device: [{ path: /dev/sdb, weight: 400 }], device_read_bps: [{ path: /dev//sdb, rate: 12mb }, { path: /dev/sda, rate: 1024k }], device_write_iops: [{ path: /dev/sda, rate: "30" }] }',
  )
  const expected = {
    weight: 300,
    weight_device: [{ path: '/dev/sdb', weight: 400 }],
    device_read_bps: [
      { path: '/dev/sda', rate: 1_048_576 },
      { path: '/dev/sdb', rate: 12_582_912 },
    ],
    device_write_bps: [],
    device_read_iops: [],
    device_write_iops: [{ path: '/dev/sda', rate: 30 }],
  }
  expect((await container(yaml)).blkio_config).toEqual(expected)
  expect(canonicalDocument(await load(yaml))).toMatchObject({ containers: { a: { blkio_config: { weight: 300 } } } })
})

it('without a value there is no field', async () => {
  expect(await container(stack('{}'))).not.toHaveProperty('blkio_config')
  expect(await container(stack('{ device_read_bps: [] }'))).not.toHaveProperty('blkio_config')
})

it.each([
  ['{ weight: 9 }', 'blkio_config.weight'],
  ['{ weight: 1001 }', 'blkio_config.weight'],
  ['{ device_read_bps: [{ path: sda, rate: 1m }] }', 'is not absolute'],
  ['{ device_read_bps: [{ path: /dev/sda, rate: 0 }] }', 'must be at least 1'],
  ['{ device_read_iops: [{ path: /dev/sda, rate: 0 }] }', 'must be at least 1'],
  ['{ device_write_bps: [{ path: /dev/sda, rate: 1 }, { path: /dev/sda, rate: 2 }] }', 'has two entries for /dev/sda'],
  ['{ device_write_bps: [{ path: /dev/sda }] }', 'needs `rate`'],
])('%s is refused', async (config, message) => {
  expect((await problems(stack(config))).join()).toContain(message)
})
