import { expect, it } from 'vitest'
import { timeOf } from '../../../src/model/values/time-of.ts'

const now = Date.parse('2026-11-27T12:00:00Z')
const iso = (text: string): string | undefined => {
  const time = timeOf(text, now)
  return time === undefined ? undefined : new Date(time).toISOString()
}

it.each([
  ['10m', '2026-11-27T11:50:00.000Z'],
  ['1h30m', '2026-11-27T10:30:00.000Z'],
  ['2d', '2026-11-25T12:00:00.000Z'],
  ['1w', '2026-11-20T12:00:00.000Z'],
  ['1.5h', '2026-11-27T10:30:00.000Z'],
  ['600', '2026-11-27T11:50:00.000Z'],
  ['1764244800', '2025-11-27T12:00:00.000Z'],
  ['2026-11-27T10:00:00Z', '2026-11-27T10:00:00.000Z'],
  ['2026-11-27T10:00:00.123456789Z', '2026-11-27T10:00:00.000Z'],
  ['2026-11-27T10:00+02:00', '2026-11-27T08:00:00.000Z'],
  ['2024-02-29T00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is %s', (text, expected) => expect(iso(text)).toBe(expected))

it('a date and a time without a zone are local', () => {
  expect(timeOf('2026-11-27', now)).toBe(new Date(2026, 10, 27).getTime())
  expect(timeOf('2026-11-27T10:00', now)).toBe(new Date(2026, 10, 27, 10).getTime())
  expect(timeOf('2026-11-27 10:00:05', now)).toBe(new Date(2026, 10, 27, 10, 0, 5).getTime())
})

it.each(['yesterday', '', '5x', '10m5', '2026-13-01', '2026-02-30', '2026-11-27T25:00', '-5m', '1h 30m'])(
  '"%s" is none',
  (text) => expect(timeOf(text, now)).toBeUndefined(),
)
