import type { Signal } from './signal.ts'

/** Wait from the first signal to its reconcile, milliseconds. Signals of one cause come within it. */
const gatherMs = 15
/** Shortest time between the starts of two reconciles, and the longest one while they find nothing. Milliseconds. */
const [minIntervalMs, maxIntervalMs] = [100, 2000]
/** Reconciles in a row that may find nothing before they become rarer. Work of HeroPods itself also causes signals. */
const vainReconcilesWithoutWait = 4
/** After this many milliseconds without a signal, the next one is handled without delay. */
const quietMs = 1000
/** Limit of the signals that are passed on with one reconcile. They are only for messages. */
const maxSignals = 20

/**
 * Turns signals into reconciles, one at a time. The first signal starts one after 15 ms; signals until then belong to it, later ones to the
 * next. If signals keep coming and more than four reconciles find nothing, they become rarer, from one every 100 ms to one every 2 s, until
 * one finds something or a second passes without a signal. Another program may change links all the time. `reconcile` resolves to whether
 * it found something to do; a rejection counts as nothing.
 */
export function coalesce(reconcile: (signals: readonly Signal[]) => Promise<boolean>): {
  add(signal: Signal): void
  close(): void
} {
  let gathered: Signal[] = []
  let vain = 0
  let lastSignal = Number.NEGATIVE_INFINITY
  let lastStart = Number.NEGATIVE_INFINITY
  let running = false
  let timer: NodeJS.Timeout | undefined

  const plan = (): void => {
    if (running || timer !== undefined || gathered.length === 0) return
    const now = performance.now()
    timer = setTimeout(() => void run(), Math.max(gatherMs, lastStart + paceAfter(vain) - now))
  }
  const run = async (): Promise<void> => {
    const signals = gathered
    gathered = []
    timer = undefined
    running = true
    lastStart = performance.now()
    const found = await reconcile(signals).catch(() => false)
    running = false
    vain = found ? 0 : vain + 1
    plan()
  }
  return {
    add(signal) {
      const now = performance.now()
      if (now - lastSignal > quietMs) vain = 0
      lastSignal = now
      if (gathered.length < maxSignals) gathered.push(signal)
      plan()
    },
    close() {
      clearTimeout(timer)
      gathered = []
      // The present reconcile is not followed by another.
      running = true
    },
  }
}

const paceAfter = (vain: number): number =>
  Math.min(minIntervalMs * 2 ** Math.max(0, vain - vainReconcilesWithoutWait), maxIntervalMs)
