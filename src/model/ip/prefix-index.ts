import { type Family, type Prefix, widthOf } from './prefix.ts'

interface Entry<T> {
  readonly order: number
  readonly value: T
}

/** A prefix in the tree of its bits. */
interface Node<T> {
  /** Entries that are exactly this prefix. */
  exact?: Entry<T>[]
  /** The first entry that is this prefix or within it. */
  firstWithin?: Entry<T>
  zero?: Node<T>
  one?: Node<T>
}

/** Prefixes of both families in the order of their addition. Search and addition cost the length of a prefix, not the number of entries. */
export class PrefixIndex<T> {
  private readonly roots: Readonly<Record<Family, Node<T>>> = { ipv4: {}, ipv6: {} }
  private count = 0

  add(prefix: Prefix, value: T): void {
    const entry = { order: this.count, value }
    this.count += 1
    let node = this.roots[prefix.family]
    node.firstWithin ??= entry
    for (const bit of bitsOf(prefix)) {
      node = childOf(node, bit)
      node.firstWithin ??= entry
    }
    node.exact ??= []
    node.exact.push(entry)
  }

  /** True if an entry overlaps a prefix. */
  overlaps(prefix: Prefix): boolean {
    return this.first(prefix) !== undefined
  }

  /** The value of the earliest entry that overlaps a prefix. */
  firstOverlapping(prefix: Prefix): T | undefined {
    return this.first(prefix)?.value
  }

  /** All entries that overlap a prefix, in the order of their addition. Costs the length of the prefix and the number of matches. */
  overlapping(prefix: Prefix): readonly T[] {
    const { containing, node } = this.find(prefix)
    const entries = [...containing.flat(), ...(node ? entriesIn(node) : [])]
    return entries.sort((left, right) => left.order - right.order).map(({ value }) => value)
  }

  private first(prefix: Prefix): Entry<T> | undefined {
    const { containing, node } = this.find(prefix)
    return containing.map(([one]) => one).reduce(earlier, node?.firstWithin)
  }

  /** The entries whose prefix contains this one, shortest first, and the node of this prefix, if there is one. */
  private find(prefix: Prefix): { readonly containing: readonly Entry<T>[][]; readonly node: Node<T> | undefined } {
    const containing: Entry<T>[][] = []
    let node: Node<T> | undefined = this.roots[prefix.family]
    for (const bit of bitsOf(prefix)) {
      if (node.exact) containing.push(node.exact)
      node = bit ? node.one : node.zero
      if (node === undefined) break
    }
    return { containing, node }
  }
}

function childOf<T>(node: Node<T>, bit: boolean): Node<T> {
  if (bit) {
    node.one ??= {}
    return node.one
  }
  node.zero ??= {}
  return node.zero
}

const entriesIn = <T>({ exact = [], zero, one }: Node<T>): readonly Entry<T>[] => [
  ...exact,
  ...(zero ? entriesIn(zero) : []),
  ...(one ? entriesIn(one) : []),
]

const earlier = <T>(left: Entry<T> | undefined, right: Entry<T> | undefined): Entry<T> | undefined =>
  left === undefined || (right !== undefined && right.order < left.order) ? right : left

/** Bits of a prefix from the highest. In 32-bit words: arithmetic on numbers is much cheaper than on bigints. */
function* bitsOf({ family, bits, length }: Prefix): Generator<boolean, undefined> {
  const width = widthOf(family)
  for (let position = 0; position < length; position += 32) {
    const word = Number((bits >> BigInt(width - 32 - position)) & 0xffff_ffffn)
    for (let bit = 31; bit >= 0 && position + 31 - bit < length; bit -= 1) yield ((word >>> bit) & 1) === 1
  }
}
