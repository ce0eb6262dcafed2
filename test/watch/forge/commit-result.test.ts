import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../src/model/status.ts'
import type { RejectedRevision } from '../../../src/state/watch-store.ts'
import type { Hold } from '../../../src/watch/controller/decide.ts'
import {
  commitResult,
  pendingResult,
  type ReportedStack,
  resultsToSend,
  stacksOfCommit,
} from '../../../src/watch/forge/commit-result.ts'
import type { CommitResult } from '../../../src/watch/forge/status-request.ts'
import type { StackState } from '../../../src/watch/stacks/stack-state.ts'
import { appliedStack, invalidFile, revision, sourceRevision, stackState } from '../builders.ts'
import { readyStack } from '../fixtures.ts'

const commit = { id: '292d8de801f6', subject: 'New heading', author: 'me', time: '2026-11-27T12:00:00Z' }
const origin = { commit }
const condition = (type: Condition['type'], status: boolean, reason: string, message: string): Condition => ({
  type,
  status,
  reason,
  message,
  since: '',
})
const of = (state: StackState, ...conditions: readonly Condition[]): ReportedStack => ({
  state,
  status: readyStack(state.name, conditions.length === 0 ? {} : { conditions }),
})
const degraded = (reason: string): ReportedStack =>
  of(appliedStack('shop'), condition('Degraded', true, reason, `${reason} happened.`))
const news = (name: string) => ({ desired: revision(name, 'new') })
const error = { code: 'image-pull-failed', message: 'The image cannot be pulled.' } as const
const failed = (failedRevision: string, name = 'mail') =>
  stackState(name, { ...news(name), lastError: error, failedRevision })
const rejected: RejectedRevision = {
  hash: 'new',
  reason: 'Unhealthy',
  message: 'web is sick.',
  generation: 5,
  restored: true,
}
const hold: Hold = { action: 'hold', reason: 'MassDeletion', message: 'Held.' }
const verifying = condition('Progressing', true, 'Proving', 'Generation 5 is applied and is being verified.')

describe('the result of a commit', () => {
  it.each<readonly [string, readonly ReportedStack[], CommitResult['state'], string]>([
    ['applied', [of(appliedStack('shop')), of(appliedStack('mail'))], 'success', '2 stacks applied and healthy.'],
    ['without stacks', [], 'success', 'No stack is changed.'],
    [
      'not applied yet',
      [of(appliedStack('mail')), of(stackState('shop', news('shop')))],
      'pending',
      'shop: Not applied yet.',
    ],
    ['in verification', [of(stackState('shop', news('shop')), verifying)], 'pending', `shop: ${verifying.message}`],
    ['held', [of(appliedStack('shop', { ...news('shop'), hold }))], 'pending', 'shop: Held.'],
    ['that removes a stack, held', [of(appliedStack('shop', { undeclared: true, hold }))], 'pending', 'shop: Held.'],
    ['during drift', [degraded('Drifted')], 'pending', 'shop: Drifted happened.'],
    ['in a crash loop', [degraded('CrashLoop')], 'failure', 'shop: CrashLoop happened.'],
    ['that failed', [of(stackState('shop', news('shop'))), of(failed('new'))], 'failure', `mail: ${error.message}`],
    ['that was undone', [of(appliedStack('shop', news('shop'), { rejected }))], 'failure', 'shop: web is sick.'],
    ['after one that failed', [of(failed('old'))], 'pending', 'mail: Not applied yet.'],
    [
      'after one that was undone',
      [of(appliedStack('shop', {}, { rejected: { ...rejected, hash: 'old' } }))],
      'success',
      '1 stack applied and healthy.',
    ],
    [
      'that takes back one that failed',
      [of(appliedStack('shop', { lastError: error, failedRevision: 'old' }))],
      'pending',
      'shop: Not applied yet.',
    ],
    [
      'while the containers before it fail',
      [of(appliedStack('shop', news('shop')), condition('Degraded', true, 'Unhealthy', 'x'))],
      'pending',
      'shop: Not applied yet.',
    ],
  ])('%s', (_, stacks, state, description) => {
    const names = new Set(stacks.map((one) => one.state.name))
    expect(commitResult({ ...sourceRevision([]), origin }, names, stacks)).toEqual({
      commit: commit.id,
      state,
      description,
    })
  })

  it('is not that of stacks that it does not change', () => {
    const stacks = [of(appliedStack('shop')), of(failed('new'))]
    expect(commitResult({ ...sourceRevision([]), origin }, new Set(['shop']), stacks)).toMatchObject({
      state: 'success',
      description: '1 stack applied and healthy.',
    })
  })

  it('names the stacks that it has removed', () => {
    const names = new Set(['shop', 'blog'])
    expect(commitResult({ ...sourceRevision([]), origin }, names, [of(appliedStack('shop'))])).toMatchObject({
      state: 'success',
      description: '1 stack applied and healthy, blog removed.',
    })
  })

  it('is a failure if a file is invalid', () =>
    expect(commitResult({ ...sourceRevision([], [invalidFile('a.yaml')]), origin }, new Set(), [])).toMatchObject({
      state: 'failure',
      description: '1 invalid file: a.yaml: a.yaml is wrong.',
    }))

  it('is unknown while a stack is being removed: no other pending is sent, but a failure is', () => {
    const removed = of(appliedStack('mail', { undeclared: true }))
    const names = new Set(['shop', 'mail'])
    const result = (...stacks: readonly ReportedStack[]) =>
      commitResult(sourceRevision([], [], { origin }), names, stacks)
    expect(result(removed)).toBeUndefined()
    expect(result(of(appliedStack('shop', news('shop'))), removed)).toBeUndefined()
    expect(result(of(appliedStack('shop', news('shop'), { rejected })), removed)?.state).toBe('failure')
    expect(result(of(appliedStack('mail', { undeclared: true, lastError: error })))?.state).toBe('pending')
  })

  it('is unknown for files that are not from git', () =>
    expect(commitResult(sourceRevision([]), new Set(), [degraded('CrashLoop')])).toBeUndefined())
})

