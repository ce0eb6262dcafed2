import { expect, it } from 'vitest'
import { readFrom } from '../../src/cli/commands/stacks/why-places.ts'
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
