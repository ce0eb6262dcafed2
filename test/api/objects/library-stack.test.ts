import { expect, it } from 'vitest'
import { literal } from '../../../src/api/objects/build-resources.ts'
import { requireName } from '../../../src/api/objects/library-stack.ts'

it('every text of a program is literal, at any depth', () => {
  expect(literal({ environment: { A: '$HOME ${b}' }, command: ['echo', '$$'], mem_limit: 3 })).toEqual({
    environment: { A: '$$HOME $${b}' },
    command: ['echo', '$$$$'],
    mem_limit: 3,
  })
})

it('names are those of stack files, without the keys that a stack ignores', () => {
  expect(requireName('container', 'Web_1-a')).toBe('Web_1-a')
  for (const name of ['', '-a', '_a', 'a.b', 'a/b', 'x-a', 'a\n', 'ä', 'a'.repeat(64)])
    expect(() => requireName('container', name)).toThrow(/is not a name of a container/)
})
