import { expect, test } from 'vitest'
import type { Generation, History, HistoryDocument, StackRecord } from '../../src/model/generation.ts'
import { resourceAddress } from '../../src/model/resource-address.ts'
import { patchBetween } from '../../src/reconciler/history/history.ts'
import { declaration, stacksAtLastGood } from '../../src/reconciler/history/rollback.ts'
import { failedTargets, removedStacks, revivedStacks } from '../../src/reconciler/history/rollback-warnings.ts'
import { generationOf } from '../specs.ts'

const source = { desiredHash: null, files: [] }
const run = (generation: number, stacks: readonly string[], fields: Partial<Generation> = {}): Generation =>
  generationOf(generation, { stacks: Object.fromEntries(stacks.map((stack) => [stack, source])), ...fields })

const record = (image: string): StackRecord => ({
  desiredHash: image,
  resources: { [resourceAddress('shop', 'container', 'web')]: { image } },
})
/** The stacks of a generation: jobs came in generation 1, shop in generation 2, and shop changed in each one after it. */
const documentOf = (generation: number): HistoryDocument =>
  new Map([
    ...(generation > 0 ? [['jobs', record('jobs')] as const] : []),
    ...(generation > 1 ? [['shop', record(`v${generation}`)] as const] : []),
  ])
const history = (newest: number): History => ({
  document: documentOf(newest),
  patches: new Map(
    Array.from({ length: newest }, (_, index) => [index + 1, patchBetween(documentOf(index + 1), documentOf(index))]),
  ),
})
const chosen = (...given: Parameters<typeof stacksAtLastGood>) =>
  stacksAtLastGood(...given).map(({ stack, to }) => [stack, to])

test('A rollback without arguments goes to the newest other state of the stack that changed last', () => {
  expect(chosen(history(3), [run(1, ['jobs']), run(2, ['shop']), run(3, ['shop'])])).toEqual([['shop', 2]])
})

test('A rollback without arguments does not go to a generation without the stack', () => {
  const generations = [run(1, ['jobs']), run(2, ['shop'])]
  expect(() => chosen(history(2), generations)).toThrow(/No earlier successful generation is stored with another shop/)
  // The newest state before is failed: the one before that has no shop.
  const failed = [run(1, ['jobs']), run(2, ['shop'], { result: 'failed' }), run(3, ['shop'])]
  expect(() => chosen(history(3), failed)).toThrow(/No earlier successful generation/)
  expect(chosen(history(2), generations, ['shop'])).toEqual([['shop', 1]])
})

test('A generation to return to that was not successful is a warning', () => {
  const failures = [{ code: 'container-exited', message: 'cache has exited with code 3:\noutput' }]
  const targets = [run(4, ['shop'], { result: 'failed', failures }), run(5, [], { result: 'interrupted' }), run(6, [])]
  expect(failedTargets(targets)).toMatchObject([
    { code: 'failed-generation', message: 'Generation 4 failed: cache has exited with code 3.' },
    { code: 'failed-generation', message: 'Generation 5 was interrupted.' },
  ])
})

test('Stacks that a rollback removes are a warning', () => {
  expect(removedStacks([{ stack: 'shop', to: 1 }])).toMatchObject([
    { code: 'removed-stack', message: expect.stringContaining('did not have shop yet') },
  ])
  expect(removedStacks([])).toEqual([])
})

test('Stacks that were removed since and that a rollback creates again are a warning', () => {
  const commit = { id: '5830486aaaaaaaaa', subject: 'remove jobs', author: 'Bob', time: '2026-11-27T11:00:00Z' }
  const runs = [run(1, ['jobs', 'shop']), run(2, ['jobs'], { origin: '/srv/infra.git', commit }), run(3, ['shop'])]
  expect(revivedStacks(['jobs'], ['jobs', 'shop'], runs)).toEqual([
    {
      code: 'revived-stack',
      message:
        'jobs was removed in generation 2 by commit 5830486 "remove jobs" by Bob. This rollback creates its objects again; watch does not follow it until a file declares it.',
      hint: 'Add `--stack shop` to leave jobs out.',
    },
  ])
  // Without other stacks there is nothing to choose.
  expect(revivedStacks(['jobs'], ['jobs'], runs)).toMatchObject([{ code: 'revived-stack' }])
  expect(revivedStacks(['jobs'], ['jobs'], runs)[0]?.hint).toBeUndefined()
  expect(revivedStacks([], ['shop'], runs)).toEqual([])
})

test('the files declare the last generation that was applied from them, not that of a rollback', () => {
  const applied = (generation: number, fields: Partial<Generation> = {}): Generation =>
    generationOf(generation, { stacks: { shop: { desiredHash: 'a', files: [] } }, ...fields })
  const rollback = applied(3, { rollbackOf: 1 })
  expect(declaration([applied(1), applied(2), rollback], 'shop')).toEqual({ declaredIn: 2 })
  expect(declaration([applied(1), run(2, ['shop'])], 'shop')).toEqual({ declaredIn: 1 })
  expect(declaration([rollback], 'shop')).toEqual({})
})
