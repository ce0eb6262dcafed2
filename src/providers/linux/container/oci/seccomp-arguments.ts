import type { Comparison } from '../../../../model/kinds/seccomp-profile.ts'

/** The kernel reads 32 bits of an int argument. A filter compares 64 bits, of which the caller can set the upper ones to any value. */
const width = 32

const masked = (index: number, mask: number, value: number): Comparison => ({
  index,
  value: mask,
  valueTwo: value,
  op: 'SCMP_CMP_MASKED_EQ',
})

/** The comparison "this int argument equals `value`". Pure. */
export const is = (index: number, value: number): Comparison => masked(index, 2 ** width - 1, value % 2 ** width)

/**
 * Comparisons of leading bits for "this int argument is none of `values`": exactly one of them holds then. libseccomp has no masked "not
 * equal", and the order in which it applies overlapping rules of one call is not defined. Pure.
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
 * The same comparisons for 32-bit arguments, as alternative lists: the rule applies if all comparisons of one list hold. The kernel reads
 * every argument that the profiles of distributions compare (personality, socket families and protocols, clone flags) as an int. Pure.
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
