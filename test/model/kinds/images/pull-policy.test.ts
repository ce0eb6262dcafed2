import { expect, it } from 'vitest'
import { pullPeriodMs, pullPolicy, stricterPolicy } from '../../../../src/model/kinds/images/pull-policy.ts'

const hour = 3_600_000

it.each([
  ['daily', 24 * hour],
  ['weekly', 168 * hour],
  ['every_12h', 12 * hour],
  ['every_1w2d3h4m5s', (168 + 48 + 3) * hour + 245_000],
  ['every_', undefined],
  ['every_12', undefined],
  ['every_h', undefined],
  ['every_-1h', undefined],
  ['always', undefined],
])('the period of %s is %s ms', (policy, periodMs) => {
  expect(pullPeriodMs(policy)).toBe(periodMs)
})

it.each([
  [undefined, 'missing'],
  ['if_not_present', 'missing'],
  ['never', 'never'],
  ['always', 'always'],
  ['daily', 'daily'],
  ['every_12h', 'every_12h'],
])('the text %s is the policy %s', (text, policy) => {
  expect(pullPolicy(text)).toBe(policy)
})

it('of several containers the policy that asks most often applies', () => {
  const order = ['always', 'every_1h', 'daily', 'weekly', 'missing', 'never'] as const
  for (const [index, stricter] of order.entries())
    for (const other of order.slice(index))
      expect([stricterPolicy(stricter, other), stricterPolicy(other, stricter)]).toEqual([stricter, stricter])
})
