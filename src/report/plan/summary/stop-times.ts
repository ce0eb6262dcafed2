import type { Step } from '../../../model/plan.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { Entry } from '../entries.ts'

/** True for a container whose process ignored its last stop signal. Pure. */
export const isSlow = ({ step }: Pick<Entry, 'step'>): boolean => step.ignoresStop !== undefined

/** Containers that are deleted before their network is replaced, and are created after it: each is down until all have stopped. */
export interface SlowRow {
  readonly replaced: readonly Entry[]
  /** Those of them that ignored their last stop signal. */
  readonly slow: readonly Entry[]
  /** How long the deletions take at least, milliseconds. */
  readonly waitMs: number
}

/** The rows of two or more containers in which one ignored its last stop signal. Containers with a network in common are in one row. Pure. */
export function slowRows(entries: readonly Entry[]): readonly SlowRow[] {
  const networks = entries.filter(({ step, effect }) => step.kind === 'network' && effect === 'replace')
  const containers = entries.filter(({ step, effect }) => step.kind === 'container' && effect === 'replace')
  let rows: readonly (readonly Entry[])[] = []
  for (const { step } of networks) {
    const members = containers.filter((one) => networksOf(one).includes(step.address))
    const joined = rows.filter((row) => row.some((one) => members.includes(one)))
    rows = [...rows.filter((row) => !joined.includes(row)), [...new Set([...joined.flat(), ...members])]]
  }
  return rows.flatMap((row) => {
    const replaced = containers.filter((one) => row.includes(one))
    const slow = replaced.filter(isSlow)
    return replaced.length < 2 || slow.length === 0 ? [] : [{ replaced, slow, waitMs: longestChain(slow) }]
  })
}

const networksOf = ({ step }: Entry): readonly ResourceAddress[] =>
  step.kind === 'container' ? (step.spec?.networks ?? []).map(({ network }) => network) : []

/** A container is deleted after those that depend on it: their grace periods follow each other. */
function longestChain(slow: readonly Entry[]): number {
  const known = new Map(slow.map((one) => [one.step.address, one]))
  const chainOf = (entry: Entry, seen: ReadonlySet<Entry>): number => {
    const { step } = entry
    const needed = step.kind === 'container' ? (step.spec?.depends_on ?? []) : []
    const next = needed.flatMap(({ container }) => known.get(container) ?? []).filter((one) => !seen.has(one))
    return longestGracePeriod([entry]) + Math.max(0, ...next.map((one) => chainOf(one, new Set([...seen, one]))))
  }
  return Math.max(0, ...slow.map((one) => chainOf(one, new Set([one]))))
}

/** The longest time until a container is killed that does not end by itself, milliseconds. Pure. */
export const longestGracePeriod = (entries: readonly Pick<Entry, 'step'>[]): number =>
  Math.max(0, ...entries.flatMap(({ step }) => gracePeriods(step)))

/** The grace period of the new spec, and that of the running process. */
const gracePeriods = (step: Step): readonly number[] =>
  step.kind === 'container'
    ? [
        step.spec?.stop_grace_period ?? 0,
        ...step.changes.flatMap(({ path, before }) =>
          path === '/stop_grace_period' && typeof before === 'number' ? [before] : [],
        ),
      ]
    : []
