import { expect, test } from 'vitest'
import { authorText, commitText } from '../../src/model/generation.ts'

const id = '292d8de801f6b7a8c1a2b3c4d5e6f708192a3b4c'

test('A commit is named by seven digits, its subject and its author', () => {
  expect(commitText({ id, subject: 'New heading', author: 'me' })).toBe('292d8de "New heading" by me')
})

test('A commit without a subject or author is named by its number', () => {
  expect(commitText({ id, subject: '', author: '' })).toBe('292d8de')
})

test('A run is described by its commit, its Pulumi stack, its folder or its user', () => {
  const run = { user: 'alice', command: 'heropods apply' }
  const commit = { id, subject: 'New heading', author: 'me', time: '2026-11-27T10:00:00Z' }
  expect(authorText(run)).toBe('alice')
  expect(authorText({ ...run, via: 'sudo' })).toBe('alice (sudo)')
  expect(authorText({ ...run, origin: 'https://example.org/x.git 292d8de801f6 by me', commit })).toBe(
    'commit 292d8de "New heading" by me',
  )
  expect(authorText({ ...run, origin: '/srv/stacks' })).toBe('watch of /srv/stacks')
  expect(authorText({ user: 'root', command: 'pulumi', origin: 'acme/prod' })).toBe('pulumi acme/prod')
  expect(authorText({ user: 'bob', via: 'login', command: 'pulumi' })).toBe('pulumi (bob (login))')
})

test('A rollback that a user types has the user and the restored commit', () => {
  const commit = { id, subject: 'New heading', author: 'me', time: '2026-11-27T10:00:00Z' }
  const rollback = { user: 'alice', via: 'sudo', command: 'heropods rollback', rollbackOf: 3 } as const
  expect(authorText({ ...rollback, commit })).toBe('alice (sudo), back to commit 292d8de "New heading" by me')
  expect(authorText(rollback)).toBe('alice (sudo)')
})

test('An automatic rollback names what watch has undone, not the restored commit', () => {
  const restored = { id, subject: 'New heading', author: 'me', time: '2026-11-27T10:00:00Z' }
  const undone = { id: 'dd641e7aaaaaaaaa', subject: 'Crash', author: 'Bob', time: '2026-11-27T11:00:00Z' }
  const back = { user: 'root', command: 'watch', origin: 'https://example.org/x.git', commit: restored, rollbackOf: 3 }
  expect(authorText({ ...back, undoes: { generation: 4, commit: undone } })).toBe(
    'watch (undid generation 4, commit dd641e7 by Bob)',
  )
  expect(authorText({ ...back, undoes: { generation: 4 } })).toBe('watch (undid generation 4)')
  // The record of an earlier version.
  expect(authorText(back)).toBe('watch, back to commit 292d8de "New heading" by me')
})
