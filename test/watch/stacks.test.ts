import { describe, expect, it } from 'vitest'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import { emptyWatchRecord, type WatchRecordChange } from '../../src/state/watch-store.ts'
import type { StackEvent } from '../../src/watch/stacks/stack-event.ts'
import { Stacks } from '../../src/watch/stacks/stacks.ts'
import { revision, verificationOf } from './builders.ts'

/** Stacks with one that is tracked, what they write, and what they report. `fails`: the records cannot be written. */
function tracked(fails = false) {
  const writes: (WatchRecordChange | 'deleted')[] = []
  const reported: string[] = []
  const write = async (change: WatchRecordChange | 'deleted'): Promise<void> => {
    if (fails) throw new Error('no Redis')
    writes.push(change)
  }
  const store = {
    updateRecord: (_: string, change: WatchRecordChange) => write(change),
    deleteStack: () => write('deleted'),
  }
  const stacks = new Stacks(store, { record: ({ event }) => void reported.push(event.type) })
  stacks.track('shop', '/stacks', { ...emptyWatchRecord, stack: 'shop', source: '/stacks', verifiedGeneration: 4 })
  return { stacks, writes, reported }
}

const files = (hash: string, onRoot = true): StackEvent => ({
  type: 'files-read',
  revision: revision('shop', hash),
  settings: defaultReconcile,
  source: '/stacks',
  onRoot,
})
const passed: StackEvent = { type: 'verification-passed', verification: verificationOf(), passedAt: 'now' }
const ofFiles = { source: '/stacks', files: [], settings: {}, onRoot: true }
const { stack: _, suspended: __, ...nothing } = { ...emptyWatchRecord, stack: '' }

describe('an event', () => {
  it('changes the state at once and is reported', async () => {
    const { stacks, reported } = tracked()
    const before = stacks.get('shop')
    const saved = stacks.dispatch('shop', { type: 'last-good-checked', hasLastGood: true })
    expect(stacks.get('shop')?.hasLastGood).toBe(true)
    expect(before?.hasLastGood).toBe(false)
    await saved
    expect(reported).toEqual(['last-good-checked'])
  })

  it.each<readonly [what: string, event: StackEvent, change: WatchRecordChange | undefined]>([
    ['of files that are new', files('new'), ofFiles],
    ['of files that are missing', { type: 'files-missing', problems: [], undeclared: true }, ofFiles],
    [
      'of a lost record',
      { type: 'record-lost', suspended: true },
      { ...nothing, source: '/stacks', verifiedGeneration: 4 },
    ],
    [
      'of a rollout',
      { type: 'rollout-started', generation: 5, hash: 'new', steps: 1 },
      { attempted: 5, attemptedHash: 'new' },
    ],
    ['of a good generation', passed, { verifiedHash: 'new', verifiedGeneration: 5, attempted: 5, verifiedAt: 'now' }],
    ['of nothing to remember', { type: 'drift-observed', drift: [] }, undefined],
    ['of a recovery without a rejection', { type: 'recovered' }, undefined],
  ])('%s writes its fields of the record and no others', async (_, event, change) => {
    const { stacks, writes } = tracked()
    await stacks.dispatch('shop', event)
    expect(writes).toEqual(change === undefined ? [] : [change])
  })

  it('of the same files writes nothing', async () => {
    const { stacks, writes } = tracked()
    await stacks.dispatch('shop', files('new'))
    await stacks.dispatch('shop', files('new'))
    expect(writes).toHaveLength(1)
  })

  it('of the same files on another device writes the device', async () => {
    const { stacks, writes } = tracked()
    await stacks.dispatch('shop', files('new'))
    await stacks.dispatch('shop', files('new', false))
    expect(writes.at(-1)).toEqual({ ...ofFiles, onRoot: false })
  })

  it('raises if a write that decides after a kill fails, and is not reported', async () => {
    const { stacks, reported } = tracked(true)
    await expect(stacks.dispatch('shop', passed)).rejects.toThrow('no Redis')
    expect(reported).toEqual([])
  })

  it('does not raise if a write fails that is repeated later', async () => {
    const { stacks, reported } = tracked(true)
    await stacks.dispatch('shop', files('new'))
    expect(reported).toEqual(['files-read'])
  })

  it('of a stack that is not tracked is ignored', async () => {
    const { stacks, reported } = tracked()
    await stacks.dispatch('mail', passed)
    expect(stacks.all().map(({ name }) => name)).toEqual(['shop'])
    expect(reported).toEqual([])
  })
})

describe('a stack', () => {
  it('keeps its state if it is tracked already', async () => {
    const { stacks } = tracked()
    await stacks.dispatch('shop', { type: 'last-good-checked', hasLastGood: true })
    stacks.track('shop', '/elsewhere')
    expect(stacks.get('shop')).toMatchObject({ hasLastGood: true, record: { source: '/stacks' } })
  })

  it('that was removed is gone once it is forgotten', async () => {
    const { stacks, writes } = tracked()
    await stacks.dispatch('shop', { type: 'files-missing', problems: [], undeclared: true })
    await stacks.untrack('shop')
    expect(stacks.get('shop')).toBeUndefined()
    expect(writes).toEqual([ofFiles, 'deleted'])
  })

  it('whose file came back meanwhile starts again', async () => {
    const { stacks, writes } = tracked()
    await stacks.dispatch('shop', files('new'))
    await stacks.untrack('shop')
    expect(stacks.get('shop')).toMatchObject({ desired: { hash: 'new' }, record: { verifiedGeneration: null } })
    expect(writes).toEqual([ofFiles, 'deleted', { ...nothing, source: '/stacks' }])
  })
})
