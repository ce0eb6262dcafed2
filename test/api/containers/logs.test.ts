import { describe, expect, it } from 'vitest'
import { logEntries } from '../../../src/api/containers/logs.ts'
import type { Instance } from '../../../src/api/instance.ts'

const line = (text: string) => ({ time: '2026-11-28T12:00:00.000000000Z', stream: 'stdout', bytes: Buffer.from(text) })

/** An instance whose container has written these lines, which are read in two parts. */
const instanceWith = (...parts: readonly (readonly string[])[]): Instance =>
  ({
    openReader: async () => ({
      async *logs() {
        for (const part of parts) yield part.map(line)
      },
      close: async () => undefined,
    }),
  }) as unknown as Instance

describe('the lines of a log', () => {
  const textsOf = async (signal: AbortSignal, onLine: (text: string) => void = () => undefined) => {
    const texts: string[] = []
    for await (const { text } of logEntries(instanceWith(['a', 'b'], ['c']), 's/container/web', { signal })) {
      texts.push(text)
      onLine(text)
    }
    return texts
  }

  it('come in order', async () => expect(await textsOf(new AbortController().signal)).toEqual(['a', 'b', 'c']))

  it('end with the abort of the signal, also those that were read already', async () => {
    const abort = new AbortController()
    expect(await textsOf(abort.signal, () => abort.abort())).toEqual(['a'])
  })

  it('do not begin with a signal that is aborted already', async () =>
    expect(await textsOf(AbortSignal.abort())).toEqual([]))
})
