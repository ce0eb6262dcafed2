import { expect, it } from 'vitest'
import type { Commit } from '../../src/model/generation.ts'
import { checkoutOrigin, gitStatus } from '../../src/watch/source/source.ts'

const git = { kind: 'git', location: '/r', revision: 'a'.repeat(40), fetchedAt: '2026-11-28T12:00:00.000Z' } as const
const files = { revision: null, ok: true, summary: '1 stack' }

it('the status of a repository has the reason why its newest commit is not used', () => {
  const failed = { ...git, ok: false, reason: 'RemoteUnreachable', message: '/r cannot be read.' }
  const { ok, reason, message, fetchedAt } = gitStatus(failed, files)
  expect({ ok, reason, message, fetchedAt }).toEqual({
    ok: false,
    reason: 'RemoteUnreachable',
    message: '/r cannot be read.',
    fetchedAt: git.fetchedAt,
  })
})

it('the status of a repository with invalid files says so, and a good one has no reason', () => {
  const synced = { ...git, ok: true, reason: 'Synced', message: '' }
  expect(gitStatus(synced, { ...files, ok: false, reason: 'Invalid' })).toMatchObject({ ok: false, reason: 'Invalid' })
  expect(gitStatus(synced, files)).not.toHaveProperty('reason')
})

it('the files of a checkout have its own commit, although the state of the repository still has the one before', async () => {
  const [before, now] = ['a', 'b'].map((letter) => ({
    id: letter.repeat(40),
    subject: letter,
    author: 'me',
    time: '2026-11-28T12:00:00Z',
  })) as [Commit, Commit]
  const state = { ...git, commit: before, ok: true, reason: 'Synced', message: '' }
  const checkout = {
    state,
    currentCommit: async () => ({ revision: now.id, commit: now }),
    fileCommits: async () => [{ commit: before, files: ['shop.yaml'] }],
  }
  const { origin, originOf } = await checkoutOrigin(checkout, '/git/current')
  expect(origin).toEqual({ origin: `/r ${'b'.repeat(12)} by me`, commit: now })
  expect(originOf?.(['/git/current/shop.yaml'])).toEqual({ origin: `/r ${'a'.repeat(12)} by me`, commit: before })
  // Nobody is named who may not have changed the file.
  expect(originOf?.(['mail.yaml'])).toEqual({
    origin: `/r ${'b'.repeat(12)}`,
    commit: { ...now, subject: '', author: '' },
  })
})
