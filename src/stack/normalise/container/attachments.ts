import type { Container } from '../../../generated/stack-file.ts'
import { contains } from '../../../model/ip/prefix.ts'
import { isIPv4, parseIp, parsePrefix } from '../../../model/ip/text.ts'
import type { ContainerSpec, NetworkAttachment } from '../../../model/kinds/container.ts'
import { defaultNetwork } from '../../../model/kinds/network.ts'
import { resourceAddress } from '../../../model/resource-address.ts'
import { ownValue } from '../../../model/values/own-value.ts'
import { didYouMean, knownNames } from '../../check/suggest.ts'
import { type Context, isList, namesOf } from '../context.ts'
import { networkAddress } from '../networks.ts'

interface DeclaredAttachment {
  readonly name: string
  readonly aliases: readonly string[]
  readonly ipv4_address: string | undefined
  readonly path: readonly (string | number)[]
}

/**
 * The networks of a container in the order of its interfaces: declared ones, the only one of the stack, or the default of the
 * instance.
 */
export function normaliseAttachments(
  context: Context,
  name: string,
  container: Container,
): readonly NetworkAttachment[] {
  if ((container.network_mode ?? 'bridge') !== 'bridge') {
    if (container.networks !== undefined)
      context.problems.add(
        'invalid',
        ['containers', name, 'networks'],
        `"${name}" has both \`networks\` and \`network_mode: ${container.network_mode}\`.`,
        'Remove one of them.',
        true,
      )
    return []
  }
  return declaredAttachments(context, name, container).map(({ name: network, aliases, ipv4_address, path }) => {
    if (ipv4_address !== undefined) checkAddress(context, network, ipv4_address, [...path, 'ipv4_address'])
    return {
      network: network === '' ? defaultNetwork : networkAddress(context, network),
      aliases,
      ipv4_address: ipv4_address ?? '',
      static: ipv4_address !== undefined,
      mac: '',
    }
  })
}

function declaredAttachments(context: Context, name: string, container: Container): readonly DeclaredAttachment[] {
  const known = namesOf(context.data.networks)
  const path = ['containers', name, 'networks']
  const { networks } = container
  if (networks === undefined) {
    if (known.length > 1)
      context.problems.add(
        'networks-unstated',
        ['containers', name],
        `The stack has ${known.length} networks, but "${name}" does not declare which of them it joins.`,
        `Add \`networks:\` with the networks that it joins. ${knownNames(known)}`,
        true,
      )
    return [{ name: known[0] ?? '', aliases: [], ipv4_address: undefined, path }]
  }
  const list = isList(networks)
    ? networks.map(
        (one, index): DeclaredAttachment => ({
          name: one,
          aliases: [],
          ipv4_address: undefined,
          path: [...path, index],
        }),
      )
    : Object.entries(networks).map(
        ([one, options]): DeclaredAttachment => ({
          name: one,
          aliases: options?.aliases ?? [],
          ipv4_address: options?.ipv4_address,
          path: [...path, one],
        }),
      )
  const joined = new Set<string>()
  const isKnown = ({ name: one }: DeclaredAttachment): boolean =>
    ownValue(context.data.networks, one) !== undefined && !one.startsWith('x-')
  for (const one of list) {
    if (!isKnown(one))
      context.problems.addLater(() => ({
        code: 'unknown-reference',
        message: `There is no network "${one.name}" under \`networks:\`.${didYouMean(one.name, known)}`,
        hint: knownNames(known),
        location: { path: one.path },
      }))
    else if (joined.has(one.name))
      context.problems.add(
        'invalid',
        one.path,
        `"${name}" joins the network "${one.name}" twice.`,
        'Remove one of them.',
      )
    joined.add(one.name)
  }
  return list.filter(isKnown)
}

function checkAddress(context: Context, network: string, ip: string, path: readonly (string | number)[]): void {
  const subnet = ownValue(context.data.networks, network)?.subnet
  const wrong = (why: string, hint: string): void =>
    context.problems.add('bad-address', path, `The address ${ip} ${why}.`, hint)
  if (!isIPv4(ip)) return wrong('is not an IPv4 address', 'Write e.g. `10.20.0.5`.')
  if (subnet === undefined || subnet === 'auto') {
    if (!ownValue(context.data.networks, network)?.external)
      wrong(`needs a declared subnet of "${network}"`, 'Declare the `subnet` of the network.')
    return
  }
  try {
    if (!contains(parsePrefix(subnet, 'ipv4'), parseIp(ip)))
      wrong(`is outside the subnet ${subnet} of "${network}"`, 'Use an address inside it.')
  } catch {
    // The check of networks reports an invalid subnet.
  }
}

/** The canonical `network_mode`. */
export function normaliseNetworkMode(
  context: Context,
  name: string,
  container: Container,
): ContainerSpec['network_mode'] {
  const mode = container.network_mode ?? 'bridge'
  if (mode === 'bridge' || mode === 'none' || mode === 'host') return mode
  const other = mode.replace(/^(service|container):/, '')
  const shared = ownValue(context.data.containers, other)
  if (shared === undefined || other === name) {
    context.problems.addLater(() => {
      const known = Object.keys(context.data.containers ?? {})
      return {
        code: 'unknown-reference',
        message: `There is no other container "${other}" whose network "${name}" could share.${didYouMean(other, known)}`,
        hint: knownNames(known, name),
        location: { path: ['containers', name, 'network_mode'] },
      }
    })
    return 'none'
  }
  if (shared.deploy?.replicas !== undefined)
    context.problems.add(
      'invalid',
      ['containers', name, 'network_mode'],
      `"${other}" has replicas, so the shared network of "${name}" is ambiguous.`,
      'Share the network of a container without replicas.',
    )
  return `container:${resourceAddress(context.stack, 'container', other)}`
}
