import { describe, expect, it } from 'vitest'
import { parseMountinfo } from '../../../src/host/files/mounts.ts'
import type { Mount } from '../../../src/model/kinds/container.ts'
import { hasMountsToCheck, mountDrift } from '../../../src/providers/linux/container/mount-drift.ts'

const bind = (options: Partial<Mount & { type: 'bind' }>): Mount => ({
  type: 'bind',
  source: '/host/data',
  target: '/data',
  read_only: false,
  propagation: 'rprivate',
  create_host_path: true,
  ...options,
})
const volume: Mount = { type: 'volume', volume: 's/volume/v', target: '/data', read_only: false, nocopy: false }
const line = (options: string, root = '/host/data'): string =>
  `200 199 254:0 ${root} /data ${options} - ext4 /dev/vda rw`

describe('the mounts of a running container', () => {
  it('are as in its spec', () => {
    const spec = bind({ read_only: true, options: ['noexec', 'strictatime'] })
    expect(mountDrift([spec], line('ro,noexec'))).toEqual([])
    expect(mountDrift([bind({ options: ['relatime'] })], line('rw,nosuid,relatime'))).toEqual([])
  })

  it('have lost flags', () => {
    const spec = bind({ read_only: true, options: ['nodev', 'noexec', 'strictatime'] })
    expect(mountDrift([spec], line('rw,nodev,relatime'))).toEqual([
      'the mount at /data is no longer ro and noexec and strictatime',
    ])
  })

  it('count with the last mount on a target, and not where nothing is found', () => {
    const spec = [bind({ options: ['noexec'] })]
    expect(mountDrift(spec, `${line('rw,noexec')}\n${line('rw,relatime')}`)).toHaveLength(1)
    expect(mountDrift(spec, '')).toEqual([])
  })

  it('show a volume whose folder was deleted, but not a bind mount', () => {
    expect(mountDrift([volume], line('rw,relatime', '/v//deleted'))).toEqual(['the folder behind /data was deleted'])
    expect(mountDrift([bind({})], line('rw,relatime', '/v//deleted'))).toEqual([])
  })
})

it('a volume in memory that was mounted again is another one', () => {
  const ram: Mount = { ...volume, driver_opts: { type: 'tmpfs', device: 'tmpfs', o: '' } }
  const inside = '200 199 0:57 / /data rw - tmpfs tmpfs rw'
  const onHost = (device: string) => () => parseMountinfo(`55 1 ${device} / /volumes/s/v rw - tmpfs tmpfs rw`)[0]
  expect(mountDrift([ram], inside, onHost('0:57'))).toEqual([])
  expect(mountDrift([ram], inside, onHost('0:58'))).toEqual(['the memory at /data is no longer that of its volume'])
  expect(mountDrift([ram], inside, () => undefined)).toHaveLength(1)
  const nfs: Mount = { ...volume, driver_opts: { type: 'nfs', device: 'a:/b', o: '' } }
  expect(mountDrift([nfs], inside, onHost('0:58'))).toEqual([])
})

it('are read only if there is something to compare', () => {
  expect(hasMountsToCheck([bind({}), { type: 'tmpfs', target: '/t', size: 0, mode: '1777', options: ['exec'] }])).toBe(
    false,
  )
  expect(
    [volume, bind({ read_only: true }), bind({ options: ['nodev'] })].map((one) => hasMountsToCheck([one])),
  ).toEqual([true, true, true])
})
