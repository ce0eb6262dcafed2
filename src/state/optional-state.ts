import { type Diagnostic, HeroPodsError } from '../model/errors.ts'
import { emptyState } from './empty-state.ts'
import { openState, type StateOptions } from './redis/redis.ts'
import type { State } from './state.ts'

/**
 * The records for what can be done without them, since the host says all that is needed: what cannot be read is as if nothing had been
 * recorded, what cannot be written is left out. `onNotice` is called once, with the first failure.
 */
export async function openOptionalState({ onNotice = () => undefined, ...options }: StateOptions): Promise<State> {
  try {
    return new OptionalState(await openState(options), onNotice)
  } catch (error) {
    onNotice(withoutRecords(error))
    const read = options.mode === 'write' && (await openState({ ...options, mode: 'read' }).catch(() => undefined))
    return new OptionalState(read || emptyState, onNotice, true)
  }
}

function withoutRecords(error: unknown): Diagnostic {
  const [diagnostic] = error instanceof HeroPodsError ? error.diagnostics : []
  if (!diagnostic?.code.startsWith('redis-')) throw error
  return {
    ...diagnostic,
    message: `${diagnostic.message} This goes on without the records: the host itself says what is there.`,
    hint: `${diagnostic.hint ?? ''} \`heropods refresh\` makes the records equal to the host afterwards.`.trim(),
  }
}

class OptionalState implements State {
  constructor(
    private readonly state: State,
    private readonly onNotice: (diagnostic: Diagnostic) => void,
    private failing = false,
  ) {}

  readonly read: State['read'] = () => this.state.read().catch(this.lost(() => emptyState.read()))
  readonly generations: State['generations'] = () =>
    this.state.generations().catch(this.lost(() => emptyState.generations()))
  readonly plan: State['plan'] = (number) => this.state.plan(number).catch(this.lost(() => emptyState.plan(number)))
  readonly records: State['records'] = (stacks) =>
    this.state.records(stacks).catch(this.lost(() => emptyState.records(stacks)))
  readonly history: State['history'] = () => this.state.history().catch(this.lost(() => emptyState.history()))
  readonly sealed: State['sealed'] = () => this.state.sealed().catch(this.lost(() => emptyState.sealed()))
  readonly begin: State['begin'] = (...given) =>
    this.written(async () => this.state.begin(...given)).then((number) => number ?? 0)
  readonly intend: State['intend'] = (...given) => this.written(() => this.state.intend(...given))
  readonly complete: State['complete'] = (...given) => this.written(() => this.state.complete(...given))
  readonly saveLeases: State['saveLeases'] = (...given) => this.written(() => this.state.saveLeases(...given))
  readonly forget: State['forget'] = (...given) => this.written(() => this.state.forget(...given))
  readonly finish: State['finish'] = (...given) => this.written(() => this.state.finish(...given))
  readonly settle: State['settle'] = () => this.written(() => this.state.settle())
  readonly repair: State['repair'] = (opens) =>
    this.state.repair(opens).catch(this.lost(() => emptyState.repair(opens)))
  readonly keepCopy: State['keepCopy'] = () => this.written(() => this.state.keepCopy())
  readonly touched: State['touched'] = () => this.failing || this.state.touched()
  readonly close: State['close'] = () => this.state.close()

  private async written<T>(write: () => Promise<T>): Promise<T | undefined> {
    // Half a story is worse than none: after the first failure nothing more is written.
    return this.failing ? undefined : write().catch(this.lost(async () => undefined))
  }

  private lost<T>(otherwise: () => Promise<T>): (error: unknown) => Promise<T> {
    return (error) => {
      const diagnostic = withoutRecords(error)
      if (!this.failing) this.onNotice(diagnostic)
      this.failing = true
      return otherwise()
    }
  }
}
