import { withReadings } from '../../providers/contexts.ts'
import { type ReadContext, readingPeriodMs, registryKey } from '../../providers/provider.ts'

interface Remembered {
  readonly askedAtMs: number
  readonly answer: Promise<unknown>
}

/**
 * Remembers the answers of registries over several observations. An observation gets the known answer at once; an old answer is then asked
 * for again in the background. So a registry that does not answer delays no repair.
 */
export class RegistryCache {
  private readonly known = new Map<string, Remembered>()

  /** `now`: milliseconds of a monotonic clock. */
  constructor(private readonly now: () => number) {}

  /** The context with cached answers of registries. An answer older than `freshMs`, and than its own period, is requested again. */
  over(read: ReadContext, freshMs: number): ReadContext {
    return withReadings(read, (key, ask) =>
      key.startsWith(registryKey)
        ? this.answer(key, ask, Math.max(freshMs, readingPeriodMs(key)))
        : read.once(key, ask),
    )
  }

  private answer<T>(key: string, ask: () => Promise<T>, freshMs: number): Promise<T> {
    const known = this.known.get(key)
    if (known === undefined) return this.keep(key, ask)
    if (this.now() - known.askedAtMs > freshMs) {
      this.known.set(key, { ...known, askedAtMs: this.now() })
      ask().then(
        (answer) => this.known.set(key, { askedAtMs: this.now(), answer: Promise.resolve(answer) }),
        () => undefined,
      )
    }
    return known.answer as Promise<T>
  }

  private keep<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const answer = ask()
    this.known.set(key, { askedAtMs: this.now(), answer })
    answer.catch(() => this.known.delete(key))
    return answer
  }
}
