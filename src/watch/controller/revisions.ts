import type { Engine } from '../../reconciler/engine.ts'
import type { Instant } from '../clock.ts'
import { type DesiredRevision, revisionOfGeneration } from '../stacks/desired-revision.ts'
import { holdOfChange } from '../stacks/hold.ts'
import { isDeferred, type StackState } from '../stacks/stack-state.ts'

/** Where the desired revision of a stack comes from. `fallback`: the files, if that generation cannot be used. */
export type RevisionChoice =
  | { readonly from: 'files'; readonly revision: DesiredRevision }
  | { readonly from: 'generation'; readonly generation: number; readonly fallback: DesiredRevision | undefined }
  | { readonly from: 'nowhere' }

/**
 * The desired revision of a stack: its files, or its last good generation while the files are invalid, removed, rejected or deferred.
 * Before the files were read once, it is the generation that was last tried. Pure.
 */
export function chooseRevision(state: StackState, now: Instant): RevisionChoice {
  const { desired, record } = state
  const { verifiedGeneration, attempted, rejected } = record
  const waits = isDeferred(state, now.monotonic) || holdOfChange(state, now.wall) !== undefined
  const isGone = state.undeclared || state.removalWaitsFor !== undefined
  const files = desired !== undefined && !isGone && desired.hash !== rejected?.hash ? desired : undefined
  if (files !== undefined && !(waits && verifiedGeneration !== null)) return { from: 'files', revision: files }
  const wasTried = desired === undefined && !isGone && attempted !== null && attempted !== rejected?.generation
  const generation = wasTried ? attempted : verifiedGeneration
  if (generation !== null) return { from: 'generation', generation, fallback: files }
  return files === undefined ? { from: 'nowhere' } : { from: 'files', revision: files }
}

/** Reads the revisions of generations, each once. */
export class Revisions {
  private readonly known = new Map<string, DesiredRevision | undefined>()

  /** Raises `sensitive-unreadable` (refused). */
  async desired(engine: Engine, state: StackState, now: Instant, stacks: number): Promise<DesiredRevision | undefined> {
    const choice = chooseRevision(state, now)
    if (choice.from === 'nowhere') return undefined
    if (choice.from === 'files') return choice.revision
    const { generation, fallback } = choice
    const { verifiedGeneration, verifiedHash } = state.record
    const found = await this.ofGeneration(engine, generation, state.name, stacks)
    // After a loss of the records the number may belong to another generation.
    const isMeant = generation !== verifiedGeneration || verifiedHash === null || found?.hash === verifiedHash
    return found !== undefined && isMeant ? found : fallback
  }

  /** The revision of a generation; undefined if it is not recorded. `stacks`: how many are watched, for the size of the cache. */
  async ofGeneration(
    engine: Engine,
    generation: number,
    stack: string,
    stacks: number,
  ): Promise<DesiredRevision | undefined> {
    const key = `${stack} ${generation}`
    if (!this.known.has(key)) {
      if (this.known.size > 2 * stacks + 8) this.known.clear()
      this.known.set(key, await revisionOfGeneration(engine, generation, stack))
    }
    return this.known.get(key)
  }

  /** For records that were erased or exchanged. */
  clear(): void {
    this.known.clear()
  }
}
