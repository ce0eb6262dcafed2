import { expect, it } from 'vitest'
import { someOf } from '../../../src/model/values/count.ts'

it('names the first texts and counts the others, unless only one is left', () => {
  expect(someOf([], 2)).toBe('')
  expect(someOf(['a', 'b', 'c'], 2)).toBe('a, b, c')
  expect(someOf(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more')
  expect(someOf(['a', 'b', 'c', 'd'], 2, '; ')).toBe('a; b; and 2 more')
})
