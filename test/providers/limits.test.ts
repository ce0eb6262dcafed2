import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Limits, noLimits } from '../../src/model/kinds/limits.ts'
import { cgroupFiles, driftedLimit, holds, ociResources } from '../../src/providers/linux/container/oci/limits.ts'

const fileOf = (mode: 'v1' | 'v2', limits: Partial<Limits>, name: string) => {
  const file = cgroupFiles(mode, { ...noLimits, ...limits }, '0-3').find((one) => one.file === name)
  if (file === undefined) throw new Error(`no file ${name}`)
  return file
}

describe('a limit in a cgroup file', () => {
  it('holds CPUs in any order and grouping, and no others', () => {
    const file = fileOf('v1', { cpuset: '3,1,0-1' }, 'cpuset.cpus')
    expect(holds(file, '0-1,3\n')).toBe(true)
    expect(holds(file, '0-3\n')).toBe(false)
    expect(holds(file, '0-1\n')).toBe(false)
  })

  it('that is not set holds in each form of none', () => {
    expect(holds(fileOf('v2', {}, 'cpuset.cpus'), '\n')).toBe(true)
    expect(holds(fileOf('v2', { cpuset: '0' }, 'cpuset.cpus'), '\n')).toBe(false)
    expect(holds(fileOf('v1', {}, 'memory.limit_in_bytes'), '9223372036854771712\n')).toBe(true)
    expect(holds(fileOf('v1', { mem_limit: 2 ** 52 }, 'memory.limit_in_bytes'), '9223372036854771712\n')).toBe(false)
  })

  it.each([
    ['v1', { mem_limit: 64 * 2 ** 20 }, 'memory.limit_in_bytes', '100663296\n', ['mem_limit', '64M', '96M']],
    [
      'v1',
      { mem_limit: 64 * 2 ** 20 },
      'memory.limit_in_bytes',
      '9223372036854771712\n',
      ['mem_limit', '64M', 'no limit'],
    ],
    ['v2', {}, 'memory.max', '100663296\n', ['mem_limit', 'no limit', '96M']],
    ['v1', {}, 'cpuset.cpus', '0\n', ['cpuset', 'no limit', '0']],
    ['v2', { pids_limit: 20 }, 'pids.max', 'max\n', ['pids_limit', '20', 'no limit']],
    ['v1', { cpu_shares: 512 }, 'cpu.shares', '1024\n', ['cpu_shares', '512', '1024']],
  ] as const)('that has drifted is shown as its field: %s %o', (mode, limits, file, found, [name, applied, live]) =>
    expect(driftedLimit(fileOf(mode, limits, file), found)).toEqual({ name, applied, live }),
  )

  it('is rounded as the kernel rounds it', () => {
    expect(fileOf('v1', { cpu_shares: 1 }, 'cpu.shares').value).toBe('2')
    expect(fileOf('v1', { cpu_shares: 300_000 }, 'cpu.shares').value).toBe('262144')
    expect(fileOf('v1', { mem_limit: 100_000_000 }, 'memory.limit_in_bytes').value).toBe('99999744')
    expect(fileOf('v2', { cpu_shares: 1 }, 'cpu.weight').value).toBe('1')
    expect(fileOf('v2', { cpu_shares: 300_000 }, 'cpu.weight').value).toBe('10000')
    expect(fileOf('v2', { cpu_period: 50_000 }, 'cpu.max').value).toBe('max 50000')
  })

  it('gives the runtime no shares to convert on v2: a weight is written as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400_000 }), (cpu_shares) => {
        const weight = Number(fileOf('v2', { cpu_shares }, 'cpu.weight').value)
        expect(weight).toBeGreaterThanOrEqual(1)
        expect(weight).toBeLessThanOrEqual(10_000)
        expect(ociResources({ ...noLimits, cpu_shares }, 'v2')).toEqual({ unified: { 'cpu.weight': String(weight) } })
      }),
    )
  })
})
