import { describe, expect, it } from 'vitest'
import type { Desired } from '../../src/model/desired.ts'
import type { LoadFailure } from '../../src/stack/load-directory.ts'
import { emptyWatchRecord } from '../../src/state/watch-store.ts'
import { chooseRevision } from '../../src/watch/controller/revisions.ts'
import { announcements } from '../../src/watch/events/announce.ts'
import { reduce } from '../../src/watch/stacks/reduce.ts'
import { newStackState, type StackState } from '../../src/watch/stacks/stack-state.ts'
import { untrackedStacks, updateDesired } from '../../src/watch/stacks/update-desired.ts'
import { conditionsOf, noContainerFacts } from '../../src/watch/status/conditions.ts'
import { declared, invalidFile, noon, sourceRevision, stackState } from './builders.ts'

const shop = declared('shop', ['shop.yaml'])
const mail = declared('mail', ['mail.yaml'])

/** A folder that is read again and again. Each reading answers the events, and is reduced into the states of the next one. */
function folder() {
  let states: readonly StackState[] = []
  return (stacks: readonly Desired[], failures: readonly LoadFailure[] = [], fields = {}): readonly string[] => {
    const revision = sourceRevision(stacks, failures, fields)
    const updates = updateDesired({ states, records: new Map() }, revision, '/stacks')
    const names = new Set([...states.map(({ name }) => name), ...updates.map(({ stack }) => stack)])
    states = [...names].map((name) => {
      const state = states.find((one) => one.name === name) ?? newStackState(name, '/stacks')
      return updates.filter(({ stack }) => stack === name).reduce((before, { event }) => reduce(before, event), state)
    })
    return updates.map(({ stack, event }) => {
      if (event.type !== 'files-missing') return `${stack} read`
      return `${stack} ${event.undeclared ? 'removed' : `has problems: ${event.problems.length}`}`
    })
  }
}

describe('a revision of the source', () => {
  it('leaves a stack as it was while one of its files cannot be read', () => {
    const read = folder()
    expect(read([declared('shop', ['shop.yaml', 'overlay.yaml'])])).toEqual(['shop read'])
    expect(read([shop], [invalidFile('overlay.yaml')])).toEqual(['shop has problems: 1'])
    expect(read([shop])).toEqual(['shop read'])
  })

  it('also leaves a stack of an earlier watch as it was', () => {
    const watchRecords = new Map([
      ['shop', { ...emptyWatchRecord, stack: 'shop', files: ['shop.yaml', 'overlay.yaml'] }],
    ])
    const revision = sourceRevision([shop], [invalidFile('overlay.yaml')])
    expect(updateDesired({ states: [], records: watchRecords }, revision, '/stacks')).toEqual([])
  })

  it('reports a stack once when its files become invalid', () => {
    const read = folder()
    read([shop, mail])
    expect(read([mail], [invalidFile('shop.yaml')])).toEqual(['mail read', 'shop has problems: 1'])
    expect(read([mail], [invalidFile('shop.yaml')])).toEqual(['mail read'])
    expect(read([mail])).toEqual(['mail read', 'shop removed'])
    expect(read([mail])).toEqual(['mail read'])
  })

  it.each<readonly [what: string, fields: object, failures: readonly LoadFailure[]]>([
    ['it may be another folder', { mayPrune: false }, []],
  ])('removes nothing if %s', (_, fields, failures) => {
    const read = folder()
    read([shop])
    expect(read([], failures, fields)).toEqual([])
  })

  it('does not remove a stack while another file cannot be read: it may be in there', () => {
    const revision = sourceRevision([], [invalidFile('other.yaml')], { origin: {} })
    const [update] = updateDesired(
      { states: [newStackState('shop', '/stacks')], records: new Map() },
      revision,
      '/stacks',
    )
    expect(update?.event).toMatchObject({ undeclared: false, removalWaitsFor: 'other.yaml' })
    const event = update?.event ?? { type: 'recovered' }
    const failed = stackState('shop', { lastError: { code: 'image-pull-failed', message: 'No.' } })
    const waits = reduce(failed, event)
    expect(waits).toMatchObject({ lastError: undefined, undeclared: false })
    const text = 'No valid file declares it any more. Its removal waits until these files are valid: other.yaml.'
    expect(conditionsOf(waits, noContainerFacts, [], noon.wall)).toContainEqual(
      expect.objectContaining({ type: 'Degraded', status: true, reason: 'RemovalWaits', message: text }),
    )
    // Its files are not planned, nor is an attempt at them.
    expect(chooseRevision(waits, noon)).toEqual({ from: 'nowhere' })
    expect(announcements({ before: failed, event, after: waits })).toMatchObject([
      { type: 'stack.held', reason: 'RemovalWaits', message: text, stack: 'shop' },
    ])
    expect(updateDesired({ states: [waits], records: new Map() }, revision, '/stacks')).toEqual([])
    const [later] = updateDesired({ states: [waits], records: new Map() }, sourceRevision([]), '/stacks')
    expect(later?.event).toMatchObject({ undeclared: true })
  })

  it('removes nothing of a disk that is not mounted', () => {
    const read = folder()
    read([shop], [], { onRoot: false })
    expect(read([], [], { onRoot: true })).toEqual([])
  })
})

