import { expect, test } from 'vitest'
import { commitText } from '../../src/model/generation.ts'

const id = '292d8de801f6b7a8c1a2b3c4d5e6f708192a3b4c'

test('A commit is named by seven digits, its subject and its author', () => {
  expect(commitText({ id, subject: 'New heading', author: 'me' })).toBe('292d8de "New heading" by me')
})

test('A commit without a subject or author is named by its number', () => {
  expect(commitText({ id, subject: '', author: '' })).toBe('292d8de')
})
