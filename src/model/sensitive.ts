import { createHmac } from 'node:crypto'

/** Matches the tokens of sensitive values in a text. */
export const sensitivePattern = /\u0001sensitive:([0-9a-f]{64})\u0002/g

/** The token of the sensitive value of this name (its HMAC in hex). */
export const sensitiveToken = (name: string): string => `\u0001sensitive:${name}\u0002`

/** Names of the sensitive values that a JSON text refers to. */
export const sensitiveNames = (json: string): Set<string> =>
  new Set([...json.matchAll(/sensitive:([0-9a-f]{64})/g)].map(([, name]) => name as string))

/**
 * Keeps sensitive values out of specs: each is replaced by a token that names it by its HMAC under the instance's key, so that a
 * plan shows a change without showing a value. The values themselves stay in memory.
 */
export class SensitiveValues {
  private readonly values = new Map<string, string>()

  constructor(private readonly key: Buffer) {}

  /** The token of a value; the same value always gives the same token, and a token stays what it is. */
  redact(value: string): string {
    if (this.values.has(value)) return value
    const name = createHmac('sha256', this.key).update(value).digest('hex')
    const text = sensitiveToken(name)
    this.values.set(text, value)
    return text
  }

  get byToken(): ReadonlyMap<string, string> {
    return this.values
  }
}

/** Whether a text holds a sensitive value's token. */
export const isSensitive = (text: string): boolean => text.includes('\u0001sensitive:')

/** Replaces tokens by their values. Throws where a value is not known: its source has to be read again. */
export function secretsResolved(text: string, secretValues: ReadonlyMap<string, string>): string {
  if (!isSensitive(text)) return text
  return text.replace(sensitivePattern, (whole) => {
    const value = secretValues.get(whole)
    if (value === undefined)
      throw new Error('a sensitive value is not at hand: run apply with the stack that states it')
    return value
  })
}

/** The same text for people: `(sensitive)` in place of each value. */
export const redactedForPeople = (text: string): string => text.replace(sensitivePattern, '(sensitive)')

/** Values shorter than this stand in ordinary words and numbers as well. */
const shortestHidden = 4

/** A text of another program's without the sensitive values that it quotes. */
export const valuesRedacted = (text: string, secretValues: ReadonlyMap<string, string>): string =>
  [...secretValues.values()]
    .filter((value) => value.length >= shortestHidden)
    .sort((left, right) => right.length - left.length)
    .reduce((shown, value) => shown.replaceAll(value, '(sensitive)'), text)
