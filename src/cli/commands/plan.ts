import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { instancePaths, type Paths } from '../../host/files/paths.ts'
import type { Desired } from '../../model/desired.ts'
import { ExitCode } from '../../model/errors.ts'
import { sensitiveNames, valuesRedacted } from '../../model/sensitive.ts'
import type { Engine, Planned, PlanOptions } from '../../reconciler/engine.ts'
import { loadPlan, type PlanInputs, requireSame, savePlan } from '../../reconciler/plan/saved-plan.ts'
import { renderPlan } from '../../report/plan-text.ts'
import { type CarryOutOptions, carryOut, showWarnings } from '../carry-out.ts'
import { openTerminal, type Terminal } from '../context.ts'
import { forgetStacks, loadWithHeldBack } from '../held-back.ts'
import { loadStacks, planInputs, type StackOptions } from '../inputs.ts'
import { openEngine, showNotices, writing } from '../instance-session.ts'
import { durationOption } from '../options.ts'
import { planJson } from '../plan-json.ts'

export interface DiffOptions extends StackOptions {
  readonly exitCode?: boolean
  readonly out?: string
}

export interface ApplyOptions extends StackOptions, CarryOutOptions {}

export interface ApplyCommandOptions extends ApplyOptions {
  readonly allowMassDelete?: boolean
  readonly wait?: boolean
  readonly waitTimeout?: string
}

export interface DestroyOptions extends ApplyOptions {
  readonly all?: boolean
}

/** `heropods diff`: the plan, and nothing touched; with @GENERATION what differs between recorded ones. */
export async function diff(files: readonly string[], options: DiffOptions): Promise<number> {
  if (files.some((file) => file.startsWith('@')))
    return (await import('./generation-diff.ts')).diffGenerations(files, options)
  const terminal = openTerminal()
  const inputs = planInputs(files, options)
  const engine = await openEngine({ instance: inputs.instance, write: false })
  try {
    await noteOthers(engine, terminal)
    const desired = await loadStacks(inputs, engine, { writes: false })
    const { plan } = await engine.plan(desired, planOptions(inputs))
    if (options.out !== undefined && sensitiveNames(JSON.stringify(plan)).size > 0) await engine.keepKey()
    if (options.out !== undefined) await savePlan(resolve(options.out), withoutSecrets(inputs, desired), plan)
    if (options.json) terminal.print(JSON.stringify(planJson(plan)))
    else {
      showWarnings(plan.warnings, terminal)
      terminal.print(renderPlan(plan, terminal.style))
      if (options.out !== undefined)
        terminal.note(`Saved as ${options.out}: \`heropods apply ${options.out}\` applies exactly this.`)
    }
    return options.exitCode && plan.steps.length > 0 ? ExitCode.changes : ExitCode.done
  } finally {
    await engine.close()
    showNotices(engine.notices)
  }
}

/** `heropods apply`: plan, ask, apply. A saved plan is applied exactly, without asking. */
export async function apply(files: readonly string[], options: ApplyCommandOptions): Promise<number> {
  const timeout = durationOption('--wait-timeout', options.waitTimeout ?? '5m')
  const saved = files.length === 1 && files[0]?.endsWith('.json') ? await loadPlan(resolve(files[0])) : undefined
  const given = planInputs(saved ? [] : files, options)
  const inputs = saved ? { ...saved.inputs, variables: { ...saved.inputs.variables, ...given.variables } } : given
  // What cannot be read is refused before anything is opened on a host that has nothing of the instance yet.
  if (!existsSync(instancePaths(process.env, inputs.instance).data)) await loadStacks(inputs)
  let planned: Planned | undefined
  let paths: Paths | undefined
  const code = await writing({ ...options, instance: inputs.instance }, async (engine) => {
    paths = engine.paths
    const { desired, destroy } = options.allowMassDelete
      ? await loadWithHeldBack(engine, inputs)
      : { desired: await loadStacks(inputs, engine, { writes: true }), destroy: [] }
    planned = await engine.plan(desired, { ...planOptions(inputs), destroy })
    if (saved) requireSame(saved.plan, planned.plan)
    if (planned.plan.steps.length === 0 && inputs.targets.length === 0) await engine.concludeFailed(desired)
    return carryOut(engine, planned, options, {
      agreed: saved !== undefined,
      begins: () => forget(engine, destroy),
    })
  })
  if (!options.wait || planned === undefined || paths === undefined || code !== ExitCode.done) return code
  const { scope, secretValues } = planned.request
  const containers = [...scope.wanted.values()].filter((one) => one.kind === 'container').map((one) => one.address)
  const { awaitHealth } = await import('../await-health.ts')
  return awaitHealth(paths, containers, {
    timeout,
    json: options.json ?? false,
    conceal: (text) => valuesRedacted(text, secretValues),
  })
}

async function forget(engine: Engine, stacks: readonly string[]): Promise<void> {
  if (stacks.length > 0) showWarnings(await forgetStacks(engine, stacks), openTerminal())
}

/** `heropods destroy`: what stacks own goes, in reverse order; data stays unless asked otherwise. */
export async function destroy(stack: string | undefined, options: DestroyOptions): Promise<number> {
  const { stackNames } = await import('../stack-names.ts')
  const end = async (engine: Engine): Promise<number> => {
    const names = await stackNames(engine, stack, options)
    const planned = await engine.destroy(names, {
      removal: 'its removal was asked for',
      targets: options.target ?? [],
      deleteData: options.deleteData ?? false,
    })
    const begins = (): Promise<void> => (options.target?.length ? Promise.resolve() : forget(engine, names))
    const code = await carryOut(engine, planned, options, { begins })
    if (code !== ExitCode.done) return code
    await engine.retire()
    return code
  }
  return writing(options, end, { optionalRecords: true })
}

/** Sensitive values are given again when the plan is applied; other values make it stale. */
function withoutSecrets(inputs: PlanInputs, desired: Desired): PlanInputs {
  const secret = new Set(desired.stacks.flatMap((stack) => stack.sensitiveVariables))
  return {
    ...inputs,
    variables: Object.fromEntries(Object.entries(inputs.variables).filter(([name]) => !secret.has(name))),
  }
}

const planOptions = (inputs: PlanInputs): PlanOptions => ({ targets: inputs.targets, deleteData: inputs.deleteData })

/** A plan made while someone applies shows a moment in between: say so. */
async function noteOthers(engine: Engine, terminal: Terminal): Promise<void> {
  const holder = await engine.lockHolder()
  if (holder)
    terminal.note(
      `Another run is under way (\`${holder.command}\` of ${holder.user}, pid ${holder.pid}, since ${holder.since}): this plan shows a moment of it.`,
    )
}
