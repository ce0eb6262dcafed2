import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createSealer, createUnsealer } from '../../src/reconciler/history/seal.ts'

it('a sealed value is read under its key and name only', () => {
  const key = randomBytes(32)
  const sealed = createSealer(key)('name', 'geheim')
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('geheim')
  expect(createSealer(key)('name', 'geheim')).not.toBe(sealed)
  expect(createUnsealer(key)('name', sealed)).toBe('geheim')
  expect(createUnsealer(key)('other', sealed)).toBeUndefined()
  expect(createUnsealer(randomBytes(32))('name', sealed)).toBeUndefined()
  expect(createUnsealer(key)('name', 'AAAA')).toBeUndefined()
})
