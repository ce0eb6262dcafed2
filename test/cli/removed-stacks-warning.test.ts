import { describe, expect, it } from 'vitest'
import { missingStacks } from '../../src/cli/commands/watch/removed-stacks-warning.ts'
import { readyStack, watchStatus } from '../watch/fixtures.ts'

const warned = (followed: readonly string[], declared: readonly string[]) =>
  missingStacks(watchStatus(followed.map((name) => readyStack(name))), declared)

describe('a folder without the file of a followed stack', () => {
  it('is warned about: its plan does not show the removal', () =>
    expect(warned(['shop', 'jobs'], ['shop'])).toEqual([
      {
        code: 'watched-stack',
        message: expect.stringMatching(
          /^No file declares jobs \(\d+ objects?\)\. If watch gets these files from https:\/\/git\.example\.com\/ops\/stacks\.git, it removes that stack\.$/,
        ),
        hint: 'Restore the files of the stacks that should stay.',
      },
    ]))

  it.each([
    ['every followed stack is there', ['shop', 'jobs'], ['shop', 'jobs', 'new']],
    ['none of them is there: it is another source', ['shop', 'jobs'], ['mine']],
    ['watch follows nothing', [], ['shop']],
  ])('is not warned about if %s', (_, followed, declared) => expect(warned(followed, declared)).toEqual([]))

  it('has no say about stacks of other owners', () => {
    const owned = readyStack('library', { owner: { kind: 'library' } })
    expect(missingStacks(watchStatus([readyStack('shop'), owned]), ['shop'])).toEqual([])
  })
})
