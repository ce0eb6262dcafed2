import { type Address, type Kind, kinds, parseAddress } from '../model/address.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { Observation } from '../model/observation.ts'
import type { Plan } from '../model/plan.ts'
import type { Bound } from '../providers/bind.ts'
import type { ReadContext } from '../providers/provider.ts'
import type { Registry } from '../providers/registry.ts'
import type { Snapshot } from './observe.ts'

export interface Preflight {
  readonly forbidding: readonly Diagnostic[]
  /** What existing containers lack for a new process: it forbids a plan that gives them one, and is a warning in others. */
  readonly lacking: readonly Diagnostic[]
}

/** What of this host would make steps fail. Reads only. */
export async function preflight(
  registry: Registry,
  read: ReadContext,
  bound: Bound,
  snapshot: Snapshot,
  { rollbackOf }: { readonly rollbackOf?: number },
): Promise<Preflight> {
  const options = { restores: rollbackOf !== undefined }
  const found = await Promise.all(
    kinds.map((kind) => {
      const specs = new Map(
        [...bound.wanted.values()].filter((one) => one.kind === kind).map((one) => [one.address, one.spec]),
      )
      return specs.size === 0
        ? []
        : (registry.providers[kind].preflight?.(read, specs, ofKind(snapshot, kind), options) ?? [])
    }),
  )
  const stands = ({ address }: Diagnostic): boolean =>
    address !== undefined &&
    parseAddress(address as Address).kind === 'container' &&
    snapshot.resources.get(address as Address)?.presence === 'owned'
  const all = found.flat()
  return { forbidding: all.filter((one) => !stands(one)), lacking: all.filter(stands) }
}

/** What is lacking for the processes that a plan starts. Pure. */
export function neededNow(plan: Plan, lacking: readonly Diagnostic[]): readonly Diagnostic[] {
  const starting = plan.steps.filter(
    ({ action, kind }) => kind === 'container' && (action === 'create' || action === 'recreate'),
  )
  const addresses = new Set<string>(starting.map((step) => step.address))
  return lacking.filter(({ address }) => addresses.has(address ?? ''))
}

export const ofKind = (snapshot: Snapshot, kind: Kind): ReadonlyMap<Address, Observation> =>
  new Map([...snapshot.resources].filter(([address]) => parseAddress(address).kind === kind))
