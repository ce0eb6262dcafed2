import { type Binding, everywhere } from './published-ports.ts'

interface Entry<T> {
  readonly order: number
  readonly value: T
}

interface Bound<T> {
  readonly all: Entry<T>[]
  readonly byAddress: Map<string, Entry<T>[]>
}

/** Ports of the host in the order they came; those that clash with another are found without a look at all of them. */
export class PortIndex<T> {
  private readonly bound = new Map<string, Bound<T>>()
  private count = 0

  add(port: Binding, value: T): void {
    const entry = { order: this.count, value }
    this.count += 1
    const bound = entryOf(this.bound, key(port), (): Bound<T> => ({ all: [], byAddress: new Map() }))
    bound.all.push(entry)
    entryOf(bound.byAddress, port.host_ip, () => []).push(entry)
  }

  /** In the order they came. */
  *clashing(port: Binding): Generator<T, undefined> {
    const bound = this.bound.get(key(port))
    if (bound === undefined) return
    const isAll = port.host_ip === everywhere
    const left = isAll ? bound.all : (bound.byAddress.get(port.host_ip) ?? [])
    const right = isAll ? [] : (bound.byAddress.get(everywhere) ?? [])
    yield* merged(left, right)
  }
}

const key = ({ published, protocol }: Binding): string => `${published}/${protocol}`

function entryOf<V>(map: Map<string, V>, at: string, make: () => V): V {
  const found = map.get(at) ?? make()
  map.set(at, found)
  return found
}

/** Two lists that are in order, as one. */
function* merged<T>(left: readonly Entry<T>[], right: readonly Entry<T>[]): Generator<T, undefined> {
  let [at, other] = [0, 0]
  for (;;) {
    const [one, two] = [left[at], right[other]]
    if (one !== undefined && (two === undefined || one.order < two.order)) {
      at += 1
      yield one.value
    } else if (two !== undefined) {
      other += 1
      yield two.value
    } else return
  }
}
