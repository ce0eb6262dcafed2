import { expect, it } from 'vitest'
import { ageText } from '../../src/model/values/age.ts'

const now = new Date('2026-11-27T12:00:00Z')

it.each([
  ['2026-11-27T12:00:30Z', 'just now'],
  ['2026-11-27T11:59:59.500Z', 'just now'],
  ['2026-11-27T11:59:59Z', '1 s ago'],
  ['2026-11-27T11:59:00.500Z', '59 s ago'],
  ['2026-11-27T11:59:00Z', '1 min ago'],
  ['2026-11-27T11:56:10Z', '3 min ago'],
  ['2026-11-27T11:00:00Z', '1 h ago'],
  ['2026-11-25T13:00:00Z', '47 h ago'],
  ['2026-11-25T12:00:00Z', '2 days ago'],
  ['never', 'never'],
])('%s is %s', (time, expected) => expect(ageText(time, now)).toBe(expected))
