import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { type Diagnostic, ExitCode, refuse } from '../errors.ts'
import type { Planned, PlanOptions } from '../reconciler/reconcile.ts'
import { applyPlan, makePlan } from '../reconciler/reconcile.ts'
import { loadPlan, type PlanInputs, requireSame, savePlan } from '../reconciler/saved-plan.ts'
import { openSession, type Session } from '../reconciler/session.ts'
import { renderDiagnostic } from '../report/diagnostics.ts'
import { renderPlan } from '../report/plan-text.ts'
import { type ClosableReporter, jsonReporter, lineReporter, liveReporter } from '../report/reporters.ts'
import type { Desired } from '../stack/desired.ts'
import { valuesConcealed } from '../stack/sensitive.ts'
import { type CommonOptions, openTerminal, type Terminal, typedCommand } from './context.ts'
import { loadStacks, planInputs, type StackOptions } from './inputs.ts'
import { durationOption } from './options.ts'
import { planJson } from './plan-json.ts'

export interface DiffOptions extends StackOptions {
  readonly exitCode?: boolean
  readonly out?: string
}

export interface ApplyOptions extends StackOptions {
  readonly yes?: boolean
  readonly lockTimeout?: string
}

export interface ApplyCommandOptions extends ApplyOptions {
  readonly wait?: boolean
  readonly waitTimeout?: string
}

export interface DestroyOptions extends ApplyOptions {
  readonly all?: boolean
}

/** `heropods diff`: the plan, and nothing touched. */
export async function diff(files: readonly string[], options: DiffOptions): Promise<number> {
  const terminal = openTerminal()
  const inputs = planInputs(files, options)
  const session = await openSession({
    environment: process.env,
    instance: inputs.instance,
    write: false,
    keepKey: options.out !== undefined,
    command: typedCommand(),
  })
  try {
    await noteOthers(session, terminal)
    const desired = await loadStacks(inputs, { ...session, writes: false })
    const { plan } = await makePlan(session, desired, planOptions(inputs))
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
    await session.close()
  }
}

/** `heropods apply`: plan, ask, apply. A saved plan is applied exactly, without asking. */
export async function apply(files: readonly string[], options: ApplyCommandOptions): Promise<number> {
  const timeout = durationOption('--wait-timeout', options.waitTimeout ?? '5m')
  const saved = files.length === 1 && files[0]?.endsWith('.json') ? await loadPlan(resolve(files[0])) : undefined
  const given = planInputs(saved ? [] : files, options)
  const inputs = saved ? { ...saved.inputs, variables: { ...saved.inputs.variables, ...given.variables } } : given
  const session = await writer(inputs.instance, options)
  let planned: Planned | undefined
  const code = await withSession(session, async () => {
    const desired = await loadStacks(inputs, { ...session, writes: true })
    planned = await makePlan(session, desired, planOptions(inputs))
    if (saved) requireSame(saved.plan, planned.plan)
    return carryOut(session, planned, options, saved !== undefined)
  })
  if (!options.wait || planned === undefined || code !== ExitCode.done) return code
  const { scope, vault } = planned.request
  const containers = [...scope.wanted.values()].filter((one) => one.kind === 'container').map((one) => one.address)
  const { awaitHealth } = await import('./await-health.ts')
  return awaitHealth(session.paths, containers, {
    timeout,
    json: options.json ?? false,
    conceal: (text) => valuesConcealed(text, vault),
  })
}

