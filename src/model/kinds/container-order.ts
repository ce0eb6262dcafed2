import { sortedBy } from '../values/sorted.ts'
import type { ContainerSpec, Mount } from './container.ts'
import { sortedPorts } from './published-ports.ts'

/**
 * Sorts the lists whose order has no meaning, so that equivalent specs are equal. Records of older versions have such lists in the order
 * of the stack file. Pure.
 */
export const inCanonicalOrder = (spec: ContainerSpec): ContainerSpec => ({ ...spec, ...ordered(spec) })

/** Sorts only fields that exist: records of older versions may lack some. */
function ordered(spec: Partial<ContainerSpec>): Partial<ContainerSpec> {
  const { group_add, networks, ports, expose, dns_opt, mounts, files, cap_add, cap_drop, devices, depends_on } = spec
  return {
    ...(group_add && { group_add: unique(group_add) }),
    ...(networks && { networks: networks.map((one) => ({ ...one, aliases: unique(one.aliases) })) }),
    ...(ports && { ports: sortedPorts(ports) }),
    ...(expose && { expose: unique(expose.map((port) => port.replace(/\/tcp$/, ''))) }),
    // The last value of an option applies, so values of one option stay in their order.
    ...(dns_opt && { dns_opt: sortedBy(dns_opt, (option) => option.split(':', 1)[0] ?? '') }),
    ...(mounts && { mounts: sortedBy(mounts.map(mount), ({ target }) => target) }),
    ...(files && { files: sortedBy(files, ({ target }) => target) }),
    ...(cap_add && { cap_add: unique(cap_add) }),
    ...(cap_drop && { cap_drop: unique(cap_drop) }),
    ...(devices && { devices: sortedBy(devices.map(device), ({ target }) => target) }),
    ...(depends_on && { depends_on: sortedBy(depends_on, ({ container, condition }) => `${container} ${condition}`) }),
  }
}

const device = (one: ContainerSpec['devices'][number]): ContainerSpec['devices'][number] => ({
  ...one,
  permissions: [...'rwm'].filter((sign) => one.permissions.includes(sign)).join(''),
})

const mount = (one: Mount): Mount => (one.type === 'tmpfs' ? { ...one, mode: one.mode.slice(-4) } : one)

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)].sort()
