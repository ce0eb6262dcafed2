import { type HeroPodsError, refusedError } from '../model/errors.ts'
import { isNamed, parseResourceAddress } from '../model/resource-address.ts'
import type { Engine, Snapshot } from '../reconciler/engine.ts'
import { type Absence, absenceOf, absentObjects, runInProgress } from '../reconciler/history/absence.ts'
import { recordedStacks } from '../reconciler/history/recorded-stacks.ts'

/** An error for a name of a container that its stack has and the host does not have; undefined: no stack has it either. */
export async function notCreated(
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
