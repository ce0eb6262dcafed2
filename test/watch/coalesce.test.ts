import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { coalesce } from '../../src/watch/signals/coalesce.ts'
import type { Signal } from '../../src/watch/signals/signal.ts'

const signal = (detail = 'x'): Signal => ({ kind: 'link', detail })

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A gatherer whose looks take `takes` ms and find what `finds` says; with the times they started at, and what they got. */
function observed(finds: (look: number) => boolean, takes = 0) {
  const start = performance.now()
  const looks: { at: number; details: string[] }[] = []
  const gatherer = coalesce(async (signals) => {
    looks.push({ at: performance.now() - start, details: signals.map((one) => one.detail) })
    if (takes > 0) await new Promise((resolve) => setTimeout(resolve, takes))
    return finds(looks.length)
  })
  return { ...gatherer, looks, times: () => looks.map((one) => one.at) }
}

const storm = async (add: (one: Signal) => void, ms: number): Promise<void> => {
  for (let passed = 0; passed < ms; passed += 10) {
    add(signal())
    await vi.advanceTimersByTimeAsync(10)
  }
}

describe('coalesce', () => {
  it('looks 15 ms after the first signal, once for a burst', async () => {
    const { add, looks } = observed(() => true)
    add(signal('a'))
    await vi.advanceTimersByTimeAsync(10)
    add(signal('b'))
    await vi.advanceTimersByTimeAsync(500)
    expect(looks).toEqual([{ at: 15, details: ['a', 'b'] }])
  })

  it('looks every 100 ms while looks find something', async () => {
    const { add, times } = observed(() => true)
    await storm(add, 500)
    expect(times()).toEqual([15, 115, 215, 315, 415])
  })

  it('looks ever more rarely, down to one each 2 s, while they find nothing', async () => {
    const { add, times } = observed(() => false)
    await storm(add, 12_000)
    expect(times()).toEqual([15, 115, 215, 315, 415, 615, 1015, 1815, 3415, 5415, 7415, 9415, 11_415])
  })

  it('is quick again after a look that found something', async () => {
    const { add, times } = observed((look) => look === 7)
    await storm(add, 1200)
    expect(times()).toEqual([15, 115, 215, 315, 415, 615, 1015, 1115])
  })

  it('is quick again after a quiet second', async () => {
    const { add, times } = observed(() => false)
    await storm(add, 3100)
    await vi.advanceTimersByTimeAsync(2900)
    const before = times().length
    add(signal())
    await vi.advanceTimersByTimeAsync(100)
    expect(times().slice(before)).toEqual([6015])
  })

  it('looks once more for what came during a look, and never two at a time', async () => {
    const { add, looks } = observed((look) => look === 1, 300)
    add(signal('a'))
    await vi.advanceTimersByTimeAsync(50)
    add(signal('b'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(looks).toEqual([
      { at: 15, details: ['a'] },
      { at: 330, details: ['b'] },
    ])
  })

  it('outlives a look that fails, and looks no more once closed', async () => {
    let looks = 0
    const { add, close } = coalesce(async () => {
      looks += 1
      throw new Error('host')
    })
    add(signal())
    await vi.advanceTimersByTimeAsync(300)
    add(signal())
    await vi.advanceTimersByTimeAsync(300)
    expect(looks).toBe(2)
    add(signal())
    close()
    await vi.advanceTimersByTimeAsync(5000)
    expect(looks).toBe(2)
  })
})
