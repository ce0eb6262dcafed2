import { isResourceAddress, type ResourceAddress } from './resource-address.ts'
import { mapStrings, visitStrings } from './values/map-strings.ts'

/**
 * Tokens in the strings of specs. A token is replaced later by a text:
 * - `\u0001ref:ADDRESS#OUTPUT\u0002` by an output of another object, when that is known,
 * - `\u0001sensitive:HMAC\u0002` by a sensitive value, each time it is written to the host.
 * No text of a user may contain U+0001 or U+0002 (`values/text.ts`).
 */
const tokenStart = '\u0001'
const tokenEnd = '\u0002'

const referencePattern = /\u0001ref:([^#\u0002]+)#([^\u0002]+)\u0002/g
const sensitivePattern = /\u0001sensitive:[0-9a-f]{64}\u0002/g
const tokenPattern = new RegExp(`${referencePattern.source}|${sensitivePattern.source}`, 'g')

/** The token of another object's output. */
export const referenceToken = (address: ResourceAddress, output: string): string =>
  `${tokenStart}ref:${address}#${output}${tokenEnd}`

/** The token of the sensitive value of this name (its HMAC in hex). */
export const sensitiveToken = (name: string): string => `${tokenStart}sensitive:${name}${tokenEnd}`

/** True if a text may contain a token. Pure. */
export const containsToken = (text: string): boolean => text.includes(tokenStart)

const containsReference = (text: string): boolean => text.includes(`${tokenStart}ref:`)

/** True if a text contains the token of a sensitive value. Pure. */
export const isSensitive = (text: string): boolean => text.includes(`${tokenStart}sensitive:`)

export type TextPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reference'; readonly address: string; readonly output: string }
  | { readonly type: 'sensitive'; readonly token: string }

/** Splits a text into tokens and the texts between them, in order. An empty text is one empty part. Pure. */
export function tokenParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(tokenPattern)) {
    if (match.index > from) parts.push({ type: 'text', text: text.slice(from, match.index) })
    from = match.index + match[0].length
    const [token, address, output = ''] = match
    if (address === undefined) parts.push({ type: 'sensitive', token })
    else parts.push({ type: 'reference', address, output })
  }
  if (from < text.length || parts.length === 0) parts.push({ type: 'text', text: text.slice(from) })
  return parts
}

/** The reference, if a text is exactly one token of a reference; undefined otherwise. Pure. */
export function onlyReference(text: string): { readonly address: string; readonly output: string } | undefined {
  const [first, ...rest] = tokenParts(text)
  return first?.type === 'reference' && rest.length === 0 ? first : undefined
}

/** Replaces each reference in a text by the result of `replace`. If that is undefined, the token stays. Pure. */
export const replaceReferences = (
  text: string,
  replace: (address: ResourceAddress, output: string) => string | undefined,
): string =>
  containsReference(text)
    ? text.replace(
        referencePattern,
        (token, address: ResourceAddress, output: string) => replace(address, output) ?? token,
      )
    : text

/** Replaces references in all strings of a JSON-like value, except those for which `known` returns undefined. Pure. */
export const fillReferences = <T>(
  value: T,
  known: (address: ResourceAddress, output: string) => string | undefined,
): T => mapStrings(value, (text) => replaceReferences(text, known))

/** The addresses to which the strings of a JSON-like value refer, each once. Pure. */
export function referencedAddresses(value: unknown): readonly ResourceAddress[] {
  const found = new Set<ResourceAddress>()
  visitStrings(value, (text) =>
    replaceReferences(text, (address) => {
      if (isResourceAddress(address)) found.add(address)
      return undefined
    }),
  )
  return [...found]
}

/** Names of the sensitive values that a JSON text refers to. JSON escapes the characters around a token. Pure. */
export const sensitiveNames = (json: string): Set<string> =>
  new Set([...json.matchAll(/sensitive:([0-9a-f]{64})/g)].flatMap(([, name]) => name ?? []))

/** Replaces tokens by their values. Throws an Error if a value is not in memory, because its stack file was not read. Pure. */
export function secretsResolved(text: string, secretValues: ReadonlyMap<string, string>): string {
  if (!isSensitive(text)) return text
  return text.replace(sensitivePattern, (token) => {
    const value = secretValues.get(token)
    if (value === undefined) throw new Error('a sensitive value is missing: run apply with the stack that declares it')
    return value
  })
}

/** A text for users: `(sensitive)` in place of each token of a sensitive value. Pure. */
export const redactedText = (text: string): string =>
  isSensitive(text) ? text.replace(sensitivePattern, '(sensitive)') : text
