import { expect, it } from 'vitest'
import { gitStatus } from '../../src/watch/source/source.ts'

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
