import { describe, expect, it } from 'vitest'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import { parseWindow } from '../../src/model/values/maintenance-windows.ts'
import type { RejectedRevision } from '../../src/state/watch-store.ts'
import { chooseRevision } from '../../src/watch/controller/revisions.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { appliedStack, noon, revision, stackState, verificationOf } from './builders.ts'

const fresh = { desired: revision('shop', 'new') }
const rejected: RejectedRevision = { hash: 'new', reason: '', message: '', generation: 5, restored: false }
const shut = { ...defaultReconcile, windows: [parseWindow('tue UTC')] }
const failing = { hostUnchanged: true, retry: { failures: 1, until: noon.monotonic + 1 } }

const chosen = (state: StackState): string => {
  const choice = chooseRevision(state, noon)
  if (choice.from === 'files') return `files ${choice.revision.hash}`
  return choice.from === 'nowhere' ? 'nowhere' : `generation ${choice.generation}, else ${choice.fallback?.hash}`
}

describe('the desired revision of a stack', () => {
  it.each<readonly [what: string, state: StackState, expected: string]>([
    ['is its files', appliedStack('shop', fresh), 'files new'],
    [
      'is its files while they are verified, outside of windows too',
      appliedStack('shop', { ...fresh, settings: shut, verification: verificationOf() }),
      'files new',
    ],
    [
      'is the applied generation while a change waits for its window',
      appliedStack('shop', { ...fresh, settings: shut }),
      'generation 4, else new',
    ],
    [
      'is its files outside of windows, if they are the applied ones',
      appliedStack('shop', { settings: shut }),
      'files as applied',
    ],
    [
      'is its files outside of windows, if nothing was applied',
      stackState('shop', { ...fresh, settings: shut }),
      'files new',
    ],
    [
      'is the applied generation after a rejection',
      appliedStack('shop', fresh, { rejected }),
      'generation 4, else undefined',
    ],
    [
      'is the applied generation while a failed change waits',
      appliedStack('shop', { ...fresh, ...failing }),
      'generation 4, else new',
    ],
    [
      'is its files after that wait',
      appliedStack('shop', { ...fresh, hostUnchanged: true, retry: { failures: 1, until: noon.monotonic } }),
      'files new',
    ],
    [
      'is its files while a change that was begun waits',
      appliedStack('shop', { ...fresh, ...failing, hostUnchanged: false }),
      'files new',
    ],
    [
      'is the applied generation while the files were removed',
      appliedStack('shop', { undeclared: true }),
      'generation 4, else undefined',
    ],
    [
      'is the generation that was tried, before the files were read',
      appliedStack('shop', { desired: undefined }, { attempted: 5 }),
      'generation 5, else undefined',
    ],
    [
      'is the applied one, if that one was rejected',
      appliedStack('shop', { desired: undefined }, { attempted: 5, rejected }),
      'generation 4, else undefined',
    ],
    ['is none without files and generations', stackState('shop'), 'nowhere'],
    ['is none if the first files were rejected', stackState('shop', fresh, { rejected }), 'nowhere'],
  ])('%s', (_, state, expected) => expect(chosen(state)).toBe(expected))
})
