import { cpus } from 'node:os'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { hostState, Instance } from '../support.ts'

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
