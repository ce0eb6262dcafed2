import { compareNatural } from '../../model/values/sorted.ts'

/** A directed graph: each node with the nodes that it waits for. */
export type WaitsFor<Id extends string> = ReadonlyMap<Id, readonly Id[]>

/**
 * Nodes in an order in which each comes after those that it waits for. Nodes are visited by name (`web.2`
 * before `web.10`), so the same graph gives the same order. Edges to unknown nodes are ignored. Throws on a cycle, naming it.
 */
export function topologicalOrder<Id extends string>(graph: WaitsFor<Id>): readonly Id[] {
  const order: Id[] = []
  const done = new Set<Id>()
  const open = new Set<Id>()
  const visit = (id: Id, trail: readonly Id[]): void => {
    if (done.has(id)) return
    if (open.has(id)) throw new Error(`cycle: ${[...trail.slice(trail.indexOf(id)), id].join(' -> ')}`)
    open.add(id)
    for (const next of [...(graph.get(id) ?? [])].sort(compareNatural)) if (graph.has(next)) visit(next, [...trail, id])
    open.delete(id)
    done.add(id)
    order.push(id)
  }
  for (const id of [...graph.keys()].sort(compareNatural)) visit(id, [])
  return order
}

/** Everything reachable from `start` through `next`, `start` included. */
export function closure<Id extends string>(start: Iterable<Id>, next: (id: Id) => Iterable<Id>): ReadonlySet<Id> {
  const seen = new Set<Id>()
  const queue = [...start]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    queue.push(...next(id))
  }
  return seen
}
