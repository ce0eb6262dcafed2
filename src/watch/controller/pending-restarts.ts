import type { Address } from '../../model/address.ts'
import { onExit } from '../../model/kinds/restart-policy.ts'
import { isOwned, type Observation, type OwnedOf } from '../../model/observation.ts'

/** Time in which a container's restart policy answers its exit; after it the exit is drift as any other. Milliseconds. */
const answerTime = 3000

/** Containers that have just exited and whose restart policy, or keep_alive, is about to answer that. */
export class PendingRestarts {
  private readonly since = new Map<Address, { readonly run: number; readonly at: number }>()
  private left: ReadonlySet<Address> = new Set()

  update(observed: ReadonlyMap<Address, Observation>, now: number): void {
    const left = new Set<Address>()
    for (const address of this.since.keys()) if (!observed.has(address)) this.since.delete(address)
    for (const [address, one] of observed) {
      if (!isOwned(one, 'container') || !isAnswered(one)) {
        this.since.delete(address)
        continue
      }
      const { run } = one.actual
      const known = this.since.get(address)
      if (known?.run !== run) this.since.set(address, { run, at: now })
      if (now - (this.since.get(address)?.at ?? now) < answerTime) left.add(address)
    }
    this.left = left
  }

  isPending(address: Address): boolean {
    return this.left.has(address)
  }

  dueTimes(now: number): readonly number[] {
    return [...this.left].map((address) => (this.since.get(address)?.at ?? now) + answerTime)
  }
}

function isAnswered({ spec, actual }: OwnedOf<'container'>): boolean {
  if (spec === undefined) return false
  const { state, exitCode = 1, startedAt, restarts } = actual
  if (state !== 'exited') return false
  const ranMs = Date.now() - Date.parse(startedAt ?? '')
  return onExit(spec, { code: exitCode, ranMs, restarts, held: false }).action !== 'leave'
}