describe('the stacks of a commit', () => {
  const changedBy = (id: string, name: string): StackState =>
    appliedStack(name, { desired: { ...revision(name, 'as applied'), origin: { commit: { ...commit, id } } } })
  const removed = appliedStack('removed', { undeclared: true })
  const states = [
    changedBy('a', 'before'),
    changedBy('b', 'changed'),
    removed,
    stackState('unfinished', news('unfinished')),
    failed('new', 'failed'),
  ]

  it('are those that it changes or removes, and those with an earlier change in progress', () =>
    expect([...stacksOfCommit('b', states)]).toEqual(['changed', 'removed', 'unfinished']))

  it('are pending until their first reconcile', () => {
    expect(pendingResult('b', states)).toEqual({
      commit: 'b',
      state: 'pending',
      description: 'removed: Not applied yet. (and 1 more stack)',
    })
    expect(pendingResult('b', [changedBy('b', 'changed')])).toBeUndefined()
  })
})

describe('is sent', () => {
  const result = (id: string, state: CommitResult['state'], description: string = state): CommitResult => ({
    commit: id,
    state,
    description,
  })
  it.each<readonly [string, CommitResult | undefined, CommitResult, readonly string[]]>([
    ['at first', undefined, result('b', 'pending'), ['b pending']],
    ['not twice', result('b', 'pending'), result('b', 'pending'), []],
    [
      'not if a forge shows the same',
      result('b', 'failure', `${'x'.repeat(140)}a`),
      result('b', 'failure', `${'x'.repeat(140)}b`),
      [],
    ],
    ['with another description', result('b', 'failure', 'x'), result('b', 'failure', 'y'), ['b failure']],
    ['after a failure that passed', result('b', 'failure'), result('b', 'success'), ['b success']],
    ['not after a success', result('b', 'success'), result('b', 'failure'), []],
    ['for the next commit', result('a', 'success'), result('b', 'pending'), ['b pending']],
    ['for a commit that was replaced', result('a', 'pending'), result('b', 'pending'), ['a superseded', 'b pending']],
  ])('%s', (_, last, next, expected) =>
    expect(resultsToSend(last, next).map(({ commit: id, state }) => `${id} ${state}`)).toEqual(expected),
  )
})
