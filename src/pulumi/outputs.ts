import { type Address, type Kind, parseAddress } from '../model/address.ts'
import type { ContainerSpec } from '../model/kinds/container.ts'
import type { NetworkSpec } from '../model/kinds/network.ts'
import type { Observation } from '../model/observation.ts'
import type { ContainerActual } from '../providers/container/observe.ts'
import type { ImageActual } from '../providers/image/provider.ts'
import type { VolumeActual } from '../providers/volume/provider.ts'

export type Outputs = Readonly<Record<string, unknown>>

/** Properties of each kind that the provider answers and no program states. */
export const pureOutputs: Readonly<Record<Kind, readonly string[]>> = {
  network: ['bridge'],
  image: ['digest'],
  volume: ['path'],
  container: ['ip', 'ips', 'mac', 'pid', 'digest', 'state'],
}

/** What a resource's program learns of it, from what was observed. Pure. */
export function outputsOf(at: Address, { spec, actual }: Observation & { presence: 'owned' }): Outputs {
  switch (parseAddress(at).kind) {
    case 'network': {
      const { subnet, gateway, bridge } = spec as NetworkSpec
      return { subnet, gateway, bridge }
    }
    case 'image':
      return { digest: (actual as ImageActual).digest }
    case 'volume':
      return { path: (actual as VolumeActual).path }
    case 'container': {
      const { networks = [], image_digest = '' } = (spec ?? {}) as Partial<ContainerSpec>
      const { state, pid = 0 } = actual as ContainerActual
      return {
        ip: networks[0]?.ipv4_address ?? '',
        mac: networks[0]?.mac ?? '',
        ips: Object.fromEntries(networks.map((one) => [parseAddress(one.network).name, one.ipv4_address])),
        pid,
        digest: image_digest,
        state,
      }
    }
  }
}
