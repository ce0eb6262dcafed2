import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'

/**
 * The content of a config or secret in specs and records, in one of these forms:
 * - `text:TEXT`, readable; parts of it may be tokens of sensitive values,
 * - `file:SIZE:SHA256:TOKEN`, a config that is binary or long; the token replaces its bytes in base64,
 * - `TOKEN` alone, a secret's file, or a config's in records of older versions.
 */
export type Content = string

const textPrefix = 'text:'
const fileForm = /^file:(\d+):([0-9a-f]{64}):(.*)$/s

/** The longest file that is stored as readable text, bytes. */
const maxTextBytes = 16 * 1024
/** NUL marks binary content; the others enclose tokens. */
const notText = /[\0-\x02]/

export const textContent = (text: string): Content => `${textPrefix}${text}`

/** The content of a file of a config. `token` replaces its bytes in base64. */
export function fileContent(bytes: Buffer, token: string): Content {
  const text = bytes.length <= maxTextBytes && isUtf8(bytes) ? bytes.toString('utf8') : undefined
  if (text !== undefined && !notText.test(text)) return textContent(text)
  return `file:${bytes.length}:${createHash('sha256').update(bytes).digest('hex')}:${token}`
}

/** The bytes of a content. `resolve` replaces tokens by their values. */
export function contentBytes(content: Content, resolve: (text: string) => string): Buffer {
  const text = readableText(content)
  if (text !== undefined) return Buffer.from(resolve(text))
  return Buffer.from(resolve(contentToken(content)), 'base64')
}

/** The text of a `text:` content; undefined for the other forms. */
export const readableText = (content: Content): string | undefined =>
  content.startsWith(textPrefix) ? content.slice(textPrefix.length) : undefined

/** The token of a content that is not text. */
export const contentToken = (content: Content): string => fileForm.exec(content)?.[3] ?? content

/** Size and hash of a `file:` content, in words; undefined for the other forms. */
export function contentSummary(content: Content): string | undefined {
  const [, size, hash] = fileForm.exec(content) ?? []
  return size === undefined ? undefined : `file of ${size} bytes, sha256 ${hash?.slice(0, 12)}`
}
