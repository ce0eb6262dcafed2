import { createHmac } from 'node:crypto'
import { sensitiveToken } from './tokens.ts'

/**
 * Replaces sensitive values in specs by tokens. The token of a value contains its HMAC under the instance's key, so a plan shows that a
 * value has changed without showing it. The values themselves stay in memory.
 */
export class SensitiveValues {
  private readonly values = new Map<string, string>()

  constructor(private readonly key: Buffer) {}

  /** The token of a value; the same value always gives the same token, and a token gives itself. */
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

/** Characters. Shorter values are not hidden, because they also occur in ordinary words and numbers. */
const shortestHidden = 4

/** The output of another program with `(sensitive)` in place of each sensitive value. Pure. */
export const valuesRedacted = (text: string, secretValues: ReadonlyMap<string, string>): string =>
  [...secretValues.values()]
    .filter((value) => value.length >= shortestHidden)
    .sort((left, right) => right.length - left.length)
    .reduce((shown, value) => shown.replaceAll(value, '(sensitive)'), text)
