import type { Container as ContainerFields, StackFile } from '../../generated/stack-file.ts'
import { refusedError } from '../../model/errors.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { defaultNetwork } from '../../model/kinds/network.ts'
import type { Observation } from '../../model/observation.ts'
import { isNamed, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { didYouMean } from '../../stack/check/suggest.ts'

type Observations = ReadonlyMap<ResourceAddress, Observation>

/** The networks of a run, as fields of a container and of its stack. */
export interface RunNetworks {
  readonly fields: Pick<ContainerFields, 'networks' | 'network_mode'>
  readonly networks: StackFile['networks'] & object
  /** Set if it shares the network of another container. */
  readonly mode?: ContainerSpec['network_mode']
}

/**
 * The networks that these names mean: networks of stacks, `none`, `host`, `container:NAME`, and `bridge` for the default network of the
 * instance. Raises `unknown-object`, `ambiguous-name`, `usage` (refused). Pure.
 */
export function runNetworks(names: readonly string[], observations: Observations): RunNetworks {
  const [first = 'bridge'] = names
  const isMode = (name: string): boolean => ['bridge', 'none', 'host'].includes(name) || name.startsWith('container:')
  if (names.length > 1 && names.some(isMode))
    throw refusedError({
      code: 'usage',
      message: '`bridge`, `none`, `host` and `container:NAME` cannot be used with another network.',
      hint: 'Use only one of them.',
    })
  const ofInstance = { fields: { network_mode: 'bridge' }, networks: {} } as const
  if (names.length === 0) return { fields: {}, networks: {} }
  if (first === 'bridge') return ofInstance
  if (first === 'none' || first === 'host') return { fields: { network_mode: first }, networks: {} }
  const [, shared] = /^container:(.+)$/s.exec(first) ?? []
  if (shared !== undefined) {
    const address = objectNamed('container', shared, observations)
    return { fields: { network_mode: 'none' }, networks: {}, mode: `container:${address}` }
  }
  const found = names.map((name) => objectNamed('network', name, observations))
  if (found.length === 1 && found[0] === defaultNetwork) return ofInstance
  return joined(found)
}

function joined(found: readonly ResourceAddress[]): RunNetworks {
  const entries = found.map((address, index) => {
    const { stack, name } = parseResourceAddress(address)
    return [`network-${index}`, { external: true, name: `${stack}/${name}` }] as const
  })
  return { fields: { networks: entries.map(([key]) => key) }, networks: Object.fromEntries(entries) }
}

function objectNamed(kind: 'container' | 'network', given: string, observations: Observations): ResourceAddress {
  const all = [...observations.keys()].filter((address) => parseResourceAddress(address).kind === kind)
  const found = all.filter((address) => isNamed(address, given))
  const [first, second] = found
  if (first !== undefined && second === undefined) return first
  const shown = all.map((address) => {
    const { stack, name } = parseResourceAddress(address)
    return `${stack}/${name}`
  })
  if (first !== undefined)
    throw refusedError({
      code: 'ambiguous-name',
      message: `"${given}" is the name of several ${kind}s: ${found.join(', ')}.`,
      hint: 'Use STACK/NAME.',
    })
  const names = all.map((address) => parseResourceAddress(address).name)
  throw refusedError({
    code: 'unknown-object',
    message: `There is no ${kind} "${given}".${didYouMean(given, names)}`,
    hint: shown.length === 0 ? `This instance has no ${kind}s.` : `There are: ${shown.join(', ')}.`,
  })
}
