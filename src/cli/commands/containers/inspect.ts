import { ExitCode } from '../../../model/errors.ts'
import { redactedForPeople } from '../../../model/tokens.ts'
import { mapStrings } from '../../../model/values/map-strings.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { containersOf, containerView, type OwnedContainer, ownedContainers } from '../../container-view.ts'
import { withEngine } from '../../engine-session.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** `heropods inspect`: prints state, spec and paths of containers as JSON. Raises `unknown-container`, `ambiguous-name` (refused). */
export async function inspect(names: readonly string[], options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const containers = await withEngine(options, async (engine) => {
    const all = ownedContainers(await engine.observe())
    return Promise.all(containersOf(all, names).map((one) => details(engine, one)))
  })
  const redacted = mapStrings({ containers }, redactedForPeople)
  terminal.print(JSON.stringify(redacted, undefined, 2))
  return ExitCode.done
}

async function details(engine: Engine, container: OwnedContainer): Promise<object> {
  const { address, actual } = container
  const { files = [], ...spec } = container.spec ?? {}
  return {
    ...containerView(container),
    incarnation: actual.run,
    runtimeId: actual.id ?? null,
    ...(await engine.details(address, actual.id)),
    spec,
    files: files.map(({ kind, name, target, mode }) => ({ kind, name, target, mode })),
  }
}
