import { ExitCode } from '../../../model/errors.ts'
import { containersByNames, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/**
 * `heropods wait`: waits until the present run of each container has ended, and prints their exit codes in the order of the names, as
 * docker does. Raises `unknown-container`, `ambiguous-name` (refused).
 */
export const wait = (names: readonly string[], options: CommonOptions): Promise<number> =>
  withEngine(options, async (engine) => {
    const terminal = openTerminal()
    const { signal } = new AbortController()
    const containers = containersByNames(ownedContainers(await engine.observe()), names)
    const ends = await Promise.all(
      containers.map(async ({ address }) => ({ container: address, ...(await engine.awaitExit(address, signal)) })),
    )
    if (options.json) terminal.print(JSON.stringify({ containers: ends }))
    else for (const { exitCode } of ends) terminal.print(String(exitCode ?? 'unknown'))
    return ExitCode.done
  })
