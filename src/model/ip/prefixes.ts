import type { Cidr } from './ipv4.ts'

interface Entry<T> {
  readonly order: number
  readonly value: T
}

/** Prefixes in the order they came. Two overlap only if one holds the other: so a look at 33 lengths replaces one at all of them. */
export class Prefixes<T> {
  /** The first that is just this prefix. */
  private readonly exact = new Map<number, Entry<T>>()
  /** The first that this prefix holds. */
  private readonly held = new Map<number, Entry<T>>()
  private count = 0

  add(cidr: Cidr, value: T): void {
    const entry = { order: this.count, value }
    this.count += 1
    setFirst(this.exact, key(cidr), entry)
    for (const around of holding(cidr)) setFirst(this.held, key(around), entry)
  }

  firstOverlapping(cidr: Cidr): T | undefined {
    let first = this.held.get(key(cidr))
    for (const around of holding(cidr)) {
      const entry = this.exact.get(key(around))
      if (entry && (first === undefined || entry.order < first.order)) first = entry
    }
    return first?.value
  }
}

function setFirst<T>(entries: Map<number, T>, at: number, entry: T): void {
  if (!entries.has(at)) entries.set(at, entry)
}

const key = ({ base, prefix }: Cidr): number => base * 64 + prefix

/** The prefixes that hold this one, itself included. */
const holding = ({ base, prefix }: Cidr): readonly Cidr[] =>
  Array.from({ length: prefix + 1 }, (_, length) => ({ base: base - (base % 2 ** (32 - length)), prefix: length }))
