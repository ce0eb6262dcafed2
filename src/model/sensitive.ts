import { isUtf8 } from 'node:buffer'
import { createHmac } from 'node:crypto'
import { sensitiveToken } from './tokens.ts'

/**
 * Replaces sensitive values in specs by tokens. The token of a value contains its HMAC under the instance's key, so a plan shows that a
 * value has changed without showing it. The values themselves stay in memory.
 */
export class SensitiveValues {
  private readonly values = new Map<string, string>()

  constructor(private readonly key: Buffer) {}

  /** The token of a value; the same value always gives the same token. A token is returned unchanged. */
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
const minHiddenCharacters = 4

/** A function that returns the output of another program with `(sensitive)` in place of each sensitive value. Pure. */
export function redactorOf(secretValues: ReadonlyMap<string, string>): (text: string) => string {
  const hidden = [...new Set([...secretValues.values()].flatMap(formsOf))]
    .filter((value) => value.length >= minHiddenCharacters)
    .sort((left, right) => right.length - left.length)
  return (text) => hidden.reduce((shown, value) => shown.replaceAll(value, '(sensitive)'), text)
}

/** The output of another program with `(sensitive)` in place of each sensitive value. Pure. */
export const valuesRedacted = (text: string, secretValues: ReadonlyMap<string, string>): string =>
  redactorOf(secretValues)(text)

/**
 * The texts in which a sensitive value can occur in an output: the value, the content of a file whose value is its base64, and the lines of
 * a value of several lines, since logs are read by lines.
 */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'base64')
  const content = isUtf8(bytes) && bytes.toString('base64') === value ? [bytes.toString('utf8')] : []
  return [value, ...content].flatMap((text) => [text, text.trim(), ...linesOf(text)])
}

/** Lines that are long enough to be a part of a secret, and no word that occurs elsewhere. */
const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 2 * minHiddenCharacters)
