import { kinds, parseAddress } from '../../model/address.ts'
import type { Diagnostic } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import { preflightKind } from '../../providers/by-kind.ts'
import type { Registry } from '../../providers/linux/registry.ts'
import type { Resolved } from '../../providers/linux/resolve.ts'
import type { ReadContext } from '../../providers/provider.ts'
import type { Snapshot } from '../observe.ts'

export interface Preflight {
  readonly forbidding: readonly Diagnostic[]
  /** What existing containers lack for a new process: it forbids a plan that gives them one, and is a warning in others. */
  readonly lacking: readonly Diagnostic[]
}

/** What of this host would make steps fail. Reads only. */
export async function preflight(
  registry: Registry,
  read: ReadContext,
  bound: Resolved,
  snapshot: Snapshot,
  { rollbackOf }: { readonly rollbackOf?: number },
): Promise<Preflight> {
  const options = { restores: rollbackOf !== undefined }
  const found = await Promise.all(
    kinds.map((kind) =>
      preflightKind(registry.providers, kind, read, { wanted: bound.wanted, resources: snapshot.resources }, options),
    ),
  )
  const stands = ({ address }: Diagnostic): boolean =>
    address !== undefined &&
    parseAddress(address).kind === 'container' &&
    snapshot.resources.get(address)?.presence === 'owned'
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
