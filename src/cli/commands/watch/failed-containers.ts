import type { StackStatus } from '../../../model/status.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { type FailedContainer, needsExplanation } from '../../../report/containers/failed-output.ts'
import { type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import type { CommonOptions } from '../../terminal.ts'

/** The containers of a stack that do not work, with their newest output. Reads the host only if there is one. */
export async function failedContainers(
  { objects }: StackStatus,
  options: CommonOptions,
): Promise<readonly FailedContainer[]> {
  const failed = new Set(objects.filter(needsExplanation).map(({ address }) => address))
  if (failed.size === 0) return []
  return withEngine(options, async (engine) => {
    const existing = ownedContainers(await engine.observe()).filter(({ address }) => failed.has(address))
    return Promise.all(existing.map((one) => failedContainer(engine, one)))
  })
}

async function failedContainer(engine: Engine, { address, actual }: OwnedContainer): Promise<FailedContainer> {
  const { healthLog = [], checkCommand, logEnd, exits } = await engine.details(address, actual.id)
  const check = actual.health === 'unhealthy' ? healthLog.findLast(({ ok }) => !ok) : undefined
  const exit = exits.at(-1)
  return {
    address,
    state: actual.state,
    ...(exit && { exit }),
    ...(check && { check }),
    ...(checkCommand !== undefined && { checkCommand }),
    log: logEnd,
  }
}
