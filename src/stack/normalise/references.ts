import { isReferredKind, outputsInsteadOf, pathOfSource, provisionalReferenceParts } from '../../model/references.ts'
import { type ResourceAddress, resourceAddress } from '../../model/resource-address.ts'
import { containsToken, isSensitive, referenceToken, replaceReferences } from '../../model/tokens.ts'
import { mapStrings } from '../../model/values/map-strings.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { didYouMean, knownNames } from '../check/suggest.ts'
import { type Context, namesOf } from './context.ts'
import { networkAddress } from './networks.ts'
import { replicaNames } from './replicas.ts'

/**
 * Replaces the references of a stack that depend only on its files: `.ips` becomes a list of references to each replica, paths of configs
 * and secrets become texts. References to unknown objects, and sensitive values in visible fields, become problems.
 */
export function normaliseReferences<T>(context: Context, data: T): T {
  const walk = (value: unknown, path: readonly (string | number)[]): unknown => {
    if (typeof value === 'string') return normaliseText(context, value, path)
    if (Array.isArray(value)) return value.map((one, index) => walk(one, [...path, index]))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, [...path, key])]))
  }
  // Most stacks have neither references nor sensitive values, and a search is cheaper than a copy.
  let found = false
  mapStrings(data, (text) => {
    found ||= containsToken(text)
    return text
  })
  return found ? (walk(data, []) as T) : data
}

function normaliseText(context: Context, text: string, path: readonly (string | number)[]): string {
  if (isSensitive(text) && !mayBeSensitive(path))
    context.problems.add(
      'sensitive-shown',
      path,
      `A sensitive value in \`${path.join('.')}\` would be visible in plans.`,
      'It is allowed in environment, command, entrypoint, and in the content of configs and secrets.',
    )
  return replaceReferences(text, (address, output) => resolveOne(context, address, output, path))
}

function mayBeSensitive(path: readonly (string | number)[]): boolean {
  if (path[0] === 'containers') return ['environment', 'command', 'entrypoint'].includes(String(path[2]))
  return (path[0] === 'configs' || path[0] === 'secrets') && path[2] === 'content'
}

function resolveOne(
  context: Context,
  address: ResourceAddress,
  output: string,
  path: readonly (string | number)[],
): string {
  const { kind, name } = provisionalReferenceParts(address)
  const part = partOf(context, kind)
  const wrong = (message: string, hint: string): string => {
    context.problems.add('unknown-reference', path, message, hint)
    return ''
  }
  if (!isReferredKind(kind) || ownValue(part, name) === undefined || name.startsWith('x-')) {
    context.problems.addLater(() => ({
      code: 'unknown-reference',
      message: `There is no ${kind} "${name}".${didYouMean(name, namesOf(part))}`,
      hint: knownNames(namesOf(part)),
      location: { path },
    }))
    return ''
  }
  const known = outputsInsteadOf(kind, output)
  if (known !== undefined) return wrong(`A ${kind} has no "${output}".`, `It has: ${known}.`)
  if (kind === 'secret' || kind === 'config') return pathOfSource(kind, name)
  if (kind === 'network') return referenceToken(networkAddress(context, name), output)
  if (kind === 'image') return referenceToken(address, output)
  const replicas = replicaNames(name, ownValue(context.data.containers, name) ?? {})
  if (output === 'ips')
    return replicas.map((one) => referenceToken(resourceAddress(context.stack, 'container', one), 'ip')).join(',')
  const [only] = replicas
  if (replicas.length !== 1 || only === undefined)
    return wrong(
      `"${name}" has replicas, so it has several addresses.`,
      'Write `.ips` for the list of all, or use its name: it resolves to all of them.',
    )
  return referenceToken(resourceAddress(context.stack, 'container', only), output)
}

function partOf(context: Context, kind: string): Readonly<Record<string, unknown>> | null | undefined {
  const { containers, networks, images, secrets, configs } = context.data
  const all: Readonly<Record<string, Readonly<Record<string, unknown>> | null | undefined>> = {
    container: containers,
    network: networks,
    image: images,
    secret: secrets,
    config: configs,
  }
  return ownValue(all, kind)
}
