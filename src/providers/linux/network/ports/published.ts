import type { Diagnostic } from '../../../../model/errors.ts'
import type { Member, NetworkSpec, PublishedPort } from '../../../../model/kinds/network.ts'
import { PortIndex } from '../../../../model/kinds/port-index.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'

/** A published port with the member that publishes it. */
export interface Published {
  readonly member: Member
  readonly port: PublishedPort
}

export const publishedPorts = (networks: ReadonlyMap<ResourceAddress, NetworkSpec>): readonly Published[] =>
  [...networks.values()].flatMap((spec) =>
    spec.members.flatMap((member) => member.ports.map((port) => ({ member, port }))),
  )

export const hostPortText = ({ port }: Published): string => `${port.host_ip}:${port.published}/${port.protocol}`

/** Identity of a published port. It contains the container, so a port that moves to another container is checked again. Pure. */
export const identityOf = (one: Published): string => `${one.member.container} ${hostPortText(one)}`

export const portTaken = (one: Published, by: string): Diagnostic => ({
  code: 'port-taken',
  message: `${one.member.container} cannot publish ${hostPortText(one)}, which is taken by ${by}.`,
  hint: 'Publish another port, or stop the one that has it.',
  address: one.member.container,
  path: pathOf(one),
})

/** The entry of a port in `ports` of its container. */
export const pathOf = ({ member, port }: Published): string => `/ports/${member.ports.indexOf(port)}`

/** Ports that are published twice. Of two new ports the later one is the error. Of a new and an existing port the new one is. */
export function duplicatePorts(added: readonly Published[], published: readonly Published[]): Diagnostic[] {
  const all = new PortIndex<Published>()
  for (const one of published) all.add(one.port, one)
  const order = new Map(added.map((one, place) => [one, place]))
  return added.flatMap((one, place) =>
    [...all.clashing(one.port)]
      .filter((other) => (order.get(other) ?? -1) < place)
      .map((other) => portTaken(one, other.member.container)),
  )
}
