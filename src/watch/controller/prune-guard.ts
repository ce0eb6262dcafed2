import { isRemoving, type Step } from '../../model/plan.ts'

const fewest = 5
/** The largest share of all objects that may be removed at once. */
export const largestShare = 0.3

/** Objects that steps remove. An object that is created again by the same plan does not count. Pure. */
export function removedBy(steps: readonly Step[]): readonly string[] {
  const made = new Set(steps.filter((step) => step.action === 'create').map((step) => step.address))
  return steps.filter((step) => isRemoving(step) && !made.has(step.address)).map((step) => step.address)
}

/** True if so many objects are removed at once that it may be an accident: five or more, and more than 30 % of all. Pure. */
export const isMassDeletion = (removed: number, owned: number): boolean =>
  removed >= fewest && removed > largestShare * owned

/** The command that applies a held mass deletion. `source`: the location of the source, a repository with branch and path. Pure. */
export function massDeletionCommand(instance: string, source: string): string {
  const named = source.includes('://') ? (source.split(' ')[0] ?? '') : source
  const argument = /^[\w@%+=:,./-]+$/.test(named) ? named : `'${named.replaceAll("'", `'\\''`)}'`
  return `heropods apply --allow-mass-delete${instanceOption(instance)} ${argument}`
}

/** The command that removes a stack. Pure. */
export const destroyCommand = (instance: string, stack: string): string =>
  `heropods destroy${instanceOption(instance)} ${stack}`

const instanceOption = (instance: string): string => (instance === 'default' ? '' : ` --instance ${instance}`)
