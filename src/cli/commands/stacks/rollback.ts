import type { Engine } from '../../../reconciler/engine.ts'
import type { PlannedRollback } from '../../../reconciler/history/rollback.ts'
import { rollbackHeading, rollbackNote } from '../../../report/rollback-text.ts'
import { type ConfirmOptions, confirmAndApply } from '../../confirm-and-apply.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { generationOption } from '../../options.ts'

export interface RollbackCommandOptions extends ConfirmOptions {
  readonly stack?: readonly string[]
}

/**
 * `heropods rollback`: plans the state of an earlier generation, asks and applies. Raises `usage`, `unknown-generation` (refused) and
 * the errors of `Engine.rollback`.
 */
export const rollback = (generation: string | undefined, options: RollbackCommandOptions): Promise<number> =>
  withWriterEngine(options, async (engine) => {
    const planned = await engine.planRollback({
      ...(generation !== undefined && { to: generationOption(generation) }),
      ...(options.stack && { stacks: options.stack }),
    })
    return confirmAndApply(engine, planned, options, {
      heading: rollbackHeading(planned.stacks),
      successNote: rollbackNote(planned.stacks),
      beforeApply: () => recordRejected(engine, planned),
    })
  })

/** Records the current revision as rejected, so that a running `heropods watch` does not apply it again at once. */
async function recordRejected(engine: Engine, { stacks }: PlannedRollback): Promise<void> {
  await engine.withEvents(async (store) => {
    const watchRecords = await store.watchRecords()
    for (const { stack, to, from, desiredHash } of stacks) {
      const record = watchRecords.get(stack)
      if (record === undefined || from.desiredHash === null || from.desiredHash === desiredHash) continue
      const message = `A user rolled back to generation ${to}; the stack stays there until its files change or \`heropods resume\` is run.`
      // If the revision of the files was rejected before, that one stays rejected.
      const { hash, generation } = record.rejected ?? { hash: from.desiredHash, generation: from.generation }
      await store.updateRecord(stack, {
        verifiedGeneration: to,
        verifiedHash: desiredHash,
        verifiedAt: new Date().toISOString(),
        rejected: { hash, generation, reason: 'RolledBack', message, restored: true },
      })
    }
  })
}
