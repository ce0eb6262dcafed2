import { type ResourceAddress, sharedContainer } from '../resource-address.ts'
import { referencedAddresses } from '../tokens.ts'
import type { ContainerSpec } from './container.ts'

/**
 * How a container refers to another object: `namespace` is the container whose network it shares, `dependency` one of `depends_on`,
 * `value` the object of a `${...}` reference in one of its texts.
 */
export type ReferenceRole = 'image' | 'network' | 'volume' | 'namespace' | 'dependency' | 'value'

export interface Reference {
  readonly to: ResourceAddress
  readonly as: ReferenceRole
}

/** The objects to which a container refers, once for each role. They must exist before the container. Pure. */
export function containerReferences(spec: ContainerSpec): readonly Reference[] {
  const as = (role: ReferenceRole, all: readonly ResourceAddress[]): readonly Reference[] =>
    [...new Set(all)].map((to) => ({ to, as: role }))
  const shared = sharedContainer(spec.network_mode)
  return [
    ...as('image', [spec.image]),
    ...as(
      'network',
      spec.networks.map((one) => one.network),
    ),
    ...as(
      'volume',
      spec.mounts.flatMap((mount) => (mount.type === 'volume' ? [mount.volume] : [])),
    ),
    ...as('namespace', shared === undefined ? [] : [shared]),
    ...as(
      'dependency',
      spec.depends_on.map((one) => one.container),
    ),
    ...as('value', referencedAddresses(spec)),
  ]
}

/** The addresses to which a container refers, each once; with `roles` only those with one of these roles. Pure. */
export const referredAddresses = (
  spec: ContainerSpec,
  roles?: readonly ReferenceRole[],
): readonly ResourceAddress[] => [
  ...new Set(
    containerReferences(spec)
      .filter(({ as }) => roles === undefined || roles.includes(as))
      .map(({ to }) => to),
  ),
]
