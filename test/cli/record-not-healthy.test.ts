import { expect, it } from 'vitest'
import { failuresByGeneration, withReason } from '../../src/cli/commands/stacks/record-not-healthy.ts'
import type { Diagnostic } from '../../src/model/errors.ts'
import type { Generation } from '../../src/model/generation.ts'
import { resourceAddress } from '../../src/model/resource-address.ts'

const failure = (stack: string, name: string): Diagnostic => ({
  code: 'not-healthy',
  message: `${name} is unhealthy.`,
  address: resourceAddress(stack, 'container', name),
})
const run = (generation: number, ...stacks: string[]): Pick<Generation, 'generation' | 'stacks'> => ({
  generation,
  stacks: Object.fromEntries(stacks.map((stack) => [stack, { desiredHash: null, files: [] }])),
})
const [web, db, other] = [failure('shop', 'web'), failure('shop', 'db'), failure('mail', 'smtp')]

it('failures belong to the last generation of their stack', () => {
  const generations = [run(1, 'shop', 'mail'), run(2, 'shop'), run(3, 'blog')]
  expect([...failuresByGeneration([web, other, db], generations, 3)]).toEqual([
    [2, [web, db]],
    [1, [other]],
  ])
})

it('a stack that a later run has changed, or that has no generation, is left out', () => {
  expect([...failuresByGeneration([web, other], [run(1, 'mail'), run(2, 'shop'), run(3, 'shop')], 2)]).toEqual([
    [1, [other]],
  ])
  expect(failuresByGeneration([web], [], 0).size).toBe(0)
})

it.each([
  ['web is unhealthy.', 'web is unhealthy.'],
  ['web is unhealthy:\n  | wget: connecting\n  | connection refused', 'web is unhealthy: connection refused'],
])('%j is recorded as %j', (message, expected) => {
  expect(withReason({ ...web, message }).message).toBe(expected)
})
