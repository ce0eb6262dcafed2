import { ownedSpecs } from '../../../model/observation.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import { withEngine } from '../../engine-session.ts'
import { printList } from '../../print-list.ts'
import type { CommonOptions } from '../../terminal.ts'

/** `heropods network ls`: lists networks with the names of their bridges. */
export const networkList = (options: CommonOptions): Promise<number> =>
  withEngine(options, async (engine) => {
    const rows = [...ownedSpecs((await engine.observe()).observations, 'network')].map(([address, spec]) => ({
      name: parseResourceAddress(address).name,
      stack: parseResourceAddress(address).stack,
      bridge: spec.bridge,
      subnet: spec.subnet,
      gateway: spec.gateway,
      internal: spec.internal,
      members: spec.members.length,
    }))
    return printList(options, 'networks', ['NAME', 'STACK', 'BRIDGE', 'SUBNET', 'GATEWAY', 'INTERNAL', 'MEMBERS'], rows)
  })
