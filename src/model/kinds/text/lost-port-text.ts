import { isOwned, type Observation } from '../../observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../resource-address.ts'
import type { LostPort, PublishedPort } from '../network.ts'

/** More ports than this are counted. */
const namedPorts = 5

/** The effect of missing rules on a network: `port 127.0.0.1:8081 does not lead to web`. Pure. */
export function lostPortTexts(all: readonly LostPort[]): readonly string[] {
  const texts = all.map((one) => `${phrase(one, parseResourceAddress(one.container).name)}`)
  const more = texts.length - namedPorts
  return more > 0
    ? [...texts.slice(0, namedPorts), `${more} more published ports do not lead to their containers`]
    : texts
}

/** The lost ports of a container, from its networks: `its network shop/network/front: port 127.0.0.1:8081 does not lead here`. Pure. */
export const lostPortsOfContainer = (
  container: ResourceAddress,
  observations: ReadonlyMap<ResourceAddress, Observation>,
): readonly string[] =>
  [...observations].flatMap(([network, one]) =>
    isOwned(one, 'network')
      ? (one.actual.lostPorts ?? [])
          .filter((port) => port.container === container)
          .map((port) => `its network ${network}: ${phrase(port, 'this container')}`)
      : [],
  )

const phrase = ({ port, from }: LostPort, target: string): string =>
  `port ${bindingText(port)} does not lead to ${target}${from === undefined ? '' : ` from ${from}`}`

const bindingText = ({ host_ip, published, protocol }: PublishedPort): string =>
  `${host_ip.includes(':') ? `[${host_ip}]` : host_ip}:${published}${protocol === 'tcp' ? '' : `/${protocol}`}`
