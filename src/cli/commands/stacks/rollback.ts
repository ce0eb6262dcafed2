import { authorText } from '../../../model/generation.ts'
import { rejectCurrentRevision } from '../../../reconciler/engine/watch-records.ts'
import { rollbackHeading, rollbackNote } from '../../../report/rollback-text.ts'
import { type ConfirmOptions, confirmAndApply } from '../../confirm-and-apply.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { generationOption } from '../../options.ts'
import { typedCommand } from '../../terminal.ts'
import { rollbackWarnings } from '../watch/watch-warning.ts'

export interface RollbackCommandOptions extends ConfirmOptions {
  readonly stack?: readonly string[]
}

/** A user who writes the name of a stack means the stack. Raises `usage` (refused). */
export const targetOption = (text: string): number =>
  /^[a-z][\w.-]*$/i.test(text)
    ? generationOption(text, `To roll back one stack: \`heropods rollback --stack ${text}\`.`)
    : generationOption(text)

/**
 * `heropods rollback`: plans the state of an earlier generation, asks and applies. Raises `usage`, `unknown-generation` (refused) and
 * the errors of `Engine.rollback`.
 */
export const rollback = (generation: string | undefined, options: RollbackCommandOptions): Promise<number> =>
  withWriterEngine(options, async (engine) => {
    const planned = await engine.planRollback({
      ...(generation !== undefined && { to: targetOption(generation) }),
      ...(options.stack && { stacks: options.stack }),
    })
    let watched: readonly string[] = []
    return confirmAndApply(engine, planned, options, {
      warnings: await rollbackWarnings(
        engine,
        planned.stacks.map(({ stack }) => stack),
      ),
      heading: rollbackHeading(planned.stacks),
      successNote: () => rollbackNote(planned.stacks, watched),
      beforeApply: () =>
        engine.withEvents(async (store) => {
          watched = await rejectCurrentRevision(
            store,
            planned,
            authorText({ ...localHost.caller(), command: typedCommand() }),
          )
        }),
    })
  })
