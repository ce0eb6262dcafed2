import type { Container } from '../../../generated/stack-file.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import { resourceAddress } from '../../../model/resource-address.ts'
import { referencedAddresses } from '../../../model/tokens.ts'
import { ownValue } from '../../../model/values/own-value.ts'
import { didYouMean, knownNames } from '../../check/suggest.ts'
import { type Context, isList } from '../context.ts'
import { isActive, replicaNames } from '../replicas.ts'

/**
 * The dependencies of `depends_on`; a key means all replicas. With `required: false` a missing or inactive container is left
 * out.
 */
export function dependencies(
  context: Context,
  key: string,
  declared: Container,
  profiles: readonly string[],
): ContainerSpec['depends_on'] {
  const { depends_on = [] } = declared
  const given = isList(depends_on)
    ? depends_on.map((name, index) => ({
        name,
        condition: 'service_started' as const,
        required: true,
        path: [index],
      }))
    : Object.entries(depends_on).map(([name, one]) => ({
        name,
        condition: one.condition ?? ('service_started' as const),
        required: one.required ?? true,
        path: [name],
      }))
  return given.flatMap(({ name, condition, required, path }) => {
    const other = ownValue(context.data.containers, name)
    if (!required && (other === undefined || !isActive(other, profiles))) return []
    if (other === undefined) {
      context.problems.addLater(() => {
        const known = Object.keys(context.data.containers ?? {})
        return {
          code: 'unknown-reference',
          message: `"${key}" depends on "${name}", and there is no such container.${didYouMean(name, known)}`,
          hint: knownNames(known, key),
          location: { path: ['containers', key, 'depends_on', ...path] },
        }
      })
      return []
    }
    return replicaNames(name, other).map((one) => ({
      container: resourceAddress(context.stack, 'container', one),
      condition,
    }))
  })
}

/** Adds a dependency on each container to which this one refers. */
export function withImpliedDependencies(
  context: Context,
  key: string,
  spec: Pick<ContainerSpec, 'depends_on'>,
): ContainerSpec['depends_on'] {
  const itself = new Set(
    replicaNames(key, ownValue(context.data.containers, key) ?? {}).map((name) =>
      resourceAddress(context.stack, 'container', name),
    ),
  )
  const declared = new Set(spec.depends_on.map((one) => one.container))
  const implied = referencedAddresses(spec).filter(
    (address) => address.includes('/container/') && !declared.has(address) && !itself.has(address),
  )
  return [...spec.depends_on, ...implied.map((container) => ({ container, condition: 'service_started' as const }))]
}
