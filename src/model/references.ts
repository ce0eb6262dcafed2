import { type Address, parseAddress } from './address.ts'
import { redactedForPeople, referenceToken, replaceReferences } from './tokens.ts'
import { own } from './values/own.ts'

/**
 * References of the stack language: `${containers.db.ip}`. While a stack is read each becomes a token that names its object by the
 * words of the reference; the normalised stack has tokens with addresses (`tokens.ts`).
 */

/** Names by which a reference begins, and the kinds they mean. */
const kindOf = {
  containers: 'container',
  services: 'container',
  networks: 'network',
  images: 'image',
  secrets: 'secret',
  configs: 'config',
} as const satisfies Readonly<Record<string, string>>

export type ReferredKind = (typeof kindOf)[keyof typeof kindOf]

const outputs: Readonly<Record<ReferredKind, { readonly pattern: RegExp; readonly names: string }>> = {
  container: { pattern: /^(ip|ips|networks\.[\w-]+\.ip)$/, names: 'ip, ips, networks.NET.ip' },
  network: { pattern: /^(subnet|gateway)$/, names: 'subnet, gateway' },
  image: { pattern: /^digest$/, names: 'digest' },
  secret: { pattern: /^path$/, names: 'path' },
  config: { pattern: /^path$/, names: 'path' },
}

const referredKind = (word: string): ReferredKind | undefined => own<ReferredKind>(kindOf, word)

export const isReferredKind = (kind: string): kind is ReferredKind => Object.hasOwn(outputs, kind)

/** True if the words between the dots of a `${...}` refer to an object. Else the expression names a variable. Pure. */
export const isReferencePath = ([first = '', ...rest]: readonly string[]): boolean =>
  rest.length > 0 && referredKind(first) !== undefined

/** The token of a reference while a file is read: whether its object exists is checked when the stack is complete. Pure. */
export const provisionalReference = (stack: string, [word = '', name = '', ...output]: readonly string[]): string =>
  referenceToken(`${stack}/${referredKind(word) ?? ''}/${name}`, output.join('.'))

/** The words of a provisional reference. Its kind is checked with `isReferredKind`. Pure. */
export const provisionalParts = (address: string): { readonly kind: string; readonly name: string } =>
  parseAddress(address)

/** Which outputs a kind has, if this is none of them; undefined: it is one. Pure. */
export const knownOutputs = (kind: ReferredKind, output: string): string | undefined =>
  outputs[kind].pattern.test(output) ? undefined : outputs[kind].names

/** Path in the container at which a config or secret is found by default. Pure. */
export const pathOfSource = (kind: 'config' | 'secret', name: string): string =>
  kind === 'secret' ? `/run/secrets/${name}` : `/${name}`

/**
 * A text with tokens as it would be written in a stack file: dollar signs doubled, references by their words, sensitive values left
 * out. Pure.
 */
export const written = (text: string): string =>
  replaceReferences(
    redactedForPeople(text)
      .replaceAll('$', '$$$$')
      .replace(replicaAddresses, (_, service: string) => `\${containers.${service}.ips}`),
    (at: Address, output: string) => {
      const { kind, name } = parseAddress(at)
      return `\${${kind}s.${name}.${output}}`
    },
  )

/** The addresses of all replicas of one container, to which `.ips` was resolved. */
const replicaAddresses =
  /\u0001ref:[^/\u0002]+\/container\/([^#\u0002]+)\.1#ip\u0002(?:,\u0001ref:[^/\u0002]+\/container\/\1\.\d+#ip\u0002)*/g
