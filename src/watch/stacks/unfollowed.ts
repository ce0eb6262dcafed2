import type { Engine, Snapshot } from '../../reconciler/engine.ts'
import { type RecordedStacks, recordedNames } from '../status/recorded-status.ts'

/** The stacks of the instance that this watch does not follow: those of Pulumi and of the library, and those that users apply. */
export interface Unfollowed {
  readonly names: readonly string[]
  readonly recorded: RecordedStacks
}

const nothing: RecordedStacks = { generations: [], records: new Map(), isBusy: false }

/** Reads the records of stacks that are not followed, again only after another generation. */
export class UnfollowedStacks {
  private known: { readonly generation: number; readonly recorded: RecordedStacks } | undefined

  async read(engine: Engine, snapshot: Snapshot, isFollowed: (stack: string) => boolean): Promise<Unfollowed> {
    const { generation } = snapshot.state
    const isBusy = (await engine.lockHolder()) !== undefined
    if (isBusy || this.known?.generation !== generation || this.known.recorded.isBusy)
      this.known = { generation, recorded: await readRecords(engine, isBusy, isFollowed) }
    const { recorded } = this.known
    return { names: recordedNames(recorded, snapshot).filter((name) => !isFollowed(name)), recorded }
  }
}

async function readRecords(
  engine: Engine,
  isBusy: boolean,
  isFollowed: (stack: string) => boolean,
): Promise<RecordedStacks> {
  const generations = await engine.generations().catch(() => nothing.generations)
  const names = [...new Set(generations.flatMap(({ stacks }) => Object.keys(stacks)))].filter(
    (name) => !isFollowed(name),
  )
  const records = names.length === 0 ? nothing.records : await engine.stackRecords(names).catch(() => nothing.records)
  return { generations, records, isBusy }
}
