import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closure, topologicalOrder } from '../../src/reconciler/plan/graph.ts'

type Edges = Readonly<Record<string, readonly string[]>>
const order = (edges: Edges): readonly string[] => topologicalOrder(new Map(Object.entries(edges)))

describe('an order in which each comes after what it waits for', () => {
  it.each<readonly [what: string, edges: Edges, expected: readonly string[]]>([
    ['is empty for nothing', {}, []],
    ['is by name where nobody waits', { c: [], a: [], b: [] }, ['a', 'b', 'c']],
    ['puts what is waited for first', { a: ['c'], b: [], c: ['b'] }, ['b', 'c', 'a']],
    ['visits what is shared once', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, ['d', 'b', 'c', 'a']],
    ['ignores what it does not know', { a: ['elsewhere', 'b'], b: [] }, ['b', 'a']],
  ])('%s', (_, edges, expected) => expect(order(edges)).toEqual(expected))

  it.each<readonly [edges: Edges, named: string]>([
    [{ a: ['a'] }, 'cycle: a -> a'],
    [{ a: ['b'], b: ['c'], c: ['a'] }, 'cycle: a -> b -> c -> a'],
    // Who only leads into the circle is not named.
    [{ a: ['b'], b: ['c'], c: ['b'] }, 'cycle: b -> c -> b'],
  ])('is none of %j, and names the cycle', (edges, named) => expect(() => order(edges)).toThrow(new Error(named)))

  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const
  /** A graph without cycles: of names in some order, each waits for some before it. */
  const acyclic = fc
    .tuple(fc.shuffledSubarray([...names]), fc.array(fc.nat(), { minLength: 7, maxLength: 7 }))
    .map(([all, masks]) =>
      all.map((name, place): readonly [string, readonly string[]] => [
        name,
        all.slice(0, place).filter((_, bit) => ((masks[place] ?? 0) >> bit) % 2 === 1),
      ]),
    )

  it('has every node once, each behind all it waits for', () =>
    fc.assert(
      fc.property(acyclic, (edges) => {
        const found = topologicalOrder(new Map(edges))
        expect([...found].sort()).toEqual(edges.map(([name]) => name).sort())
        for (const [name, after] of edges)
          for (const one of after) expect(found.indexOf(one)).toBeLessThan(found.indexOf(name))
      }),
    ))

  it('is the same in whatever order nodes and edges are stated', () =>
    fc.assert(
      fc.property(acyclic, (edges) => {
        const reversed = [...edges].reverse().map(([name, after]) => [name, [...after].reverse()] as const)
        expect(topologicalOrder(new Map(reversed))).toEqual(topologicalOrder(new Map(edges)))
      }),
    ))
})

describe('all that can be reached', () => {
  const reached = (edges: Edges, ...start: readonly string[]): readonly string[] =>
    [...closure(start, (id) => edges[id] ?? [])].sort()
  it.each<readonly [what: string, edges: Edges, start: readonly string[], expected: readonly string[]]>([
    ['is nothing from nowhere', { a: ['b'] }, [], []],
    ['has the start in it', {}, ['a'], ['a']],
    ['is found over any number of edges', { a: ['b'], b: ['c'], c: ['d'], x: ['a'] }, ['a'], ['a', 'b', 'c', 'd']],
    ['ends in a circle', { a: ['b'], b: ['a'] }, ['b'], ['a', 'b']],
    ['is of all starts together', { a: ['b'], x: ['y'] }, ['a', 'x'], ['a', 'b', 'x', 'y']],
  ])('%s', (_, edges, start, expected) => expect(reached(edges, ...start)).toEqual(expected))
})
