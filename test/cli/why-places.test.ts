import { expect, it } from 'vitest'
import { readFrom, runsWithFiles } from '../../src/cli/commands/stacks/why-places.ts'
import { generationOf } from '../specs.ts'

const commit = { id: '5d0cd9d5aaf6b7a8', subject: 'tune db', author: 'Alice', time: '2026-11-27T11:00:00Z' }
const stacks = { shop: { desiredHash: null, files: [] } }
const change = generationOf(4, { stacks, commit, result: 'failed' })
const restore = generationOf(5, { stacks, rollbackOf: 3, undoes: { generation: 4, commit } })

it('the last run of a stack that watch has undone has the restored generation', () => {
  expect(readFrom('shop', change, [change, restore], { folder: '/git/current' })).toEqual({
    commit: commit.id,
    undone: 4,
    inPlace: 3,
    folder: '/git/current',
  })
})

it('a run that was not undone, or of which only another stack was, has its commit', () => {
  const again = generationOf(6, { stacks, commit })
  expect(readFrom('shop', again, [change, restore, again], undefined)).toEqual({ commit: commit.id })
  expect(readFrom('mail', change, [change, restore], undefined)).toEqual({ commit: commit.id })
  expect(readFrom('shop', undefined, [change, restore], undefined)).toEqual({})
})

it('a run that changed only another stack is not the one that read the files of a stack', () => {
  const files = [{ path: 'extra.yaml', sha256: '0' }]
  const both = { shop: { desiredHash: null, files }, extra: { desiredHash: null, files } }
  const step = (stack: string) =>
    ({ address: `${stack}/container/one`, action: 'create', result: 'done', durationMs: 1 }) as const
  const own = generationOf(3, { stacks: both, steps: [step('extra')] })
  const other = generationOf(4, { stacks: both, steps: [step('shop')] })
  const without = generationOf(5, { stacks: { extra: { desiredHash: null, files: [] } } })
  const numbers = (stack: string) => runsWithFiles(stack, [own, other, without]).map(({ generation }) => generation)
  expect(numbers('extra')).toEqual([3, 4])
  expect(numbers('shop')).toEqual([4, 3])
})
