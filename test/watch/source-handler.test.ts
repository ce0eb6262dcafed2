import { describe, expect, it, vi } from 'vitest'
import { hookHandler } from '../../src/watch/source/hook-handler.ts'
import { SourceHandler } from '../../src/watch/source/source-handler.ts'
import { declared, invalidFile, sourceRevision } from './builders.ts'

const valid = sourceRevision([declared('shop', ['shop.yaml'])], [], { revision: 'abc' })
const invalid = sourceRevision([], [invalidFile('shop.yaml')])

/** A handler, and everything that it does, in order. `commit`: the name of the revision in its repository. */
function handled(commit: string | null = null) {
  const done: string[] = []
  const handler = new SourceHandler({
    consumer: {
      accept: async ({ loaded }) => void done.push(`stacks ${loaded.stacks.size}`),
      sourceFailed: async ({ reason }) => void done.push(reason),
    },
    publisher: { publish: ({ type, message }) => void done.push(`${type}: ${message}`) },
    describe: () => ({ revision: commit, origin: 'here' }),
    onHandled: () => void done.push('handled'),
  })
  return { handler, done }
}

describe('a revision of the source', () => {
  it('waits until the handler has begun', async () => {
    const { handler, done } = handled()
    const accepted = handler.accept(valid)
    await new Promise((resolve) => setTimeout(resolve))
    expect(done).toEqual([])
    handler.begin()
    await accepted
    await handler.first
    expect(done).toEqual(['source.changed: Stacks: 1, at abc.', 'stacks 1', 'handled'])
    expect(handler.origin).toBe('here')
  })

  it('has the name of its commit', async () => {
    const { handler, done } = handled('0123456')
    handler.begin()
    await handler.accept(valid)
    expect(done[0]).toBe('source.changed: Stacks: 1, at 0123456.')
  })

  it('with invalid files is a failure, and the next valid one a recovery', async () => {
    const { handler, done } = handled()
    handler.begin()
    for (const revision of [invalid, valid, valid]) await handler.accept(revision)
    expect(done.filter((one) => one.startsWith('source.'))).toEqual([
      'source.failed: shop.yaml: shop.yaml is wrong.',
      'source.recovered: All files are valid again.',
      'source.changed: Stacks: 1, at abc.',
    ])
  })

  it('that cannot be read is passed on, and ends the wait for the first one', async () => {
    const { handler, done } = handled()
    handler.begin()
    await handler.failed({ reason: 'FolderGone', message: 'It is not there.' })
    await handler.first
    expect(done).toEqual(['FolderGone', 'handled'])
    await handler.accept(valid)
    expect(done).toContain('source.recovered: All files are valid again.')
  })
})

describe('a webhook', () => {
  const call = async (isGit: boolean, token: string) => {
    const poll = vi.fn()
    const handle = hookHandler({ isGit, secret: 'word', poll })
    return [await handle({ headers: { 'x-gitlab-token': token }, body: Buffer.from('{}') }), poll.mock.calls.length]
  }

  it.each([
    ['of a repository polls it', true, 'word', [202, 1]],
    ['with a wrong secret does nothing', true, 'other', [401, 0]],
    ['is not for a folder', false, 'word', [404, 0]],
  ])('%s', async (_, isGit, token, expected) => expect(await call(isGit, token)).toEqual(expected))
})
