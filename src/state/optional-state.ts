import { type Diagnostic, HeroPodsError } from '../model/errors.ts'
import { emptyState } from './empty-state.ts'
import { openState, type StateOptions } from './redis/redis.ts'
import type { State } from './state.ts'

/**
 * Opens the records for commands that can work without them, because the host has all necessary data: records that cannot be read count
 * as empty, and writes that fail are skipped. `onNotice` is called once, with the first failure.
 */
export async function openOptionalState({ onNotice = () => undefined, ...options }: StateOptions): Promise<State> {
  try {
    return new OptionalState(await openState(options), onNotice)
  } catch (error) {
    onNotice(continueWithout(error))
    const read = options.mode === 'write' && (await openState({ ...options, mode: 'read' }).catch(() => undefined))
    return new OptionalState(read || emptyState, onNotice, true)
  }
}

function continueWithout(error: unknown): Diagnostic {
  const [diagnostic] = error instanceof HeroPodsError ? error.diagnostics : []
  if (!diagnostic?.code.startsWith('redis-')) throw error
  return {
    ...diagnostic,
    message: `${diagnostic.message} The command continues without the records: it finds the objects on the host.`,
    hint: `${diagnostic.hint ?? ''} \`heropods refresh\` rebuilds the records from the host afterwards.`.trim(),
  }
}

class OptionalState implements State {
  constructor(
    private readonly state: State,
    private readonly onNotice: (diagnostic: Diagnostic) => void,
    private failing = false,
  ) {}

  readonly read: State['read'] = () => this.state.read().catch(this.fallback(() => emptyState.read()))
  readonly generations: State['generations'] = () =>
    this.state.generations().catch(this.fallback(() => emptyState.generations()))
  readonly plan: State['plan'] = (number) => this.state.plan(number).catch(this.fallback(() => emptyState.plan(number)))
  readonly records: State['records'] = (stacks) =>
    this.state.records(stacks).catch(this.fallback(() => emptyState.records(stacks)))
  readonly history: State['history'] = () => this.state.history().catch(this.fallback(() => emptyState.history()))
  readonly sealed: State['sealed'] = () => this.state.sealed().catch(this.fallback(() => emptyState.sealed()))
  readonly begin: State['begin'] = (...args) =>
    this.tryWrite(async () => this.state.begin(...args)).then((number) => number ?? 0)
  readonly markPending: State['markPending'] = (...args) => this.tryWrite(() => this.state.markPending(...args))
  readonly markComplete: State['markComplete'] = (...args) => this.tryWrite(() => this.state.markComplete(...args))
  readonly saveLeases: State['saveLeases'] = (...args) => this.tryWrite(() => this.state.saveLeases(...args))
  readonly forget: State['forget'] = (...args) => this.tryWrite(() => this.state.forget(...args))
  readonly finish: State['finish'] = (...args) => this.tryWrite(() => this.state.finish(...args))
  readonly clearPending: State['clearPending'] = () => this.tryWrite(() => this.state.clearPending())
  readonly repair: State['repair'] = (opens) =>
    this.state.repair(opens).catch(this.fallback(() => emptyState.repair(opens)))
  readonly writeCopy: State['writeCopy'] = () => this.tryWrite(() => this.state.writeCopy())
  readonly loadCopy: State['loadCopy'] = () => this.tryWrite(() => this.state.loadCopy())
  readonly hasWritten: State['hasWritten'] = () => this.failing || this.state.hasWritten()
  readonly close: State['close'] = () => this.state.close()

  private async tryWrite<T>(write: () => Promise<T>): Promise<T | undefined> {
    // Incomplete records are worse than none: after the first failure nothing more is written.
    return this.failing ? undefined : write().catch(this.fallback(async () => undefined))
  }

  private fallback<T>(otherwise: () => Promise<T>): (error: unknown) => Promise<T> {
    return (error) => {
      const diagnostic = continueWithout(error)
      if (!this.failing) this.onNotice(diagnostic)
      this.failing = true
      return otherwise()
    }
  }
}
