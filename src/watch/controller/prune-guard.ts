import type { Step } from '../../model/plan.ts'

const fewest = 5
const largestShare = 0.3

/** Objects that steps take away for good: what is made again in the same run does not count. Pure. */
export function removedBy(steps: readonly Step[]): readonly string[] {
  const made = new Set(steps.filter((step) => step.action === 'create').map((step) => step.address))
  return steps
    .filter((step) => (step.action === 'delete' || step.action === 'release') && !made.has(step.address))
    .map((step) => step.address)
}

/** Whether so much would go at once that it rather is an accident: five objects or more, and more than 30 % of all. Pure. */
export const isMassDeletion = (removed: number, owned: number): boolean =>
  removed >= fewest && removed > largestShare * owned

/** What its user types to do what is held back. `source`: as watch calls it, a repository with its branch and path. Pure. */
export function massDeletionCommand(instance: string, source: string): string {
  const named = source.includes('://') ? (source.split(' ')[0] ?? '') : source
  const argument = /^[\w@%+=:,./-]+$/.test(named) ? named : `'${named.replaceAll("'", `'\\''`)}'`
  return `heropods apply --allow-mass-delete${instance === 'default' ? '' : ` --instance ${instance}`} ${argument}`
}
