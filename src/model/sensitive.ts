import { createHmac } from 'node:crypto'
import { sensitiveToken } from './tokens.ts'

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

/** Shorter values also occur in ordinary words and numbers. */
const shortestHidden = 4

/** A text of another program without the sensitive values that it quotes. Pure. */
export const valuesRedacted = (text: string, secretValues: ReadonlyMap<string, string>): string =>
  [...secretValues.values()]
    .filter((value) => value.length >= shortestHidden)
    .sort((left, right) => right.length - left.length)
    .reduce((shown, value) => shown.replaceAll(value, '(sensitive)'), text)
