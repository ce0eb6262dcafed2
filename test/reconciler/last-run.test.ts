import { expect, it } from 'vitest'
import type { Generation } from '../../src/model/generation.ts'
import { lastRunOf } from '../../src/reconciler/history/last-run.ts'
import { generationOf } from '../specs.ts'

const source = { desiredHash: null, files: [] }
const failure = (address?: `${string}/container/${string}`) => ({
  code: 'container-exited',
  message: 'It exited:\n  | its output',
  ...(address !== undefined && { address }),
})
const messageOf = (failures: Generation['failures'] & object) =>
  lastRunOf('shop', [generationOf(2, { stacks: { shop: source }, result: 'failed', failures })], undefined).failure
    ?.message

it('a failed run names the first failure of the stack and the objects of the others', () => {
  const [web, db, a, b] = (['web', 'db', 'a', 'b'] as const).map((name) => failure(`shop/container/${name}`))
  if (!web || !db || !a || !b) throw new Error('four failures')
  expect(messageOf([web])).toBe('Generation 2 failed: It exited.')
  expect(messageOf([web, failure('mail/container/smtp')])).toBe('Generation 2 failed: It exited.')
  expect(messageOf([web, db])).toBe('Generation 2 failed: It exited. Also failed: db.')
  expect(messageOf([web, db, a, b])).toBe('Generation 2 failed: It exited. Also failed: db, a, b.')
  expect(messageOf([failure(), failure()])).toBe('Generation 2 failed: It exited. (and 1 more)')
})
