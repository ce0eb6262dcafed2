import { isIP } from 'node:net'
import type { Container } from '../../../generated/stack-file.ts'
import type { ExtraHosts } from '../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { containsToken, referenceToken } from '../../../model/tokens.ts'
import { hostAddresses } from '../../extra-hosts.ts'
import { type Context, reportBadNames } from '../context.ts'

/** The names and addresses of `extra_hosts`. `host-gateway` is the gateway of the container's first network. */
export function normaliseExtraHosts(
  context: Context,
  key: string,
  declared: Container['extra_hosts'],
  network: ResourceAddress | undefined,
): ExtraHosts {
  const gateway = network === undefined ? '127.0.0.1' : referenceToken(network, 'gateway')
  const check = (name: string, ip: string): void => {
    if (isIP(ip) === 0 && ip !== 'host-gateway' && !containsToken(ip))
      context.problems.add(
        'bad-address',
        ['containers', key, 'extra_hosts'],
        `The extra host "${name}" has the address "${ip}".`,
        'Write `NAME=10.1.2.3`, `NAME=[2001:db8::1]` or `NAME=host-gateway`.',
      )
  }
  const names = hostAddresses(declared)
  if (Array.isArray(declared)) reportBadNames(context, ['containers', key, 'extra_hosts'], 'host', names)
  return Object.fromEntries(
    Object.entries(names).map(([name, ips]) => {
      for (const ip of ips) check(name, ip)
      const addresses = ips.map((ip) => (ip === 'host-gateway' ? gateway : ip))
      // Records always have a single address as a text.
      const [only = ''] = addresses
      return [name, addresses.length === 1 ? only : addresses]
    }),
  )
}
