import type { StackFile } from '../generated/stack-file.ts'
import type { Desired } from '../model/desired.ts'
import { type Diagnostic, HeroPodsError } from '../model/errors.ts'
import { libraryOwner } from '../model/ownership.ts'
import type { Plan, Event as ProgressEvent } from '../model/plan.ts'
import { forgetDefinitions } from '../reconciler/engine/instance/instances.ts'
import { deleteWatchRecords, rejectCurrentRevision } from '../reconciler/engine/watch-records.ts'
import type { Engine, Planned } from '../reconciler/engine.ts'
import { knownStacks, recordedStacks } from '../reconciler/history/recorded-stacks.ts'
import { requireSame } from '../reconciler/plan/saved-plan.ts'
import { reasons } from '../reconciler/plan/step-reason.ts'
import { unknownStackError } from '../stack/check/unknown-stack.ts'
import { loadDesired } from '../stack/load.ts'
import type { Instance } from './instance.ts'

/** A stack as an object: the fields of a stack file, checked by the same schema and rules. */
export type Stack = Omit<StackFile, 'apiVersion' | 'kind'>

/** Returns its argument, so that an editor checks the type. The fields are checked when the stack is planned or applied. */
export const stack = (fields: Stack): Stack => fields

/** Stack files, folders of stack files, and stacks as objects. */
export type StackSource = string | Stack | readonly (string | Stack)[]

export interface PlanOptions {
  /** Values of the variables of the stacks. */
  readonly variables?: Readonly<Record<string, string>>
  /** YAML files with values of variables. */
  readonly variableFiles?: readonly string[]
  readonly profiles?: readonly string[]
  /** Addresses or names: only these objects and those that they need are changed. */
  readonly targets?: readonly string[]
  /** Erase the data of removed volumes, except protected ones. Default: false. */
  readonly deleteData?: boolean
}

export interface RunOptions {
  /** Once aborted, no further step starts. The method then raises `interrupted`. */
  readonly signal?: AbortSignal
  /** Gets the progress: the start and the end of each step. */
  readonly onProgress?: (event: ProgressEvent) => void
}

export interface ApplyOptions extends PlanOptions, RunOptions {}

export interface DestroyOptions extends RunOptions {
  /** Erase the data of volumes, except protected ones. Default: false. */
  readonly deleteData?: boolean
}

/** A plan with its inputs. `HeroPods.apply` applies exactly this plan, or raises `plan-stale` if the host or the files have changed. */
export interface StackPlan {
  readonly plan: Plan
  readonly source: StackSource
  readonly options: PlanOptions
}

/** A run that has changed the instance, or had nothing to change. */
export interface RunResult {
  /** Number of the newest generation. */
  readonly generation: number
  /** The applied steps and their number by action. */
  readonly plan: Plan
  /** True if there was nothing to change. */
  readonly unchanged: boolean
}

export const isStackPlan = (value: StackSource | StackPlan): value is StackPlan =>
  typeof value === 'object' && !Array.isArray(value) && 'plan' in value && 'source' in value

/** Loads stacks. Raises all their problems (refused). */
export function loadStacks(
  instance: Instance,
  engine: Engine,
  source: StackSource,
  options: PlanOptions,
): Promise<Desired> {
  const parts = typeof source === 'string' || !isList(source) ? [source] : source
  const files = parts.filter((one) => typeof one === 'string')
  const objects = parts.filter((one) => typeof one !== 'string')
  return loadDesired({
    files,
    objects: objects.map((one) => ({ apiVersion: 'heropods/v1', kind: 'Stack', ...one })),
    mergedFiles: [],
    cwd: instance.cwd,
    variables: options.variables ?? {},
    variableFiles: options.variableFiles ?? [],
    profiles: options.profiles ?? [],
    environment: instance.host.environment,
    encryptionKey: engine.key,
    instanceId: instance.paths.id,
  })
}

const isList = (source: StackSource): source is readonly (string | Stack)[] => Array.isArray(source)

