import type { Signal } from './signal.ts'

/** Milliseconds from a signal to the look: what belongs together comes within. */
const gathering = 15
/** Milliseconds between the starts of two looks: at least, and at most while looks find nothing. */
const [shortest, longest] = [100, 2000]
/** So many looks in a row may find nothing before they get rarer: what HeroPods itself has just done is told of, too. */
const free = 4
/** After so many milliseconds without a signal the next one is looked at without delay. */
const quiet = 1000
/** Signals of one look that are kept: they are told to people, and a storm must not fill the memory. */
const kept = 20

/**
 * Turns signals into looks, one at a time. The first signal is followed by a look after 15 ms, what comes meanwhile is handed to the
 * same or to the next one. While signals keep coming and more than four looks find nothing, as when another program changes links all
 * the time, they get rarer: from one each 100 ms to one each 2 s, until one finds something or a second passes without a signal. `look`
 * answers whether it found something to do; a rejection counts as nothing.
 */
export function coalesce(look: (signals: readonly Signal[]) => Promise<boolean>): {
  add(signal: Signal): void
  close(): void
} {
  let gathered: Signal[] = []
  let vain = 0
  let lastSignal = Number.NEGATIVE_INFINITY
  let lastLook = Number.NEGATIVE_INFINITY
  let looking = false
  let timer: NodeJS.Timeout | undefined

  const plan = (): void => {
    if (looking || timer !== undefined || gathered.length === 0) return
    const now = performance.now()
    timer = setTimeout(() => void run(), Math.max(gathering, lastLook + paceAfter(vain) - now))
  }
  const run = async (): Promise<void> => {
    const signals = gathered
    gathered = []
    timer = undefined
    looking = true
    lastLook = performance.now()
    const found = await look(signals).catch(() => false)
    looking = false
    vain = found ? 0 : vain + 1
    plan()
  }
  return {
    add(signal) {
      const now = performance.now()
      if (now - lastSignal > quiet) vain = 0
      lastSignal = now
      if (gathered.length < kept) gathered.push(signal)
      plan()
    },
    close() {
      clearTimeout(timer)
      gathered = []
      // A look under way is not followed by another.
      looking = true
    },
  }
}

const paceAfter = (vain: number): number => Math.min(shortest * 2 ** Math.max(0, vain - free), longest)
