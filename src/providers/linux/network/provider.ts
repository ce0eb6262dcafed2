import type { Change, Diff } from '../../../model/change.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { networkClassOf } from '../../../model/kinds/network-classes.ts'
import { sortedPorts } from '../../../model/kinds/published-ports.ts'
import type { Provider } from '../../provider.ts'
import { fieldChanges } from '../field-changes.ts'
import { ensureNetworks, removeNetworks } from './apply.ts'
import { observeNetworks } from './observe.ts'
import { networkNotices, networkPreflight } from './preflight.ts'
import { rebuildNetworkRecord } from './records.ts'

/** Ports of members are in any order; records of older versions have them as their user wrote them. */
const inOrder = (spec: NetworkSpec): NetworkSpec => ({
  ...spec,
  members: spec.members.map((member) => ({ ...member, ports: sortedPorts(member.ports) })),
})

export const networkProvider: Provider<'network'> = {
  kind: 'network',
  observe: observeNetworks,
  references: () => [],
  preflight: networkPreflight,
  warnings: networkNotices,

  diff(desired, { spec, actual }): Diff {
    const drift = actual.drift.map(
      (text): Change => ({ path: '/host', before: text, after: undefined, class: 'live', drift: text }),
    )
    const changes = [...fieldChanges(spec && inOrder(spec), inOrder(desired), networkClassOf), ...drift]
    if (changes.length === 0) return { action: 'keep' }
    return { action: changes.some((change) => change.class === 'replace') ? 'replace' : 'update', changes }
  },

  create: ensureNetworks,
  update: ensureNetworks,
  rebuild: rebuildNetworkRecord,
  remove: (write, items, _options, done) => removeNetworks(write, items, done),
}
