import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Comparison, SeccompRule } from '../../src/model/kinds/seccomp-profile.ts'
import { ociSeccomp } from '../../src/providers/linux/container/oci/seccomp.ts'
import { is, isNoneOf } from '../../src/providers/linux/container/oci/seccomp-arguments.ts'

const holds = ({ value, valueTwo = 0 }: Comparison, argument: bigint): boolean =>
  (argument & BigInt(value)) === BigInt(valueTwo)
const int = fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: 0xffffffff }))
const upper = fc.bigInt({ min: 0n, max: 0xffffffffn })

describe('a comparison of an int', () => {
  it('does not see the upper 32 bits', () => {
    fc.assert(
      fc.property(int, int, upper, (value, other, bits) => {
        expect(holds(is(0, value), (bits << 32n) | BigInt(other))).toBe(value === other)
      }),
    )
  })

  it('with none of several values holds in exactly one of its forms', () => {
    fc.assert(
      fc.property(fc.uniqueArray(int, { minLength: 1, maxLength: 12 }), int, upper, (values, other, bits) => {
        const found = isNoneOf(0, values).filter((one) => holds(one, (bits << 32n) | BigInt(other)))
        expect(found.length).toBe(values.includes(other) ? 0 : 1)
      }),
    )
  })
})

describe('a seccomp profile', () => {
  const rule = (op: string, value: number): SeccompRule => ({
    names: ['personality'],
    action: 'SCMP_ACT_ALLOW',
    args: [{ index: 0, value, op }],
  })
  const rulesOf = (profile: SeccompRule, tighten: boolean) =>
    (
      ociSeccomp({ defaultAction: 'SCMP_ACT_ERRNO', syscalls: [profile] }, [], tighten).syscalls as SeccompRule[]
    ).filter(({ names }) => names.includes('personality'))

  it('of the distribution compares as the kernel does, equal and not equal', () => {
    expect(rulesOf(rule('SCMP_CMP_EQ', 8), true).map(({ args }) => args)).toEqual([[is(0, 8)]])
    expect(rulesOf(rule('SCMP_CMP_NE', 8), true)).toHaveLength(32)
  })

  it('of a user’s own counts as it is written', () => {
    expect(rulesOf(rule('SCMP_CMP_NE', 8), false)).toEqual([rule('SCMP_CMP_NE', 8)])
  })
})
