import { expect, it } from 'vitest'
import { macOf } from '../../../src/model/ip/mac.ts'

it('a MAC has the last 32 bits of its address, and is locally administered', () => {
  expect(macOf('10.66.0.2')).toBe('02:68:0a:42:00:02')
  expect(macOf('0.0.0.1')).toBe('02:68:00:00:00:01')
  expect(macOf('fd00::1:a0b:c0d')).toBe('02:68:0a:0b:0c:0d')
})
