import { expect, it } from 'vitest'
import { healthPhrase, healthText } from '../../../../src/model/kinds/text/health-text.ts'

const now = new Date('2026-11-28T12:00:00Z')
const old = '2026-11-28T11:55:00Z'
const check = (isCurrent: boolean) => ({ status: 'healthy', checkedAt: old, isCurrent }) as const

it.each([
  [undefined, undefined, { health: null }],
  ['healthy', 'is healthy', { health: 'healthy', lastCheck: check(true), startedAt: old }],
  ['healthy 5 min ago', 'was healthy 5 min ago', { health: 'starting', lastCheck: check(false), startedAt: old }],
  ['not checked', 'is not checked', { health: 'starting', startedAt: old }],
  ['starting', 'is starting', { health: 'starting', startedAt: now.toISOString() }],
] as const)('%s', (text, phrase, observed) => {
  expect(healthText(observed, now)).toBe(text)
  expect(healthPhrase(observed, now)).toBe(phrase)
})
