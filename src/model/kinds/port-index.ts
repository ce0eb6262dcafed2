import { anyAddress, type Binding, familyOfBinding } from './published-ports.ts'

interface Entry<T> {
  readonly order: number
  readonly value: T
}

interface PortEntries<T> {
  readonly all: Entry<T>[]
  readonly byAddress: Map<string, Entry<T>[]>
}

/** An index of ports of the host, in the order of insertion. It finds conflicting ports without comparing all of them. */
export class PortIndex<T> {
  private readonly entries = new Map<string, PortEntries<T>>()
  private count = 0

  add(port: Binding, value: T): void {
    const entry = { order: this.count, value }
    this.count += 1
    const entries = entryOf(this.entries, key(port), (): PortEntries<T> => ({ all: [], byAddress: new Map() }))
    entries.all.push(entry)
    entryOf(entries.byAddress, port.host_ip, () => []).push(entry)
  }

  /** The values of conflicting ports, in the order of insertion. */
  *clashing(port: Binding): Generator<T, undefined> {
    const entries = this.entries.get(key(port))
    if (entries === undefined) return
    const any = anyAddress[familyOfBinding(port)]
    const isAll = port.host_ip === any
    const left = isAll ? entries.all : (entries.byAddress.get(port.host_ip) ?? [])
    const right = isAll ? [] : (entries.byAddress.get(any) ?? [])
    yield* merged(left, right)
  }
}

const key = (port: Binding): string => `${port.published}/${port.protocol} ${familyOfBinding(port)}`

function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}

/** Merges two sorted lists. */
function* merged<T>(left: readonly Entry<T>[], right: readonly Entry<T>[]): Generator<T, undefined> {
  let [leftIndex, rightIndex] = [0, 0]
  for (;;) {
    const [one, two] = [left[leftIndex], right[rightIndex]]
    if (one !== undefined && (two === undefined || one.order < two.order)) {
      leftIndex += 1
      yield one.value
    } else if (two !== undefined) {
      rightIndex += 1
      yield two.value
    } else return
  }
}
