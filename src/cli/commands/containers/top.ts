import { ExitCode } from '../../../model/errors.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { ContainerProcess } from '../../../reconciler/engine.ts'
import { processHeadings, processRow } from '../../../report/containers/process-table.ts'
import { renderTable } from '../../../report/table.ts'
import { withEngine } from '../../engine-session.ts'
import { namedContainers } from '../../not-created.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

interface ProcessesOfContainer {
  readonly container: ResourceAddress
  readonly processes: readonly ContainerProcess[]
}

/** `heropods top`: lists the processes of a container, or of all its replicas. Raises `unknown-container`, `not-running` (refused). */
export async function top(name: string, options: CommonOptions): Promise<number> {
  const containers = await withEngine(options, async (engine) => {
    const named = await namedContainers(engine, name)
    return Promise.all(
      named.map(async ({ address }) => ({ container: address, processes: await engine.processes(address) })),
    )
  })
  const terminal = openTerminal()
  if (options.json) terminal.print(JSON.stringify({ containers }))
  else terminal.print(await table(containers))
  return ExitCode.done
}

function table(containers: readonly ProcessesOfContainer[]): Promise<string> {
  const several = containers.length > 1
  const rows = containers.flatMap(({ container, processes }) =>
    processes.map((one) => [...(several ? [parseResourceAddress(container).name] : []), ...processRow(one)]),
  )
  return renderTable([...(several ? ['NAME'] : []), ...processHeadings], rows, openTerminal().style)
}
