import { type HeroPodsError, refusedError } from '../../model/errors.ts'
import { isNamed, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { didYouMean, knownNames } from '../../stack/check/suggest.ts'

/** The only container that a name means. Raises `unknown-container`, `ambiguous-name` (refused). Pure. */
export function containerNamed(all: readonly ResourceAddress[], name: string): ResourceAddress {
  const found = all.filter((address) => isNamed(address, name))
  const [first, second] = found
  if (first === undefined) throw unknownContainer(name, all)
  if (second === undefined) return first
  throw refusedError({
    code: 'ambiguous-name',
    message: `"${name}" is the name of several containers: ${found.join(', ')}.`,
    hint: 'Use STACK/NAME, or NAME.1 for one of several replicas.',
  })
}

function unknownContainer(given: string, all: readonly ResourceAddress[]): HeroPodsError {
  const containers = all.map((address) => parseResourceAddress(address))
  const names = containers.flatMap(({ stack, name }) => [name, `${stack}/${name}`])
  return refusedError({
    code: 'unknown-container',
    message: `There is no container ${JSON.stringify(given)}.${didYouMean(given, names)}`,
    hint: knownNames(containers.map(({ name }) => name)),
  })
}
