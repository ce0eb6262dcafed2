import type { Comparison } from '../../../../model/kinds/seccomp-profile.ts'

/** Bits of an int: all that the kernel reads of it. A filter sees 64, and the upper ones are whatever the caller puts there. */
const width = 32

const masked = (index: number, mask: number, value: number): Comparison => ({
  index,
  value: mask,
  valueTwo: value,
  op: 'SCMP_CMP_MASKED_EQ',
})

/** Whether an int argument is `value`. */
export const is = (index: number, value: number): Comparison => masked(index, 2 ** width - 1, value % 2 ** width)

/**
 * Whether an int argument is none of `values`: comparisons of leading bits of which exactly one holds then. libseccomp has no masked
 * "not equal", and answers rules of one call that overlap in an order of its own.
 */
export function isNoneOf(index: number, values: readonly number[]): readonly Comparison[] {
  const cover = (from: number, bits: number): readonly Comparison[] => {
    const size = 2 ** bits
    if (!values.some((value) => value >= from && value < from + size)) return [masked(index, 2 ** width - size, from)]
    return bits === 0 ? [] : [...cover(from, bits - 1), ...cover(from + size / 2, bits - 1)]
  }
  return cover(0, width)
}

/**
 * The same comparisons of an int's bits alone, as lists of which one must hold. Every argument that profiles of distributions compare
 * (personality, families and protocols of sockets, flags of clone) is an int to the kernel.
 */
export function ofInts(comparisons: readonly Comparison[]): readonly (readonly Comparison[])[] {
  return comparisons.reduce<readonly (readonly Comparison[])[]>(
    (lists, one) => lists.flatMap((list) => alternatives(one).map((other) => [...list, other])),
    [[]],
  )
}

function alternatives(one: Comparison): readonly Comparison[] {
  if (one.op === 'SCMP_CMP_EQ') return [is(one.index, one.value)]
  return one.op === 'SCMP_CMP_NE' ? isNoneOf(one.index, [one.value % 2 ** width]) : [one]
}
