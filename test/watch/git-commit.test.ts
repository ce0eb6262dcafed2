import { describe, expect, it } from 'vitest'
import { parseCommit } from '../../src/watch/source/git-commit.ts'
import { committedBlobs } from '../../src/watch/source/work-tree.ts'

const id = '292d8de801f6b7a8c1a2b3c4d5e6f708192a3b4c'
const shown = (...fields: readonly string[]): string => `${fields.join('\0')}\n`

describe('a commit that git shows', () => {
  it('has its subject, its author and its time in UTC', () =>
    expect(parseCommit(shown(id, 'me', '2026-11-27T13:00:00+01:00', 'New heading'))).toEqual({
      id,
      subject: 'New heading',
      author: 'me',
      time: '2026-11-27T12:00:00Z',
    }))

  it('loses control characters, and the end of a subject that is too long', () => {
    const commit = parseCommit(shown(id, '\x1b[31mme', '2026-11-27T12:00:00Z', 'x'.repeat(300)))
    expect(commit).toMatchObject({ author: '[31mme', subject: 'x'.repeat(200) })
  })

  it('may have neither subject nor author', () =>
    expect(parseCommit(shown(id, '', '2026-11-27T12:00:00Z', ''))).toMatchObject({ subject: '', author: '' }))

  it.each([['', 'a warning', shown('zz', 'me', '2026-11-27T12:00:00Z', 's'), shown(id, 'me', 'soon', 's')]])(
    'is none in another text',
    (...texts) => expect(texts.map(parseCommit)).toEqual(texts.map(() => undefined)),
  )
})

it('blobs of a commit are read with their paths, also odd ones; trees and submodules are not blobs', () => {
  const listing = `100644 blob ${id}\ta.yaml\x00120000 blob ${id}\tlink\n\x00160000 commit ${id}\tsub\0`
  expect(committedBlobs(listing)).toEqual(
    new Map([
      ['a.yaml', id],
      ['link\n', id],
    ]),
  )
})
