import { describe, expect, it } from 'vitest'
import type { ContainerStats } from '../../../src/reconciler/engine.ts'
import { bytesText } from '../../../src/report/bytes-text.ts'
import { hostAddressText } from '../../../src/report/containers/port-text.ts'
import { cpuTimeText } from '../../../src/report/containers/process-table.ts'
import { cpuPercent, statsRow, statsView } from '../../../src/report/containers/stats-table.ts'

const container = 'shop/container/web'
const now: ContainerStats = {
  container,
  id: 'shop_web-1',
  atMs: 2000,
  cpuUs: 1_500_000,
  memory: 16 * 2 ** 20,
  memoryLimit: 64 * 2 ** 20,
  hostMemory: 2 ** 30,
  processes: 3,
  processLimit: null,
  blockRead: 0,
  blockWritten: 4096,
  network: { received: 1536, sent: 12 },
  outOfMemoryKills: 0,
  restarts: 0,
}
const before: ContainerStats = { ...now, atMs: 1000, cpuUs: 1_000_000 }

describe('cpuPercent', () => {
  it('is the share of one CPU between two readings', () => expect(cpuPercent(before, now)).toBe(50))
  it('is not known when another run was read before', () =>
    expect(cpuPercent({ ...before, id: 'shop_web-0' }, now)).toBeNull())
})

describe('statsView', () => {
  it('relates memory to the limit', () =>
    expect(statsView({ container, before, now })).toMatchObject({ memoryLimit: 64 * 2 ** 20, memoryPercent: 25 }))
  it.each([null, 2 ** 40])('relates memory to the host where the limit is %j', (memoryLimit) =>
    expect(statsView({ container, before, now: { ...now, memoryLimit } })).toMatchObject({ memoryLimit: 2 ** 30 }),
  )
  it('has no numbers of a container that does not run', () =>
    expect(statsView({ container, before, now: undefined })).toMatchObject({ running: false, memory: null }))
})

describe('statsRow', () => {
  it('shows each number with its unit', () =>
    expect(statsRow(statsView({ container, before, now }), false)).toEqual([
      'web',
      '50.00%',
      '16.0MiB / 64.0MiB',
      '25.00%',
      '1.5KiB / 12B',
      '0B / 4.0KiB',
      '3',
    ]))
  it('names the stack where several are shown, and has no traffic in the network of the host', () =>
    expect(statsRow(statsView({ container, before, now: { ...now, network: null } }), true)).toEqual(
      expect.arrayContaining(['shop/web', '-']),
    ))
  it('has dashes for a container that does not run', () =>
    expect(statsRow(statsView({ container, before, now: undefined }), false).slice(1)).toEqual(Array(6).fill('-')))
})

it.each([
  [0, '0B'],
  [1023, '1023B'],
  [1024, '1.0KiB'],
  [256 * 2 ** 20, '256MiB'],
  [3 * 2 ** 50, '3072TiB'],
])('%d bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text))

it('an IPv6 address of a port has brackets', () =>
  expect(hostAddressText({ host_ip: '::1', published: 8080, target: 80, protocol: 'tcp' })).toBe('[::1]:8080'))

it('CPU time has hours, minutes and seconds', () => expect(cpuTimeText(3_667_900)).toBe('01:01:07'))