/** Plans stacks. Changes nothing. */
export async function planStacks(instance: Instance, source: StackSource, options: PlanOptions): Promise<StackPlan> {
  const { plan } = await instance.read((engine) => planWithEngine(instance, engine, source, options))
  return { plan, source, options }
}

const planWithEngine = async (
  instance: Instance,
  engine: Engine,
  source: StackSource,
  options: PlanOptions,
): Promise<Planned> =>
  engine.plan(await loadStacks(instance, engine, source, options), {
    targets: options.targets ?? [],
    deleteData: options.deleteData ?? false,
  })

/** Plans and applies stacks. A plan that was made before is applied only if it is still the same. */
export function applyStacks(
  instance: Instance,
  source: StackSource | StackPlan,
  options: ApplyOptions,
): Promise<RunResult> {
  return instance.write(async (engine) => {
    if (!isStackPlan(source)) return run(engine, await planWithEngine(instance, engine, source, options), options)
    const planned = await planWithEngine(instance, engine, source.source, source.options)
    requireSame(source.plan, planned.plan)
    return run(engine, planned, options)
  }, options.signal)
}

/** Removes stacks. The data of volumes stays unless `deleteData` is set. */
export function destroyStacks(
  instance: Instance,
  stacks: readonly string[],
  options: DestroyOptions,
): Promise<RunResult> {
  return instance.write(async (engine) => {
    await requireKnown(engine, stacks)
    const planned = await engine.planDestroy(stacks, {
      removalReason: reasons.removalAsked,
      deleteData: options.deleteData ?? false,
    })
    await engine.withEvents((store) => deleteWatchRecords(store, stacks))
    const result = await run(engine, planned, options)
    if (stacks.includes(libraryOwner)) await forgetDefinitions(instance.host, instance.paths)
    await engine.tearDownIfEmpty()
    return result
  }, options.signal)
}

/** Raises `unknown-stack` (refused). Definitions of programs that have never started are a stack without objects. */
async function requireKnown(engine: Engine, stacks: readonly string[]): Promise<void> {
  const { observations } = await engine.observe()
  const known = knownStacks(observations, (await recordedStacks(engine)).keys())
  const unknown = stacks.find((one) => !known.includes(one) && one !== libraryOwner)
  if (unknown !== undefined) throw unknownStackError(unknown, known)
}

export interface RollbackOptions extends RunOptions {
  /** The generation to return to. Default: for each stack the newest earlier one that was successful and differs. */
  readonly to?: number
  /** Only these stacks. */
  readonly stacks?: readonly string[]
}

/** Applies the state of an earlier generation. */
export function rollBack(instance: Instance, { to, stacks, ...options }: RollbackOptions): Promise<RunResult> {
  return instance.write(async (engine) => {
    const planned = await engine.planRollback({ ...(to !== undefined && { to }), ...(stacks && { stacks }) })
    await engine.withEvents((store) => rejectCurrentRevision(store, planned))
    return run(engine, planned, options)
  }, options.signal)
}

async function run(engine: Engine, planned: Planned, { signal, onProgress }: RunOptions): Promise<RunResult> {
  const { plan } = planned
  if (plan.steps.length === 0) return { generation: await engine.generation(), plan, unchanged: true }
  const failures: Diagnostic[] = []
  const { ok, interrupted } = await engine.apply(planned, {
    reporter: {
      report: (event) => {
        onProgress?.(event)
        if (event.type === 'step.finished' && event.outcome.status === 'failed') failures.push(event.outcome.error)
      },
    },
    drainSignal: signal ?? new AbortController().signal,
    announces: true,
  })
  if (interrupted) throw new HeroPodsError({ code: 'interrupted', message: 'The run was interrupted.' })
  if (!ok)
    throw new HeroPodsError(failures.length > 0 ? failures : [{ code: 'apply-failed', message: 'The run failed.' }])
  return { generation: await engine.generation(), plan, unchanged: false }
}
