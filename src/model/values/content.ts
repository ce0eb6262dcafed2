import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'

/**
 * What a config or secret holds, as it is in specs and records, one of
 * - `text:TEXT`, readable; parts of it may be tokens of sensitive values,
 * - `file:SIZE:SHA256:TOKEN`, a config that is binary or long; the token replaces its bytes in base64,
 * - `TOKEN` alone, a secret's file, or a config's in records of older versions.
 */
export type Content = string

const textPrefix = 'text:'
const fileForm = /^file:(\d+):([0-9a-f]{64}):(.*)$/s

/** Longest file that is kept as readable text, bytes. */
const longestText = 16 * 1024
/** NUL is binary; the others enclose tokens. */
const notText = /[\0-\x02]/

export const textContent = (text: string): Content => `${textPrefix}${text}`

/** Content of a config's file. `token` replaces its bytes in base64. */
export function fileContent(bytes: Buffer, token: string): Content {
  const text = bytes.length <= longestText && isUtf8(bytes) ? bytes.toString('utf8') : undefined
  if (text !== undefined && !notText.test(text)) return textContent(text)
  return `file:${bytes.length}:${createHash('sha256').update(bytes).digest('hex')}:${token}`
}

/** The bytes, with tokens replaced by their values. */
export function contentBytes(content: Content, reveal: (text: string) => string): Buffer {
  const text = readableText(content)
  if (text !== undefined) return Buffer.from(reveal(text))
  return Buffer.from(reveal(contentToken(content)), 'base64')
}

/** The text, where it is one. */
export const readableText = (content: Content): string | undefined =>
  content.startsWith(textPrefix) ? content.slice(textPrefix.length) : undefined

/** The token that replaces content which is not text. */
export const contentToken = (content: Content): string => fileForm.exec(content)?.[3] ?? content

/** In words, where it is not text: size and hash of a file. undefined: it is neither. */
export function contentSummary(content: Content): string | undefined {
  const [, size, hash] = fileForm.exec(content) ?? []
  return size === undefined ? undefined : `file of ${size} bytes, sha256 ${hash?.slice(0, 12)}`
}
