import { parseResourceAddress, type ResourceAddress } from './resource-address.ts'
import { redactedText, referenceToken, replaceReferences } from './tokens.ts'
import { ownValue } from './values/own-value.ts'

/**
 * References of the stack language: `${containers.db.ip}`. While a stack is read, each becomes a token with the words of the reference.
 * In the normalised stack the tokens have addresses (`tokens.ts`).
 */

/** The first words of references, and the kinds they mean. */
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

const referredKind = (word: string): ReferredKind | undefined => ownValue<ReferredKind>(kindOf, word)

export const isReferredKind = (kind: string): kind is ReferredKind => Object.hasOwn(outputs, kind)

/** True if the words between the dots of a `${...}` refer to an object. Otherwise the expression names a variable. Pure. */
export const isReferencePath = ([first = '', ...rest]: readonly string[]): boolean =>
  rest.length > 0 && referredKind(first) !== undefined

/** The token of a reference while a file is read. A later check of the complete stack finds references to missing objects. Pure. */
export const provisionalReference = (stack: string, [word = '', name = '', ...output]: readonly string[]): string =>
  referenceToken(`${stack}/${referredKind(word) ?? ''}/${name}`, output.join('.'))

/** The words of a provisional reference. Its kind is checked with `isReferredKind`. Pure. */
export const provisionalReferenceParts = (address: string): { readonly kind: string; readonly name: string } =>
  parseResourceAddress(address)

/** The names of the outputs of a kind, if `output` is not one of them; undefined: it is one. Pure. */
export const outputsInsteadOf = (kind: ReferredKind, output: string): string | undefined =>
  outputs[kind].pattern.test(output) ? undefined : outputs[kind].names

/** The default path of a config or secret in the container. Pure. */
export const pathOfSource = (kind: 'config' | 'secret', name: string): string =>
  kind === 'secret' ? `/run/secrets/${name}` : `/${name}`

/**
 * A text with tokens in the form of a stack file: dollar signs are doubled, references are words again, and sensitive values are hidden.
 * Pure.
 */
export const asStackText = (text: string): string =>
  replaceReferences(
    redactedText(text)
      .replaceAll('$', '$$$$')
      .replace(replicaAddresses, (_, service: string) => `\${containers.${service}.ips}`),
    (address: ResourceAddress, output: string) => {
      const { kind, name } = parseResourceAddress(address)
      return `\${${kind}s.${name}.${output}}`
    },
  )

/** Matches the resolved value of `.ips`: the addresses of all replicas of one container. */
const replicaAddresses =
  /\u0001ref:[^/\u0002]+\/container\/([^#\u0002]+)\.1#ip\u0002(?:,\u0001ref:[^/\u0002]+\/container\/\1\.\d+#ip\u0002)*/g
