import { describe, expect, it } from 'vitest'
import { commitOfFiles, parseFileCommits } from '../../src/watch/source/file-commits.ts'
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

describe('the commits of files', () => {
  const entry = (letter: string, ...files: readonly string[]): string =>
    `\x01${[letter.repeat(40), letter, '2026-11-27T12:00:00Z', letter].join('\0')}\n\n${files.join('\n')}\n`
  const log = `${entry('c', 'extra.yaml')}${entry('b', 'job.yaml', 'extra.yaml')}${entry('a', 'shop.yaml', 'job.yaml')}`
  const commitOf = (known: ReturnType<typeof parseFileCommits>, ...files: readonly string[]) =>
    commitOfFiles(known, '/git/current', files)?.author

  it('are the last that changed one of them', () => {
    const known = parseFileCommits(log, new Set())
    expect(commitOf(known, 'job.yaml')).toBe('b')
    expect(commitOf(known, 'shop.yaml', '/git/current/extra.yaml')).toBe('c')
    expect(commitOf(known, 'mail.yaml')).toBeUndefined()
  })

  it('are not known of files that only the oldest fetched commit has', () => {
    const known = parseFileCommits(log, new Set(['a'.repeat(40)]))
    expect(commitOf(known, 'job.yaml')).toBe('b')
    expect(commitOf(known, 'shop.yaml')).toBeUndefined()
  })
})
