import { ExitCode } from '../../../model/errors.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

export interface PruneOptions extends CommonOptions {
  /** Also remove images with a name, and images that only a rollback would need. */
  readonly all?: boolean
}

/** `heropods image prune`: removes the unpacked images that nothing needs. */
export const imagePrune = (options: PruneOptions): Promise<number> =>
  withWriterEngine(options, async (engine) => {
    const terminal = openTerminal()
    const removed = await (await engine.imageStore()).remove(options.all ? 'unused' : 'unneeded')
    for (const digest of removed)
      terminal.print(options.json ? JSON.stringify({ image: digest, result: 'removed' }) : `${digest} removed`)
    if (removed.length === 0 && !options.json) terminal.print('There are no unused images.')
    await engine.tearDownIfEmpty()
    return ExitCode.done
  })
