import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/desired.ts'
import type { History, HistoryDocument, Patch, StackRecord } from '../../src/model/generation.ts'
import type { ContainerSpec } from '../../src/model/kinds/container.ts'
import type { NetworkSpec } from '../../src/model/kinds/network.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import {
  changedRecords,
  documentAt,
  nextRecords,
  patchBetween,
  type Records,
  revisionsOf,
  withDigests,
} from '../../src/reconciler/history/history.ts'
import { containerSpec, imageSpec, networkSpec } from '../specs.ts'

/** Keys that pointers have to escape, and ones that arrays use. */
const key = fc.constantFrom('a', 'b/c', 'd~e', '', '0', '~1', 'long name')
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.string(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value
const record = fc.record({
  desiredHash: fc.constantFrom(null, 'h1', 'h2'),
  resources: fc.dictionary(
    fc.constantFrom('s/network/n', 's/container/web', 's/container/a/b~c', 's/image/x'),
    fc.dictionary(key, value, { maxKeys: 4 }),
    { minKeys: 1 },
  ),
}) as fc.Arbitrary<StackRecord>
const run = fc.dictionary(fc.constantFrom('shop', 'pulumi~p~dev', 'constructor', 'x'), fc.option(record), {
  maxKeys: 3,
})

/** What Redis keeps, begun and finished as the store does it. */
class Store {
  generation = 0
  document: HistoryDocument = new Map()
  patches = new Map<number, Patch>()

  begin(run: Readonly<Record<string, StackRecord | null>>): { finish(run: Records): void } {
    this.generation += 1
    const before = this.recordsOf(Object.keys(run))
    const write = (after: Records): void => {
      this.patches.set(
        this.generation,
        patchBetween(after, new Map([...after.keys()].map((at) => [at, before.get(at)]))),
      )
      const stacks = new Map(this.document)
      for (const [name, one] of after) {
        if (one) stacks.set(name, one)
        else stacks.delete(name)
      }
      this.document = stacks
    }
    write(changedRecords(before, new Map(Object.entries(run).map(([name, one]) => [name, one ?? undefined]))))
    return { finish: write }
  }

  private recordsOf(names: readonly string[]): Records {
    return new Map([...this.document].filter(([name]) => names.includes(name)))
  }

  /** As it is read back: through JSON. */
  get history(): History {
    return {
      document: new Map(JSON.parse(JSON.stringify([...this.document])) as [string, StackRecord][]),
      patches: new Map(
        [...this.patches].map(([position, patch]) => [position, JSON.parse(JSON.stringify(patch)) as Patch]),
      ),
    }
  }
}

describe('the history of an instance', () => {
  it('rebuilds every kept generation, whatever runs did, however they ended, and however many were dropped', () => {
    const step = fc.record({ run, changedAtTheEnd: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.nat(12), (steps, dropped) => {
        const store = new Store()
        const expected: HistoryDocument[] = []
        for (const { run, changedAtTheEnd } of steps) {
          const begun = store.begin(run)
          const stated = new Map(Object.entries(run).map(([name, one]) => [name, one ?? undefined]))
          // Without an end the run was killed.
          if (changedAtTheEnd)
            begun.finish(new Map([...stated].map(([name, one]) => [name, one && { ...one, desiredHash: 'filled in' }])))
          expected.push(store.history.document)
        }
        for (let position = 1; position <= dropped; position += 1) store.patches.delete(position)
        const moments = [...revisionsOf(store.history)]
        expect(moments.map((moment) => moment.generation)).toEqual(
          expected
            .map((_, index) => index + 1)
            .filter((position) => position > dropped)
            .reverse(),
        )
        for (const { generation, document } of moments) expect(document).toEqual(expected[generation - 1])
      }),
    )
  })

  it('records an empty patch where nothing is another, and refuses a generation that it has not', () => {
    const store = new Store()
    const one: StackRecord = { desiredHash: 'h', resources: { 's/container/web': { command: ['a'] } } }
    store.begin({ s: one })
    store.begin({ s: structuredClone(one) })
    expect(store.patches.get(2)).toEqual([])
    expect(documentAt(store.history, 1).get('s')).toEqual(one)
    expect(() => documentAt(store.history, 3)).toThrow(/No generation "3" is stored/)
  })
})

const on = (...networks: readonly ResourceAddress[]): Partial<ContainerSpec> => ({
  networks: networks.map((network) => ({ network, aliases: [], ipv4_address: '', static: false, mac: '' })),
})
const container = (address: ResourceAddress, fields: Partial<ContainerSpec>): [ResourceAddress, Resource] => [
  address,
  { kind: 'container', address, spec: containerSpec(fields) },
]
const network = (address: ResourceAddress, fields: Partial<NetworkSpec>): [ResourceAddress, Resource] => [
  address,
  { kind: 'network', address, spec: networkSpec(fields) },
]
const shared: ResourceAddress = 'default/network/heropods0'
const source = { desiredHash: 'h', files: [] }

describe('records of a run', () => {
  const web = container('s/container/web', on(shared))
  const lan = network('s/network/lan', {
    members: [{ container: 's/container/web', ip: '10.66.0.2', mac: '', names: [], ports: [] }],
    hosts: { a: '' },
  })
  const heropods0 = network(shared, {})
  const runOf = (desired: [ResourceAddress, Resource][], gone: readonly string[] = []) => ({
    desired: new Map(desired),
    removes: (address: ResourceAddress) => gone.includes(address),
    sources: { s: source },
  })

  it('leave out what follows from others, and hold the default network where it is used', () => {
    const first = nextRecords(new Map(), runOf([web, lan, heropods0]))
    expect(first.get('s')).toEqual({
      desiredHash: 'h',
      resources: {
        's/container/web': web[1].spec,
        's/network/lan': networkSpec(),
        [shared]: heropods0[1].spec,
      },
    })
    const second = nextRecords(first, runOf([lan], ['s/container/web']))
    expect(Object.keys(second.get('s')?.resources ?? {})).toEqual(['s/network/lan'])
  })

  it('keep what a run of some targets leaves alone, and end with the last object', () => {
    const first = nextRecords(new Map(), runOf([web, lan, heropods0]))
    const other = container('s/container/other', {})
    expect(Object.keys(nextRecords(first, runOf([other])).get('s')?.resources ?? {}).sort()).toEqual(
      ['s/container/other', 's/container/web', 's/network/lan', shared].sort(),
    )
    expect(nextRecords(first, runOf([], ['s/container/web', 's/network/lan'])).get('s')).toBeUndefined()
  })

  it('take digests in once they are known', () => {
    const image: ResourceAddress = 's/image/web'
    const first = nextRecords(
      new Map(),
      runOf([
        [image, { kind: 'image', address: image, spec: imageSpec() }],
        container('s/container/web', { image_digest: `\u0001ref:${image}#digest\u0002` }),
      ]),
    )
    expect(withDigests(first, new Map([[image, 'sha256:1']])).get('s')?.resources).toEqual({
      [image]: imageSpec({ digest: 'sha256:1' }),
      's/container/web': containerSpec({ image_digest: 'sha256:1' }),
    })
  })
})
