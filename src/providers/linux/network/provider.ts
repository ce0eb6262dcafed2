import type { Change, Diff } from '../../../model/change.ts'
import { networkRules } from '../../../model/kinds/rules/network.ts'
import type { Provider } from '../../provider.ts'
import { ensureNetworks, removeNetworks } from './apply.ts'
import { observeNetworks } from './observe.ts'
import { networkNotices, networkPreflight } from './preflight.ts'

export const networkProvider: Provider<'network'> = {
  kind: 'network',
  observe: observeNetworks,
  rules: networkRules,
  preflight: networkPreflight,
  warnings: networkNotices,

  diff(desired, { spec, actual }): Diff {
    const drift = actual.drift.map(
      (text): Change => ({ path: '/host', before: text, after: undefined, class: 'live', drift: text }),
    )
    const changes = [...networkRules.changes(spec, desired), ...drift]
    if (changes.length === 0) return { action: 'keep' }
    return { action: changes.some((change) => change.class === 'replace') ? 'replace' : 'update', changes }
  },

  create: ensureNetworks,
  update: ensureNetworks,
  remove: (write, items, _options, done) => removeNetworks(write, items, done),
}
