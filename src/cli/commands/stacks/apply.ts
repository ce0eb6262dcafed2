import { resolve } from 'node:path'
import { existsSync } from '../../../host/caller-files.ts'
import { instancePaths, type Paths } from '../../../host/files/paths.ts'
import { ExitCode } from '../../../model/errors.ts'
import { valuesRedacted } from '../../../model/sensitive.ts'
import type { Engine, Planned } from '../../../reconciler/engine.ts'
import { loadPlan, type PlanInputs, requireSame } from '../../../reconciler/plan/saved-plan.ts'
import { type ConfirmOptions, confirmAndApply } from '../../confirm-and-apply.ts'
import { withWriterEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { durationOption } from '../../options.ts'
import { loadStacks, planInputs, planOptions, type StackOptions } from '../../stack-inputs.ts'
import { forgetStacks, loadWithHeldBack, type MassDeletion } from './held-back-stacks.ts'

export interface ApplyOptions extends StackOptions, ConfirmOptions {}

export interface ApplyCommandOptions extends ApplyOptions {
  readonly allowMassDelete?: boolean
  /** Default: true. */
  readonly verify?: boolean
  readonly wait?: boolean
  readonly waitTimeout?: string
}

type SavedPlan = Awaited<ReturnType<typeof loadPlan>>

/** Starts count as done at once. */
const unverified = { runtimeOptions: { stableMs: 0 } }

/** `heropods apply`: plans, asks and applies. A saved plan is applied exactly as it is, without a question. */
export async function apply(files: readonly string[], options: ApplyCommandOptions): Promise<number> {
  const timeout = durationOption('--wait-timeout', options.waitTimeout ?? '5m')
  const saved = files.length === 1 && files[0]?.endsWith('.json') ? await loadPlan(resolve(files[0])) : undefined
  const inputs = applyInputs(files, options, saved)
  // On a host without this instance, invalid files are refused before anything is created.
  if (!existsSync(instancePaths(localHost.environment, inputs.instance).data)) await loadStacks(inputs)
  let planned: Planned | undefined
  let paths: Paths | undefined
  let generation = 0
  const act = async (engine: Engine): Promise<number> => {
    paths = engine.paths
    const { desired, destroy, commit } = await loadInputs(engine, inputs, options)
    planned = await engine.plan(desired, { ...planOptions(inputs), destroy, ...(commit && { commit }) })
    if (saved) requireSame(saved.plan, planned.plan)
    if (planned.plan.steps.length === 0 && inputs.targets.length === 0) await engine.concludeFailed(desired)
    const ended = await confirmAndApply(engine, planned, options, {
      confirmed: saved !== undefined,
      stacks: desired.stacks,
      beforeApply: () => forgetStacks(engine, destroy),
    })
    if (options.wait) generation = await engine.generation()
    return ended
  }
  const writeOptions = { ...options, instance: inputs.instance }
  const code = await withWriterEngine(writeOptions, act, options.verify === false ? unverified : {})
  if (!options.wait || planned === undefined || paths === undefined || code !== ExitCode.done) return code
  const { secretValues } = planned.request
  return waitForContainers(paths, planned, timeout, options).catch(async (error: unknown) => {
    const { recordNotHealthy } = await import('./record-not-healthy.ts')
    throw await recordNotHealthy(error, {
      options: { ...options, instance: inputs.instance },
      generation,
      secretValues,
    })
  })
}

function applyInputs(files: readonly string[], options: ApplyCommandOptions, saved: SavedPlan | undefined): PlanInputs {
  const typed = planInputs(saved ? [] : files, options, { acceptsUrl: options.allowMassDelete === true })
  return saved ? { ...saved.inputs, variables: { ...saved.inputs.variables, ...typed.variables } } : typed
}

async function loadInputs(
  engine: Engine,
  inputs: PlanInputs,
  { allowMassDelete }: ApplyCommandOptions,
): Promise<MassDeletion> {
  if (allowMassDelete) return loadWithHeldBack(engine, inputs, { writes: true })
  return { desired: await loadStacks(inputs, engine, { writes: true }), destroy: [] }
}

async function waitForContainers(
  paths: Paths,
  { request }: Planned,
  timeout: number,
  { json = false }: ApplyOptions,
): Promise<number> {
  const { scope, secretValues } = request
  const containers = [...scope.desired.values()].filter((one) => one.kind === 'container').map((one) => one.address)
  const { waitUntilHealthy } = await import('./wait-until-healthy.ts')
  const redact = (text: string): string => valuesRedacted(text, secretValues)
  return waitUntilHealthy(paths, containers, { timeout, json, redact })
}
