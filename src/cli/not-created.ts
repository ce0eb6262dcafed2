import { type HeroPodsError, refusedError } from '../model/errors.ts'
import { isNamed, parseResourceAddress } from '../model/resource-address.ts'
import type { Engine, Snapshot } from '../reconciler/engine.ts'
import { type Absence, absenceOf, absentObjects, runInProgress } from '../reconciler/history/absence.ts'
import { recordedStacks } from '../reconciler/history/recorded-stacks.ts'
import { containersByName, type OwnedContainer, ownedContainers } from './container-view.ts'

/** The containers of the host with this name. Raises `unknown-container`, also for one that a run has not created, and `ambiguous-name` (refused). */
export async function namedContainers(
  engine: Engine,
  name: string,
): Promise<readonly [OwnedContainer, ...OwnedContainer[]]> {
  const snapshot = await engine.observe()
  await refuseNotCreated(engine, snapshot, [name])
  return containersByName(ownedContainers(snapshot), name)
}

/** A container that a run has not created is not an unknown one. Raises `unknown-container` (refused) with the failure of the run. */
export async function refuseNotCreated(engine: Engine, snapshot: Snapshot, names: readonly string[]): Promise<void> {
  const existing = [...snapshot.observations.keys()]
  for (const name of names) {
    const exists = existing.some((one) => isNamed(one, name) || parseResourceAddress(one).stack === name)
    const error = exists ? undefined : await notCreated(engine, snapshot, name)
    if (error) throw error
  }
}

/** An error for a name of a container that its stack has and the host does not have; undefined: no stack has it either. */
async function notCreated(
  engine: Engine,
  { observations }: Snapshot,
  name: string,
): Promise<HeroPodsError | undefined> {
  const absent = [...absentObjects(await recordedStacks(engine), observations).keys()]
  const address = absent.find((one) => parseResourceAddress(one).kind === 'container' && isNamed(one, name))
  if (address === undefined) return undefined
  const [generations, holder] = await Promise.all([engine.generations(), engine.lockHolder()])
  const { name: shown } = parseResourceAddress(address)
  return refusedError({
    code: 'unknown-container',
    message: absenceText(shown, absenceOf(address, generations, runInProgress(generations, holder !== undefined))),
    hint: `\`heropods why ${shown}\` explains it.`,
    address,
  })
}

function absenceText(name: string, absence: Absence): string {
  switch (absence.state) {
    case 'creating':
      return `${name} is not created yet: generation ${absence.run.generation} is being applied.`
    case 'failed':
      return `${name} was not created. ${absence.failure.message}`
    case 'missing':
      return `${name} is missing on the host: its stack has it.`
  }
}
