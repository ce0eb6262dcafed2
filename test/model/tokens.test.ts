import { describe, expect, it } from 'vitest'
import {
  containsToken,
  fillReferences,
  isSensitive,
  onlyReference,
  redactedText,
  referencedAddresses,
  referenceToken,
  replaceReferences,
  secretsResolved,
  sensitiveNames,
  sensitiveToken,
  tokenParts,
} from '../../src/model/tokens.ts'

const db = 's/container/db'
const ip = referenceToken(db, 'ip')
const gateway = referenceToken('s/network/lan', 'gateway')
const name = 'a'.repeat(64)
const secret = sensitiveToken(name)

it('tokens have the form that records hold', () => {
  expect(ip).toBe('\u0001ref:s/container/db#ip\u0002')
  expect(secret).toBe(`\u0001sensitive:${name}\u0002`)
})

it.each<readonly [text: string, holds: boolean, sensitive: boolean]>([
  ['', false, false],
  ['ref:s/container/db#ip', false, false],
  [ip, true, false],
  [`a${secret}b`, true, true],
])('%j: holds a token %s, is sensitive %s', (text, holds, sensitive) => {
  expect(containsToken(text)).toBe(holds)
  expect(isSensitive(text)).toBe(sensitive)
})

it.each<readonly [text: string, parts: readonly string[]]>([
  ['', ['text ']],
  ['plain', ['text plain']],
  [ip, [`${db} ip`]],
  [`http://${ip}:80/${secret}`, ['text http://', `${db} ip`, 'text :80/', `secret ${secret}`]],
  [`${ip}${gateway}.`, [`${db} ip`, 's/network/lan gateway', 'text .']],
])('%j has its parts in order', (text, parts) =>
  expect(
    tokenParts(text).map((part) =>
      part.type === 'text'
        ? `text ${part.text}`
        : part.type === 'reference'
          ? `${part.address} ${part.output}`
          : `secret ${part.token}`,
    ),
  ).toEqual(parts),
)

it.each<readonly [text: string, output: string | undefined]>([
  [gateway, 'gateway'],
  [`${gateway}:80`, undefined],
  [`${ip},${gateway}`, undefined],
  [secret, undefined],
  ['', undefined],
])('%j as one reference: %s', (text, output) => expect(onlyReference(text)?.output).toBe(output))

describe('references', () => {
  it('are replaced one by one; one without an answer stays', () =>
    expect(replaceReferences(`${ip} ${gateway}`, (address) => (address === db ? '10.0.0.2' : undefined))).toBe(
      `10.0.0.2 ${gateway}`,
    ))

  it('are filled in at any depth; a value without any is the same object', () => {
    const known = (at: string, output: string) => `${at}.${output}`
    expect(fillReferences({ a: [`x${ip}`, 1, null], b: { c: ip } }, known)).toEqual({
      a: [`x${db}.ip`, 1, null],
      b: { c: `${db}.ip` },
    })
    const without = { a: ['x'], b: { c: secret } }
    expect(fillReferences(without, known)).toBe(without)
  })

  it('name each address once, and only addresses', () =>
    expect(referencedAddresses([ip, { a: `${ip}${gateway}` }, referenceToken('s/config/c', 'path')])).toEqual([
      db,
      's/network/lan',
    ]))
})

describe('sensitive values', () => {
  it('are named in JSON, in which their marks are escaped', () =>
    expect([...sensitiveNames(JSON.stringify({ a: [secret, secret], b: 'sensitive:short' }))]).toEqual([name]))

  it('are filled in; one that is not known raises', () => {
    expect(secretsResolved(`a${secret}`, new Map([[secret, '$&x']]))).toBe('a$&x')
    expect(secretsResolved(ip, new Map())).toBe(ip)
    expect(() => secretsResolved(secret, new Map())).toThrow('is missing')
  })

  it('are not shown to people', () => expect(redactedText(`a${secret}b${secret}`)).toBe('a(sensitive)b(sensitive)'))
})
