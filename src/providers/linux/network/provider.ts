import { networkRules } from '../../../model/kinds/rules/network.ts'
import type { Provider } from '../../provider.ts'
import { ensureNetworks, type Reroute, removeNetworks } from './apply.ts'
import { diffNetwork } from './diff.ts'
import type { DriverTable } from './driver.ts'
import { observeNetworks } from './observe.ts'
import { networkPreflight, networkWarnings } from './preflight.ts'

/** The provider of networks with these drivers. `reroute` sets the default routes of containers. */
export function networkProviderOf(drivers: DriverTable, reroute: Reroute): Provider<'network'> {
  const ensure: Provider<'network'>['create'] = (write, items, done) =>
    ensureNetworks(drivers, write, items, done, reroute)
  return {
    kind: 'network',
    rules: networkRules,
    observe: (read, desired) => observeNetworks(drivers, read, desired),
    preflight: (read, networks, observed) => networkPreflight(drivers, read, networks, observed),
    warnings: networkWarnings,
    diff: diffNetwork,
    create: ensure,
    update: ensure,
    remove: (write, items, _options, done) => removeNetworks(drivers, write, items, done),
  }
}
