import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { refusedError } from '../../src/model/errors.ts'
import { ReconcileQueue } from '../../src/watch/controller/reconcile-queue.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const clock = { monotonic: () => Date.now(), wall: () => new Date() }

/** A queue whose reconciles take 100 ms, and the times of their starts. `wait`: until the next one is due. */
function queued(wait: number, fails?: () => Error) {
  const begun = Date.now()
  const starts: number[] = []
  const errors: string[] = []
  const queue = new ReconcileQueue({
    clock,
    reconcile: async () => {
      starts.push(Date.now() - begun)
      if (fails) throw fails()
      await new Promise((resolve) => setTimeout(resolve, 100))
      return { found: true, next: Date.now() + wait }
    },
    onError: ({ message }) => void errors.push(message),
  })
  return { queue, starts, errors }
}

describe('reconciles', () => {
  it('begin only after the queue was opened', async () => {
    const { queue, starts } = queued(1000)
    expect(await queue.request()).toBe(false)
    expect(starts).toEqual([])
  })

  it('run one at a time; all requests during one share the next', async () => {
    const { queue, starts } = queued(10_000)
    queue.open()
    const requests = [queue.request(), queue.request(), queue.request()]
    await vi.advanceTimersByTimeAsync(500)
    expect(await Promise.all(requests)).toEqual([true, true, true])
    expect(starts).toEqual([0, 100])
  })

  it('repeat when they are due', async () => {
    const { queue, starts } = queued(900)
    queue.open()
    void queue.request()
    await vi.advanceTimersByTimeAsync(2500)
    expect(starts).toEqual([0, 1000, 2000])
    expect(queue.reconcileMs()).toBe(0)
  })

  it.each<readonly [what: string, error: () => Error, longest: number]>([
    ['that raise', () => new TypeError('no'), 30_000],
    ['that are refused', () => refusedError({ code: 'redis-unreachable', message: 'no' }), 5000],
  ])('%s repeat after growing waits', async (_, error, longest) => {
    const { queue, starts, errors } = queued(0, error)
    queue.open()
    void queue.request()
    await vi.advanceTimersByTimeAsync(300_000)
    expect(starts.slice(0, 4)).toEqual([0, 500, 1500, 3500])
    expect((starts.at(-1) ?? 0) - (starts.at(-2) ?? 0)).toBe(longest)
    expect(errors).toHaveLength(starts.length)
  })

  it('end with the present one when the queue is closed', async () => {
    const { queue, starts } = queued(0)
    queue.open()
    void queue.request()
    const waiting = queue.request()
    const closed = queue.close()
    await vi.advanceTimersByTimeAsync(1000)
    await closed
    expect(await waiting).toBe(false)
    expect(starts).toEqual([0])
  })
})
