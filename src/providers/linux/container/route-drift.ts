import type { NetworkSpec } from '../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { Interface } from '../network/driver.ts'

const zero = '0.0.0.0'

/** The gateways of the default routes of a /proc/net/route, by interface. A route without a gateway does not count. */
function defaultGateways(text: string): readonly { readonly name: string; readonly via: string }[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', to = '', gateway = ''] = line.split('\t')
    const via = ipOf(gateway)
    return ipOf(to) === zero && via !== zero && via !== '' ? [{ name, via }] : []
  })
}

/** The kernel writes an address as a number, so its bytes are in reverse order. */
const ipOf = (hex: string): string =>
  /^[\dA-F]{8}$/.test(hex)
    ? (hex.match(/../g) ?? [])
        .reverse()
        .map((byte) => Number.parseInt(byte, 16))
        .join('.')
    : ''

/**
 * The default route that an interface lacks, or one through the gateway of a network that should not lead out. A route through another
 * address, e.g. a VPN, is not drift. Pure.
 */
export function routeDrift(
  { name, network, gateway }: Interface,
  networks: ReadonlyMap<ResourceAddress, NetworkSpec>,
  routes: string,
): readonly string[] {
  const vias = defaultGateways(routes)
    .filter((one) => one.name === name)
    .map(({ via }) => via)
  if (gateway !== undefined) return vias.length === 0 ? [`its default route via ${gateway} is gone`] : []
  const own = networks.get(network)?.gateway
  return own !== undefined && vias.includes(own) ? [`it has a default route via ${own}, which it should not have`] : []
}
