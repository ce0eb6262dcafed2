import { type Address, isAddress } from './address.ts'
import { mapStrings } from './values/map-strings.ts'

/**
 * Tokens in the strings of specs. A token stands for a text that is filled in later:
 * - `\u0001ref:ADDRESS#OUTPUT\u0002` for an output of another object, once that is known,
 * - `\u0001sensitive:HMAC\u0002` for a sensitive value, whenever it is written to the host.
 * No text of a user may hold U+0001 or U+0002 (`values/text.ts`).
 */
const tokenStart = '\u0001'
const tokenEnd = '\u0002'

const referencePattern = /\u0001ref:([^#\u0002]+)#([^\u0002]+)\u0002/g
const sensitivePattern = /\u0001sensitive:[0-9a-f]{64}\u0002/g
const tokenPattern = new RegExp(`${referencePattern.source}|${sensitivePattern.source}`, 'g')

/** The token of another object's output. */
export const referenceToken = (address: Address, output: string): string =>
  `${tokenStart}ref:${address}#${output}${tokenEnd}`

/** The token of the sensitive value of this name (its HMAC in hex). */
export const sensitiveToken = (name: string): string => `${tokenStart}sensitive:${name}${tokenEnd}`

/** True if a text may hold a token. Pure. */
export const holdsToken = (text: string): boolean => text.includes(tokenStart)

const holdsReference = (text: string): boolean => text.includes(`${tokenStart}ref:`)

/** True if a text holds the token of a sensitive value. Pure. */
export const isSensitive = (text: string): boolean => text.includes(`${tokenStart}sensitive:`)

export type TextPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reference'; readonly address: string; readonly output: string }
  | { readonly type: 'sensitive'; readonly token: string }

/** A text as its parts in order; an empty text is one empty part. Pure. */
export function tokenParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(tokenPattern)) {
    if (match.index > from) parts.push({ type: 'text', text: text.slice(from, match.index) })
    from = match.index + match[0].length
    const [token, at, output = ''] = match
    if (at === undefined) parts.push({ type: 'sensitive', token })
    else parts.push({ type: 'reference', address: at, output })
  }
  if (from < text.length || parts.length === 0) parts.push({ type: 'text', text: text.slice(from) })
  return parts
}

/** The reference that a text consists of; undefined: it is another text. Pure. */
export function onlyReference(text: string): { readonly address: string; readonly output: string } | undefined {
  const [first, ...rest] = tokenParts(text)
  return first?.type === 'reference' && rest.length === 0 ? first : undefined
}

/** A text with each reference replaced by the answer of `replace`; undefined leaves its token. Pure. */
export const replaceReferences = (
  text: string,
  replace: (address: Address, output: string) => string | undefined,
): string =>
  holdsReference(text)
    ? text.replace(referencePattern, (token, at: Address, output: string) => replace(at, output) ?? token)
    : text

/** A JSON-like value with the references filled in for which `known` has an answer. Pure. */
export const fillReferences = <T>(value: T, known: (address: Address, output: string) => string | undefined): T =>
  mapStrings(value, (text) => replaceReferences(text, known))

/** Addresses that the strings of a JSON-like value refer to, each once. Pure. */
export function referencedAddresses(value: unknown): readonly Address[] {
  const found = new Set<Address>()
  mapStrings(value, (text) =>
    replaceReferences(text, (at) => {
      if (isAddress(at)) found.add(at)
      return undefined
    }),
  )
  return [...found]
}

/** Names of the sensitive values that a JSON text refers to. JSON escapes the characters around a token. Pure. */
export const sensitiveNames = (json: string): Set<string> =>
  new Set([...json.matchAll(/sensitive:([0-9a-f]{64})/g)].flatMap(([, name]) => name ?? []))

/** Replaces tokens by their values. Throws where a value is not known: its source has to be read again. Pure. */
export function secretsResolved(text: string, secretValues: ReadonlyMap<string, string>): string {
  if (!isSensitive(text)) return text
  return text.replace(sensitivePattern, (token) => {
    const value = secretValues.get(token)
    if (value === undefined)
      throw new Error('a sensitive value is not at hand: run apply with the stack that states it')
    return value
  })
}

/** The same text for people: `(sensitive)` in place of each value. Pure. */
export const redactedForPeople = (text: string): string =>
  isSensitive(text) ? text.replace(sensitivePattern, '(sensitive)') : text
