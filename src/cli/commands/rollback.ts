import type { Engine } from '../../reconciler/engine.ts'
import type { PlannedRollback } from '../../reconciler/history/rollback.ts'
import { type CarryOutOptions, carryOut } from '../carry-out.ts'
import { writing } from '../instance-session.ts'
import { generationOption } from '../options.ts'

export interface RollbackCommandOptions extends CarryOutOptions {
  readonly stack?: readonly string[]
}

/** `heropods rollback`: plans what an earlier generation had, asks, applies it. */
export const rollback = (stated: string | undefined, options: RollbackCommandOptions): Promise<number> =>
  writing(options, async (engine) => {
    const planned = await engine.rollback({
      ...(stated !== undefined && { to: generationOption(stated) }),
      ...(options.stack && { stacks: options.stack }),
    })
    return carryOut(engine, planned, options, { begins: () => rememberRejected(engine, planned) })
  })

/** A running `heropods watch` does not at once apply again what its user went back from. */
async function rememberRejected(engine: Engine, { stacks }: PlannedRollback): Promise<void> {
  await engine.withEvents(async (store) => {
    const memories = await store.memories()
    for (const { stack, to, from, desiredHash } of stacks) {
      const memory = memories.get(stack)
      if (memory === undefined || from.desiredHash === null || from.desiredHash === desiredHash) continue
      const message = `Its user went back to generation ${to}; it stays there until the files change, or \`heropods resume\`.`
      // Where the files state what has failed already, that is what is not to be tried again.
      const { hash, generation } = memory.rejected ?? { hash: from.desiredHash, generation: from.generation }
      await store.remember(stack, {
        applied: to,
        appliedHash: desiredHash,
        appliedAt: new Date().toISOString(),
        rejected: { hash, generation, reason: 'RolledBack', message, restored: true },
      })
    }
  })
}
