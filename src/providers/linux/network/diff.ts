import type { Change, Diff } from '../../../model/change.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { networkRules } from '../../../model/kinds/rules/network.ts'
import type { OwnedOf } from '../../../model/observation.ts'

/** The changes that make an existing network equal to its spec. Pure. */
export function diffNetwork(desired: NetworkSpec, { spec, actual }: OwnedOf<'network'>): Diff {
  const drift = actual.drift.map(
    (text): Change => ({ path: '/host', before: text, after: undefined, class: 'live', drift: text }),
  )
  const changes = [...networkRules.changes(spec, desired), ...drift]
  if (changes.length === 0) return { action: 'keep' }
  return { action: changes.some((change) => change.class === 'replace') ? 'replace' : 'update', changes }
}
