import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { sealer, unsealer } from '../../src/reconciler/history/seal.ts'

it('a sealed value is read under its key and name only', () => {
  const key = randomBytes(32)
  const sealed = sealer(key)('name', 'geheim')
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('geheim')
  expect(sealer(key)('name', 'geheim')).not.toBe(sealed)
  expect(unsealer(key)('name', sealed)).toBe('geheim')
  expect(unsealer(key)('other', sealed)).toBeUndefined()
  expect(unsealer(randomBytes(32))('name', sealed)).toBeUndefined()
  expect(unsealer(key)('name', 'AAAA')).toBeUndefined()
})
