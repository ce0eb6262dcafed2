import type { Address } from '../../../../model/address.ts'
import type { ContainerActual, ContainerSpec } from '../../../../model/kinds/container.ts'
import { onExit } from '../../../../model/kinds/restart-policy.ts'

/** What of an observed container tells whether it is well. */
export interface GateContainer {
  readonly spec: ContainerSpec | undefined
  readonly actual: Pick<ContainerActual, 'state' | 'exitCode' | 'restarts' | 'health'>
}

export interface Verdict {
  readonly container: Address
  /** In words, as the end of a sentence: `is unhealthy`. */
  readonly why: string
}

export interface HealthGate {
  /** May still become well by themselves. */
  readonly pending: readonly Verdict[]
  readonly failed: readonly Verdict[]
}

/**
 * Whether containers are well: running, and healthy where they have a check, or completed with 0. Those in neither list are. undefined
 * stands for one that is not there. Pure.
 */
export function healthGate(containers: ReadonlyMap<Address, GateContainer | undefined>): HealthGate {
  const pending: Verdict[] = []
  const failed: Verdict[] = []
  for (const [container, one] of containers) {
    const verdict = judge(one)
    if (verdict) (verdict.final ? failed : pending).push({ container, why: verdict.why })
  }
  return { pending, failed }
}

function judge(one: GateContainer | undefined): { readonly why: string; readonly final: boolean } | undefined {
  if (one?.spec === undefined) return { why: 'is not there', final: true }
  const { state, health, exitCode, restarts } = one.actual
  switch (state) {
    case 'running':
      if (health === 'starting') return { why: 'is not healthy yet', final: false }
      return health === 'unhealthy' ? { why: 'is unhealthy', final: true } : undefined
    case 'held':
    case 'completed':
      return undefined
    case 'restarting':
    case 'created':
      return { why: 'is starting', final: false }
    case 'paused':
      return { why: 'is paused', final: false }
    case 'exited': {
      // Between an exit and its answer by the restart policy lies a moment.
      const next = onExit(one.spec, { code: exitCode ?? 1, ranMs: 0, restarts, held: false })
      const code = exitCode === undefined ? '' : ` with code ${exitCode}`
      return { why: `has exited${code}`, final: next.action === 'leave' }
    }
    case 'stopped':
      return { why: 'was stopped', final: true }
    case 'absent':
      return { why: 'is not running', final: true }
  }
}
