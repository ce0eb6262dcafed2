import { ExitCode } from '../../../model/errors.ts'
import { libraryOwner } from '../../../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import { forgetDefinitions } from '../../../reconciler/engine/instance/instances.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { recordedStacks } from '../../../reconciler/history/recorded-stacks.ts'
import { reasons } from '../../../reconciler/plan/step-reason.ts'
import { releasedVolumesText } from '../../../report/released-volumes-text.ts'
import { confirmAndApply } from '../../confirm-and-apply.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { openTerminal } from '../../terminal.ts'
import type { ApplyOptions } from './apply.ts'
import { forgetStacks } from './held-back-stacks.ts'
import { stackNames } from './stack-names.ts'

export interface DestroyOptions extends ApplyOptions {
  readonly all?: boolean
}

/**
 * `heropods destroy`: removes the objects of stacks in reverse order; volumes keep their data unless `--delete-data` is given. Raises
 * `unknown-stack`, `no-stack`, `file-missing` (refused).
 */
export const destroy = (stack: string | undefined, options: DestroyOptions): Promise<number> =>
  withWriterEngine(
    options,
    async (engine) => {
      const names = await stackNames(engine, stack, options)
      const planned = await engine.planDestroy(names, {
        removalReason: reasons.removalAsked,
        targets: options.target ?? [],
        deleteData: options.deleteData ?? false,
      })
      const complete = options.target?.length ? [] : names
      const beforeApply = () => forgetStacks(engine, complete)
      const stacksToForget = onlyRecorded(complete, planned.snapshot.observations, await recordedStacks(engine))
      const code = await confirmAndApply(engine, planned, options, { beforeApply, stacksToForget, removed: names })
      if (code !== ExitCode.done) return code
      if (complete.includes(libraryOwner)) await forgetDefinitions(localHost, engine.paths)
      const released = planned.plan.steps.flatMap((step) => (step.action === 'release' ? [step.address] : []))
      if (!options.json) await printReleased(engine, released)
      await engine.tearDownIfEmpty()
      return code
    },
    { optionalRecords: true },
  )

async function printReleased(engine: Engine, released: readonly ResourceAddress[]): Promise<void> {
  if (released.length === 0) return
  const known = (await engine.volumes()).map(({ address }) => address)
  const text = releasedVolumesText(released, known, engine.paths.instance)
  if (text !== undefined) openTerminal().print(text)
}

/** The stacks of these that have a record and no object on the host, e.g. after an apply that failed at once. Pure. */
export const onlyRecorded = (
  stacks: readonly string[],
  observations: ReadonlyMap<ResourceAddress, unknown>,
  recorded: ReadonlyMap<string, unknown>,
): readonly string[] => {
  const existing = new Set([...observations.keys()].map((address) => parseResourceAddress(address).stack))
  return stacks.filter((stack) => recorded.has(stack) && !existing.has(stack))
}
