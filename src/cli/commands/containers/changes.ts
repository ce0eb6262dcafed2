import { ExitCode } from '../../../model/errors.ts'
import { parseResourceAddress } from '../../../model/resource-address.ts'
import type { ChangedFile } from '../../../reconciler/engine.ts'
import { withEngine } from '../../engine-session.ts'
import { namedContainers } from '../../not-created.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

const letters: Readonly<Record<ChangedFile['kind'], string>> = { added: 'A', changed: 'C', deleted: 'D' }

/**
 * `heropods changes`: lists the files below the root of a container that differ from its image. Volumes and binds do not count. Raises
 * `unknown-container`, `ambiguous-name`, `needs-apply` (refused).
 */
export async function changes(name: string, options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const containers = await withEngine(options, async (engine) => {
    const named = await namedContainers(engine, name)
    return Promise.all(
      named.map(async ({ address }) => ({ container: address, changes: await engine.changedFiles(address) })),
    )
  })
  if (options.json) terminal.print(JSON.stringify({ containers }))
  else
    for (const one of containers) {
      const prefix = containers.length > 1 ? `${parseResourceAddress(one.container).name}: ` : ''
      for (const { kind, path } of one.changes) terminal.print(`${prefix}${letters[kind]} ${path}`)
    }
  return ExitCode.done
}
