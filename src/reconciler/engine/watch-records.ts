import type { WatchStore } from '../../state/watch-store.ts'
import type { PlannedRollback } from '../history/rollback.ts'

/**
 * Records the current revision of rolled back stacks as rejected, so that a running `heropods watch` does not apply it again at once.
 * `by`: the user, for the message. Returns the names of the stacks that a watch follows.
 */
export async function rejectCurrentRevision(
  store: Pick<WatchStore, 'watchRecords' | 'updateRecord'>,
  { stacks }: Pick<PlannedRollback, 'stacks'>,
  by = 'A user',
): Promise<readonly string[]> {
  const watchRecords = await store.watchRecords()
  for (const { stack, to, from, desiredHash } of stacks) {
    const record = watchRecords.get(stack)
    if (record === undefined || from.desiredHash === null || from.desiredHash === desiredHash) continue
    const message = `${by} rolled back to generation ${to}; the stack stays there until its files change (comments do not count) or \`heropods resume ${stack}\` is run.`
    // If the revision of the files was rejected before, that one stays rejected.
    const { hash, generation } = record.rejected ?? { hash: from.desiredHash, generation: from.generation }
    await store.updateRecord(stack, {
      verifiedGeneration: to,
      verifiedHash: desiredHash,
      verifiedAt: new Date().toISOString(),
      rejected: { hash, generation, reason: 'RolledBack', message, restored: true },
    })
  }
  return stacks.map(({ stack }) => stack).filter((stack) => watchRecords.has(stack))
}

/** Deletes the records of watch about these stacks. */
export async function deleteWatchRecords(store: WatchStore, stacks: readonly string[]): Promise<void> {
  for (const stack of stacks) await store.deleteRecord(stack)
}
