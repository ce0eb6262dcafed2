import { describe, expect, it, vi } from 'vitest'
import { hookHandler } from '../../src/watch/source/hook-handler.ts'
import { SourceHandler, sourceEvent } from '../../src/watch/source/source-handler.ts'
import { declared, invalidFile, sourceRevision } from './builders.ts'

const commit = { id: '0123456789', subject: 'New heading', author: 'me', time: '2026-11-27T12:00:00Z' }
const valid = sourceRevision([declared('shop', ['shop.yaml'])], [], { revision: 'abc', origin: { origin: 'here' } })
const committed = { ...valid, origin: { origin: 'here', commit } }
const invalid = sourceRevision([], [invalidFile('shop.yaml')])

/** A handler, and everything that it does, in order. */
function handled() {
  const done: string[] = []
  const handler = new SourceHandler({
    consumer: {
      accept: async ({ loaded }) => void done.push(`stacks ${loaded.stacks.size}`),
      sourceFailed: async ({ reason }) => void done.push(reason),
      announces: () => false,
    },
    publisher: { publish: ({ type, message }) => void done.push(`${type}: ${message}`) },
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
    handler.start()
    await accepted
    await handler.firstHandled
    expect(done).toEqual(['source.changed: Files abc: 1 stack.', 'stacks 1', 'handled'])
    expect(handler.origin).toEqual({ origin: 'here' })
  })

  it('is named by its commit, which the event also has as data', async () => {
    const { handler, done } = handled()
    handler.start()
    await handler.accept(committed)
    expect(done[0]).toBe('source.changed: Commit 0123456 "New heading" by me: 1 stack.')
    expect(handler.origin).toEqual({ origin: 'here', commit })
  })

  it('with invalid files names them and the commit', () =>
    expect(sourceEvent({ ...invalid, origin: { commit } }, undefined, () => false)).toMatchObject({
      type: 'source.failed',
      message: '1 invalid file at 0123456: shop.yaml: shop.yaml is wrong.',
    }))

  it('with invalid files of stacks, which have events of their own, only names the files', () => {
    const both = sourceRevision([], [invalidFile('shop.yaml'), invalidFile('mail.yaml')])
    const message = (announced: readonly string[]) =>
      sourceEvent(both, undefined, ({ file }) => announced.includes(file)).message
    expect(message(['shop.yaml', 'mail.yaml'])).toBe('2 invalid files: shop.yaml, mail.yaml.')
    expect(message(['shop.yaml'])).toBe('2 invalid files: mail.yaml: mail.yaml is wrong. Also invalid: shop.yaml.')
  })

  it('with invalid files is a failure, and the next valid one a recovery', async () => {
    const { handler, done } = handled()
    handler.start()
    for (const revision of [invalid, valid, valid]) await handler.accept(revision)
    expect(done.filter((one) => one.startsWith('source.'))).toEqual([
      'source.failed: 1 invalid file: shop.yaml: shop.yaml is wrong.',
      'source.recovered: All files are valid again. Files abc: 1 stack.',
      'source.changed: Files abc: 1 stack.',
    ])
  })

  it('that cannot be read is passed on, and ends the wait for the first one', async () => {
    const { handler, done } = handled()
    handler.start()
    await handler.failed({ reason: 'FolderGone', message: 'It is not there.' })
    await handler.firstHandled
    expect(done).toEqual(['FolderGone', 'handled'])
    await handler.accept(valid)
    expect(done).toContain('source.recovered: The source can be read again. Files abc: 1 stack.')
  })
})

describe('a source that can be used again', () => {
  const eventsOf = async (revisions: readonly (typeof valid)[], ...rest: readonly (typeof valid)[]) => {
    const { handler, done } = handled()
    handler.start()
    for (const revision of revisions) await handler.accept(revision)
    const before = done.length
    await handler.failed({ reason: 'RemoteUnreachable', message: 'It cannot be read.' })
    await handler.recovered()
    await handler.recovered()
    for (const revision of rest) await handler.accept(revision)
    return done.slice(before).filter((one) => one.startsWith('source.'))
  }

  it('is one event with its commit, although no revision follows', async () =>
    expect(await eventsOf([committed])).toEqual([
      'source.recovered: The source can be read again. Commit 0123456 "New heading" by me: 1 stack.',
    ]))

  it('has not recovered while its files are invalid', async () =>
    expect(await eventsOf([invalid], valid)).toEqual([
      'source.recovered: All files are valid again. Files abc: 1 stack.',
    ]))

  it('that was never read recovers with its first revision', async () =>
    expect(await eventsOf([], valid)).toEqual(['source.recovered: The source can be read again. Files abc: 1 stack.']))
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
