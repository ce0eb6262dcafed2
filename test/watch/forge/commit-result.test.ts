import { describe, expect, it } from 'vitest'
import type { Condition, StackStatus } from '../../../src/model/status.ts'
import { commitResult, resultsToSend } from '../../../src/watch/forge/commit-result.ts'
import type { CommitResult } from '../../../src/watch/forge/status-request.ts'
import { invalidFile, sourceRevision } from '../builders.ts'
import { failedStack, readyStack, suspendedStack } from '../fixtures.ts'

const commit = { id: '292d8de801f6', subject: 'New heading', author: 'me', time: '2026-11-27T12:00:00Z' }
const revision = { ...sourceRevision([]), origin: { commit } }

const condition = (type: Condition['type'], status: boolean, reason: string, message: string): Condition => ({
  type,
  status,
  reason,
  message,
  since: '',
})
const degraded = (stack: string, reason: string): StackStatus =>
  readyStack(stack, { conditions: [condition('Degraded', true, reason, `${reason} happened.`)] })
const notApplied = readyStack('shop', { conditions: [condition('Ready', false, 'NotApplied', 'x')] })
const verified = readyStack('shop', {
  conditions: [condition('Progressing', true, 'Proving', 'Generation 5 is applied and is being verified.')],
})

describe('the result of a commit', () => {
  it.each<readonly [string, readonly StackStatus[], CommitResult['state'], string]>([
    ['applied', [readyStack('shop'), readyStack('mail')], 'success', '2 stacks applied and healthy.'],
    ['without stacks', [], 'success', '0 stacks applied and healthy.'],
    ['not applied yet', [readyStack('mail'), notApplied], 'pending', 'shop: Not applied yet.'],
    ['in verification', [verified], 'pending', 'shop: Generation 5 is applied and is being verified.'],
    [
      'held',
      [degraded('shop', 'MassDeletion'), notApplied],
      'pending',
      'shop: MassDeletion happened. (and 1 more stack)',
    ],
    ['of a suspended stack', [suspendedStack('shop')], 'pending', 'shop: Suspended by root.'],
    ['during drift', [degraded('shop', 'Drifted')], 'pending', 'shop: Drifted happened.'],
    ['that failed', [notApplied, failedStack('mail')], 'failure', 'mail: ImagePullFailed: The image cannot be pulled.'],
  ])('%s', (_, stacks, state, description) =>
    expect(commitResult(revision, stacks)).toEqual({ commit: commit.id, state, description }),
  )

  it('is a failure if a file is invalid', () =>
    expect(commitResult({ ...sourceRevision([], [invalidFile('a.yaml')]), origin: { commit } }, [])).toMatchObject({
      state: 'failure',
      description: '1 invalid file: a.yaml: a.yaml is wrong.',
    }))

  it('is unknown for files that are not from git', () =>
    expect(commitResult(sourceRevision([]), [readyStack('shop')])).toBeUndefined())
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
    ['with another description', result('b', 'failure', 'x'), result('b', 'failure', 'y'), ['b failure']],
    ['after a failure that passed', result('b', 'failure'), result('b', 'success'), ['b success']],
    ['not after a success', result('b', 'success'), result('b', 'failure'), []],
    ['for the next commit', result('a', 'success'), result('b', 'pending'), ['b pending']],
    ['for a commit that was replaced', result('a', 'pending'), result('b', 'pending'), ['a superseded', 'b pending']],
  ])('%s', (_, last, next, expected) =>
    expect(resultsToSend(last, next).map(({ commit: id, state }) => `${id} ${state}`)).toEqual(expected),
  )
})
