import { expect, test } from 'vitest'
import { rejectCurrentRevision } from '../../src/reconciler/engine/watch-records.ts'
import { emptyWatchRecord, type WatchRecord, type WatchStore } from '../../src/state/watch-store.ts'

test('A rollback under watch is recorded with the command that ends it', async () => {
  const changes = new Map<string, Partial<WatchRecord>>()
  const watched = { ...emptyWatchRecord, stack: 'shop' }
  const store: Pick<WatchStore, 'watchRecords' | 'updateRecord'> = {
    watchRecords: async () => new Map([['shop', watched]]),
    updateRecord: async (stack, change) => void changes.set(stack, change),
  }
  const from = { generation: 6, desiredHash: 'new' }
  const rolledBack = ['shop', 'other'].map((stack) => ({ stack, to: 3, desiredHash: 'old', from }))
  expect(await rejectCurrentRevision(store, { stacks: rolledBack }, 'alice (sudo)')).toEqual(['shop'])
  expect([...changes.keys()]).toEqual(['shop'])
  expect(changes.get('shop')).toMatchObject({ verifiedGeneration: 3, verifiedHash: 'old' })
  expect(changes.get('shop')?.rejected?.message).toBe(
    'alice (sudo) rolled back to generation 3; the stack stays there until its files change (comments do not count) or `heropods resume shop` is run.',
  )
})