describe('the commit of a stack', () => {
  const commit = (id: string) => ({ id, subject: id, author: id, time: '2026-11-28T12:00:00Z' })
  // The newest commit is of nobody's files.
  const fields = {
    origin: { commit: commit('head') },
    originOf: (files: readonly string[]) => ({ commit: commit(files.join(' ')) }),
  }
  const states = [newStackState('shop', '/stacks', { ...emptyWatchRecord, stack: 'shop', files: ['shop.yaml'] })]
  const commits = (stacks: readonly Desired[], failures: readonly LoadFailure[] = []) => {
    const revision = sourceRevision(stacks, failures, fields)
    const inputs = [...stacks.map((one) => `${one.stacks[0]?.name}.yaml`), '.env']
    const update = updateDesired(
      { states, records: new Map() },
      { ...revision, loaded: { ...revision.loaded, inputs } },
      '/stacks',
    )
    return update.map(({ stack, event }) => {
      if (event.type === 'files-missing') return `${stack} ${event.commit?.id}`
      return event.type === 'files-read' ? `${stack} ${event.revision.origin?.commit?.id}` : stack
    })
  }

  it('is the last one that changed its files, or files that several stacks may use', () =>
    expect(commits([shop, mail])).toEqual(['shop shop.yaml .env', 'mail mail.yaml .env']))

  it('that is invalid or was removed is the last one that changed its file', () => {
    expect(commits([mail], [invalidFile('shop.yaml')])).toEqual(['mail mail.yaml .env', 'shop shop.yaml'])
    expect(commits([mail])).toEqual(['mail mail.yaml .env', 'shop shop.yaml'])
    const [untracked] = untrackedStacks([], sourceRevision([], [invalidFile('job.yaml', 'job')], fields), '/stacks')
    expect(untracked?.missingSince?.id).toBe('job.yaml')
  })
})

describe('stacks whose files were never valid', () => {
  const invalid = invalidFile('mail.yaml', 'mail')

  it('are shown as degraded, and only those of known names', () => {
    const [found, ...rest] = untrackedStacks([], sourceRevision([], [invalid, invalidFile('nobody.yaml')]), '/stacks')
    expect(rest).toEqual([])
    expect(found).toMatchObject({ name: 'mail', record: { files: ['mail.yaml'] } })
    expect(found && conditionsOf(found, noContainerFacts, [], noon.wall)).toContainEqual(
      expect.objectContaining({
        type: 'Degraded',
        status: true,
        reason: 'Invalid',
        message: 'mail.yaml is wrong.',
      }),
    )
  })

  it('are not those that are watched', () =>
    expect(untrackedStacks([stackState('mail')], sourceRevision([], [invalid]), '/stacks')).toEqual([]))
})
