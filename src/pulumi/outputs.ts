import type { OwnedOf } from '../model/observation.ts'
import { type Kind, parseResourceAddress } from '../model/resource-address.ts'

export type Outputs = Readonly<Record<string, unknown>>

/** Properties of each kind that only the provider sets. */
export const pureOutputs: Readonly<Record<Kind, readonly string[]>> = {
  network: ['bridge'],
  image: ['digest'],
  volume: ['path'],
  container: ['ip', 'ips', 'mac', 'pid', 'digest', 'state'],
}

/** The outputs of a resource, from the observation. Pure. */
export function outputsOf(one: OwnedOf): Outputs {
  switch (one.kind) {
    case 'network': {
      const { subnet, gateway, bridge } = one.spec ?? {}
      return { subnet, gateway, bridge }
    }
    case 'image':
      return { digest: one.actual.digest }
    case 'volume':
      return { path: one.actual.path }
    case 'container': {
      const { networks = [], image_digest = '' } = one.spec ?? {}
      const { state, pid = 0 } = one.actual
      return {
        ip: networks[0]?.ipv4_address ?? '',
        mac: networks[0]?.mac ?? '',
        ips: Object.fromEntries(
          networks.map(({ network, ipv4_address }) => [parseResourceAddress(network).name, ipv4_address]),
        ),
        pid,
        digest: image_digest,
        state,
      }
    }
  }
}
