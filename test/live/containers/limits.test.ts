import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { hostState, Instance, sh } from '../support.ts'

/** Generated limits on the real kernel: what is accepted is held, however the kernel writes it down. */
const runs = Number(process.env.HEROPODS_PROPERTY_RUNS ?? 4)
const seed = Number(process.env.HEROPODS_PROPERTY_SEED ?? 20261127)

const mebibytes = (min: number, max: number) => fc.integer({ min: min * 2 ** 20, max: max * 2 ** 20 })
const memory = fc.record({
  mem_limit: mebibytes(8, 900),
  more: mebibytes(0, 90),
  less: fc.integer({ min: 1, max: 5000 }),
})
const time = fc.oneof(
  fc.record({ cpus: fc.oneof(fc.constantFrom('0.01', 0.015, 1, 64), fc.double({ min: 0.02, max: 8, noNaN: true })) }),
  fc.record({ cpu_quota: fc.constantFrom(-1, 0, 1000, 1001, 99_999, 2 ** 40) }),
  fc.record({ cpu_period: fc.constantFrom(1000, 33_333, 1_000_000) }),
  fc.record({
    cpu_quota: fc.integer({ min: 2000, max: 300_000 }),
    cpu_period: fc.integer({ min: 2000, max: 500_000 }),
  }),
)
const all = cpus().map((_, index) => index)
const cpuset = fc
  .array(fc.constantFrom(...all, ...all.map((cpu) => `${cpu}-${all.length - 1}`)), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(','))
const others = fc.record(
  {
    cpu_shares: fc.constantFrom(0, 1, 2, 3, 1023, 262_144, 262_145, 999_999),
    cpuset,
    pids_limit: fc.constantFrom(-1, 0, 64, 4_194_304),
  },
  { requiredKeys: [] },
)
const container = fc.tuple(memory, time, others).map(([{ mem_limit, more, less }, ...rest]) =>
  Object.assign(
    {
      mem_limit,
      ...(more % 3 !== 0 && { memswap_limit: more % 3 === 1 ? mem_limit + more : -1 }),
      ...(more % 2 === 0 && { mem_reservation: mem_limit - less }),
    },
    ...rest,
  ),
)

const instance = new Instance()
const pristine = hostState()
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(pristine)
})

it('limits that were accepted are no drift, those of a new process and those that change below a running one', () => {
  let round = 0
  fc.assert(
    fc.property(fc.array(container, { minLength: 3, maxLength: 3 }), ([fresh, ...kept]) => {
      round += 1
      const base = { image: 'busybox', command: ['sleep', '1000'], network_mode: 'none', stop_grace_period: '0s' }
      const containers = Object.fromEntries(
        [[`new${round}`, fresh], ...kept.map((one, index) => [`kept${index}`, one])].map(([name, one]) => [
          name,
          { ...base, ...(one as object) },
        ]),
      )
      instance.stack(`containers: ${JSON.stringify(containers)}\n`)
      const before = instance.pids()
      instance.apply()
      expect(instance.steps()).toEqual([])
      const after = instance.pids()
      for (const name of ['kept0', 'kept1']) if (round > 1) expect(after[name]).toBe(before[name])
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
})

it('limits of block I/O slow a container down, change below it, and are drift when they are lost', () => {
  const image = instance.write('disk', '')
  // Where nothing makes the nodes of modules, opening this one makes the kernel load the module.
  if (!existsSync('/dev/loop-control')) sh('mknod', '/dev/loop-control', 'c', '10', '237')
  sh('truncate', '-s', '16M', image)
  const disk = sh('losetup', '--find', '--show', image).trim()
  const stackWith = (config: string): void => {
    instance.stack(
      `containers:\n  io: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s, devices: ["${disk}"]${config} }\n`,
      'io',
    )
  }
  const limited = (rate: string): string => `, blkio_config: { device_read_bps: [{ path: ${disk}, rate: ${rate} }] }`
  const secondsToRead = (megabytes: number): number => {
    const start = Date.now()
    instance.exec('io', 'dd', `if=${disk}`, 'of=/dev/null', 'bs=1M', `count=${megabytes}`, 'iflag=direct')
    return (Date.now() - start) / 1000
  }
  const file = (): string => {
    const [container] = JSON.parse(instance.ok('inspect', 'io')).containers
    const [v1, v2] = [
      join('/sys/fs/cgroup/blkio', container.cgroup, 'blkio.throttle.read_bps_device'),
      join('/sys/fs/cgroup', container.cgroup, 'io.max'),
    ]
    return existsSync(v1) ? v1 : v2
  }
  try {
    stackWith(limited('1m'))
    instance.apply('io.yaml')
    expect(instance.steps('io.yaml')).toEqual([])
    expect(secondsToRead(4)).toBeGreaterThan(3)
    const before = instance.pids()
    const device = readFileSync(file(), 'utf8').split(' ')[0]
    writeFileSync(file(), file().endsWith('io.max') ? `${device} rbps=max` : `${device} 0`)
    expect(instance.steps('io.yaml')[0]?.reason).toContain('blkio_config')
    instance.apply('io.yaml')
    expect(readFileSync(file(), 'utf8')).toContain('1048576')
    instance.ok('restart', 'io')
    expect(readFileSync(file(), 'utf8')).toContain('1048576')
    const restarted = instance.pids()
    expect(restarted.io).not.toBe(before.io)
    stackWith('')
    instance.apply('io.yaml')
    expect(instance.pids()).toEqual(restarted)
    expect(readFileSync(file(), 'utf8')).toBe('')
    stackWith(`, blkio_config: { device_read_bps: [{ path: /dev/absent, rate: 1m }] }, environment: { A: b }`)
    const refused = instance.heropods(['apply', '--yes', 'io.yaml'])
    expect(refused.code).toBe(3)
    expect(refused.stderr).toContain('/dev/absent, which is not a block device of this host')
    expect(instance.pids()).toEqual(restarted)
  } finally {
    instance.ok('destroy', 'io', '--yes')
    sh('losetup', '--detach', disk)
  }
})