/** `heropods destroy`: what stacks own goes, in reverse order; data stays unless asked otherwise. */
export async function destroy(stack: string | undefined, options: DestroyOptions): Promise<number> {
  const { stackNames } = await import('./stack-names.ts')
  const session = await writer(options.instance, options)
  return withSession(session, async () => {
    const names = await stackNames(session, stack, options)
    const planned = await makePlan(
      session,
      { stacks: [], vault: new Map() },
      { destroy: names, targets: options.target ?? [], deleteData: options.deleteData ?? false },
    )
    const code = await carryOut(session, planned, options, false)
    if (code !== ExitCode.done) return code
    const { retireIfEmpty } = await import('../reconciler/retire.ts')
    await retireIfEmpty(session)
    return code
  })
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

const writer = (instance: string | undefined, options: ApplyOptions): Promise<Session> =>
  openSession({
    environment: process.env,
    ...(instance !== undefined && { instance }),
    write: true,
    ...(options.lockTimeout !== undefined && { lockTimeoutMs: durationOption('--lock-timeout', options.lockTimeout) }),
    command: typedCommand(),
  })

async function withSession(session: Session, act: () => Promise<number>): Promise<number> {
  try {
    return await act()
  } finally {
    await session.close()
  }
}

/** Shows a plan, asks where someone can answer, applies it. */
async function carryOut(session: Session, planned: Planned, options: ApplyOptions, agreed: boolean): Promise<number> {
  const terminal = openTerminal()
  const { plan } = planned
  if (!options.json) {
    showWarnings(plan.warnings, terminal)
    terminal.print(renderPlan(plan, terminal.style))
  }
  const upkeep = () =>
    session.registry.upkeep({ host: session.host(), paths: session.paths }, planned.snapshot.resources)
  if (plan.steps.length === 0) {
    await upkeep()
    if (options.json)
      terminal.print(JSON.stringify({ type: 'finished', done: 0, failed: 0, skipped: 0, cancelled: 0, durationMs: 0 }))
    return ExitCode.done
  }
  const no = agreed ? undefined : await refusal(options, terminal)
  if (no !== undefined) return no
  await upkeep()
  const stop = new AbortController()
  const abort = new AbortController()
  const release = onInterrupt(terminal, stop, abort)
  const reporter = await chooseReporter(options, terminal)
  try {
    const result = await applyPlan(session, planned, { reporter, signal: stop.signal, abort: abort.signal })
    if (result.interrupted) return ExitCode.interrupted
    return result.ok ? ExitCode.done : ExitCode.failed
  } finally {
    reporter.close()
    release()
  }
}

/** Asks where someone can answer. undefined: yes; else the exit code of a no. */
async function refusal(options: ApplyOptions, terminal: Terminal): Promise<number | undefined> {
  if (options.yes || isYes(process.env.HEROPODS_YES)) return undefined
  if (!process.stdin.isTTY || options.json)
    throw refuse({
      code: 'not-agreed',
      message: 'Nothing was changed: nobody can be asked here.',
      hint: 'Give --yes, set HEROPODS_YES=1, or apply a saved plan.',
    })
  const questions = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C and Ctrl-D close the question: that is no.
  const closed = new Promise<undefined>((done) => questions.once('close', () => done(undefined)))
  questions.once('SIGINT', () => questions.close())
  const asked = questions.question(`\n${terminal.style.bold('Do this?')} Only "yes" is taken: `).catch(() => undefined)
  const answer = await Promise.race([asked, closed])
  questions.close()
  if (answer?.trim() === 'yes') return undefined
  terminal.note(answer === undefined ? '\nNothing was changed.' : 'Nothing was changed.')
  return answer === undefined ? ExitCode.interrupted : ExitCode.refused
}

const isYes = (value: string | undefined): boolean =>
  !['', '0', 'false', 'no', 'off'].includes((value ?? '').toLowerCase())

/** The first Ctrl-C starts no further step and waits for those under way; the second ends them too. */
function onInterrupt(terminal: Terminal, stop: AbortController, abort: AbortController): () => void {
  const handle = (): void => {
    if (stop.signal.aborted) return abort.abort()
    terminal.note(
      '\nStopping: steps under way are finished first. Press Ctrl-C again to end them too; the next apply completes what is left.',
    )
    stop.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, handle)
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, handle)
  }
}

async function chooseReporter(options: CommonOptions, terminal: Terminal): Promise<ClosableReporter> {
  if (options.json) return jsonReporter(terminal.print)
  if (!terminal.live) return lineReporter(terminal.print, terminal.style, terminal.cwd)
  const { createLogUpdate } = await import('log-update')
  const log = createLogUpdate(process.stdout)
  const region = { update: log, persist: (text: string) => log.persist(text), done: () => log.clear() }
  return liveReporter(region, terminal.style, terminal.cwd)
}

const showWarnings = (warnings: readonly Diagnostic[], terminal: Terminal): void => {
  for (const one of warnings) terminal.note(renderDiagnostic(one, terminal.style, 'warning', terminal.cwd))
}

/** A plan made while someone applies shows a moment in between: say so. */
async function noteOthers(session: Session, terminal: Terminal): Promise<void> {
  const holder = await session.lockHolder()
  if (holder)
    terminal.note(
      `Another run is under way (\`${holder.command}\` of ${holder.user}, pid ${holder.pid}, since ${holder.since}): this plan shows a moment of it.`,
    )
}
