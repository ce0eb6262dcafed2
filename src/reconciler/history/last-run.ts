import type { Desired } from '../../model/desired.ts'
import { firstLine, type RecordedDiagnostic } from '../../model/errors.ts'
import { authorText, type Generation } from '../../model/generation.ts'
import type { Plan } from '../../model/plan.ts'
import { isResourceAddress, parseResourceAddress } from '../../model/resource-address.ts'
import type { StackChange, StackStatus } from '../../model/status.ts'
import { someOf } from '../../model/values/count.ts'
import type { Session } from '../session.ts'
import { desiredHash } from './history.ts'
import { boundedSteps, killedSteps } from './run-steps.ts'

/** How the newest run that concerned a stack went for it. */
export interface LastRun {
  /** The newest run, and the newest that left the stack as it was meant to be. */
  readonly attempted: Generation | undefined
  readonly applied: Generation | undefined
  /** Why the newest one did not; undefined: it did. */
  readonly failure: RecordedDiagnostic | undefined
}

/** Number, time and result of every generation, the oldest first. */
export async function runsOf(session: Session): Promise<readonly Generation[]> {
  const generations = await session.state.generations()
  return asEnded(generations, (await session.lockHolder()) !== undefined)
}

/** A run that began and is not running was killed: it is shown as interrupted. Pure. */
export const asEnded = (generations: readonly Generation[], isBusy: boolean): readonly Generation[] =>
  generations.map((one, index) =>
    one.result === 'started' && !(isBusy && index === generations.length - 1) ? { ...one, result: 'interrupted' } : one,
  )

/** A generation with its plan. */
export interface RecordedRun {
  readonly run: Generation
  readonly plan: Plan
}

/** A generation with its plan and the result of each step; undefined: it is not stored. */
export async function recordedRun(session: Session, generation: number): Promise<RecordedRun | undefined> {
  const run = (await runsOf(session)).find((one) => one.generation === generation)
  const plan = run && (await session.state.plan(generation))
  if (run === undefined || plan === undefined) return undefined
  if (run.steps !== undefined || run.result !== 'interrupted') return { run, plan }
  const steps = killedSteps(generation, plan, await session.state.read())
  return { run: steps ? { ...run, ...boundedSteps(steps) } : run, plan }
}

/** True if a run has a step in a stack. A run whose steps are not all recorded counts for each of its stacks. */
export const hasChanged = ({ stacks, steps, omittedSteps = 0 }: Generation, stack: string): boolean =>
  Object.hasOwn(stacks, stack) &&
  (steps === undefined || omittedSteps > 0 || steps.some((step) => parseResourceAddress(step.address).stack === stack))

/** The newest run with a step in a stack. Pure. */
export function lastStackChange(stack: string, generations: readonly Generation[]): StackChange | undefined {
  const run = generations.findLast((one) => hasChanged(one, stack))
  if (run === undefined) return undefined
  const { generation, time, result, commit, rollbackOf, undoes } = run
  return {
    generation,
    time,
    result,
    by: authorText(run),
    ...(commit && { commit }),
    ...(rollbackOf !== undefined && { rollbackOf }),
    ...(undoes && { undoes }),
  }
}

/** The newest change of a stack, and the commit of the generation that is in place. Pure. */
export function withHistory<T extends Pick<StackStatus, 'stack' | 'applied'>>(
  one: T,
  generations: readonly Generation[],
): T & Pick<StackStatus, 'lastChange' | 'runs'> {
  const lastChange = lastStackChange(one.stack, generations)
  const applied = generations.find(({ generation }) => generation === one.applied)
  return {
    ...one,
    ...(lastChange && { lastChange }),
    ...(applied?.commit && { runs: { generation: applied.generation, commit: applied.commit } }),
  }
}

/** `running`: the generation that is being applied. Pure. */
export function lastRunOf(stack: string, generations: readonly Generation[], running: number | undefined): LastRun {
  const all = generations.filter((one) => one.stacks[stack] !== undefined)
  // A run of several stacks may have changed only others.
  const changing = all.filter((one) => one.generation === running || hasChanged(one, stack))
  const own = changing.length > 0 ? changing : all
  const attempted = own.at(-1)
  return {
    attempted,
    applied: own.findLast((one) => failureIn(one, stack, running) === undefined && one.generation !== running),
    failure: attempted && failureIn(attempted, stack, running),
  }
}

function failureIn(run: Generation, stack: string, running: number | undefined): RecordedDiagnostic | undefined {
  const { generation, result, failures = [] } = run
  if (result === 'done' || generation === running) return undefined
  const reported = (one: Omit<RecordedDiagnostic, 'hint'>): RecordedDiagnostic => ({
    ...one,
    message: `Generation ${generation} ${one.message}`,
    hint: `Apply it again; \`heropods history ${generation}\` shows what it planned.`,
  })
  if (result !== 'failed') return reported({ code: 'interrupted', message: 'was interrupted before its end.' })
  const own = failures.filter(({ address }) => address === undefined || address.startsWith(`${stack}/`))
  const [first] = own
  // Older records do not contain the failures, nor their stacks.
  if (failures.length === 0) return reported({ code: 'apply-failed', message: 'failed.' })
  if (first === undefined) return undefined
  return {
    ...reported({ ...first, message: `failed: ${firstLine(first.message)}${othersText(own.slice(1))}` }),
    ...(first.hint && { hint: first.hint }),
  }
}

/** This many further objects that failed are named; the others are counted. */
const namedFailures = 2

/** ` Also failed: db, worker and 2 more.` */
function othersText(others: readonly RecordedDiagnostic[]): string {
  const names = new Set(
    others.flatMap(({ address }) =>
      address !== undefined && isResourceAddress(address) ? [parseResourceAddress(address).name] : [],
    ),
  )
  if (names.size === 0) return others.length === 0 ? '' : ` (and ${others.length} more)`
  return ` Also failed: ${someOf([...names], namedFailures)}.`
}

/** Records a failed run as done if the host has become as its files declare it. */
export async function concludeFailed(session: Session, { stacks }: Desired): Promise<void> {
  const hashes = new Map(stacks.map((stack) => [stack.name, desiredHash(stack)]))
  const generations = await session.state.generations()
  const failed = new Set(
    stacks.flatMap(({ name }) => {
      const run = generations.findLast((one) => one.stacks[name] !== undefined)
      return run && run.result !== 'done' ? [run] : []
    }),
  )
  for (const { generation, stacks: concerned } of failed)
    if (Object.entries(concerned).every(([name, source]) => hashes.get(name) === source.desiredHash))
      await session.state.finish(generation, 'done')
}
