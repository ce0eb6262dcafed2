import { createInterface } from 'node:readline/promises'
import { ExitCode, type RecordedDiagnostic, refuse } from '../model/errors.ts'
import type { Engine, Planned } from '../reconciler/engine.ts'
import { renderDiagnostic } from '../report/diagnostics.ts'
import { renderPlan } from '../report/plan-text.ts'
import { type ClosableReporter, jsonReporter, lineReporter, liveReporter } from '../report/reporters.ts'
import { type CommonOptions, openTerminal, type Terminal } from './context.ts'
import type { WriteOptions } from './instance-session.ts'
import { interruptible } from './interruptible.ts'

export interface CarryOutOptions extends WriteOptions {
  readonly yes?: boolean
}

/**
 * Shows a plan, asks where someone can answer, applies it, and answers the exit code. `agreed`: nobody needs to be asked. `begins`:
 * what is to be done once it is agreed on, before anything else.
 */
export async function carryOut(
  engine: Engine,
  planned: Planned,
  options: CarryOutOptions,
  { agreed = false, begins }: { readonly agreed?: boolean; readonly begins?: () => Promise<void> } = {},
): Promise<number> {
  const terminal = openTerminal()
  const { plan } = planned
  if (!options.json) {
    showWarnings(plan.warnings, terminal)
    terminal.print(renderPlan(plan, terminal.style))
  }
  if (plan.steps.length === 0) {
    await begins?.()
    await engine.maintain(planned.snapshot)
    if (planned.snapshot.resources.size > 0) engine.keepServer()
    if (options.json)
      terminal.print(JSON.stringify({ type: 'finished', done: 0, failed: 0, skipped: 0, cancelled: 0, durationMs: 0 }))
    return ExitCode.done
  }
  const no = agreed ? undefined : await refusal(engine, options, terminal)
  if (no !== undefined) return no
  await begins?.()
  await engine.maintain(planned.snapshot)
  const { stop, abort, release } = interruptible(terminal)
  const reporter = await chooseReporter(options, terminal)
  try {
    const result = await engine.apply(planned, { reporter, signal: stop, abort, announces: true })
    if (result.interrupted) return ExitCode.interrupted
    return result.ok ? ExitCode.done : ExitCode.failed
  } finally {
    reporter.close()
    release()
  }
}

/** Asks where someone can answer. undefined: yes; else the exit code of a no. */
async function refusal(engine: Engine, options: CarryOutOptions, terminal: Terminal): Promise<number | undefined> {
  if (options.yes || isYes(process.env.HEROPODS_YES)) return undefined
  if (!process.stdin.isTTY || options.json)
    throw refuse({
      code: 'not-agreed',
      message: 'Nothing was changed: nobody can be asked here.',
      hint: 'Give --yes, set HEROPODS_YES=1, or apply a saved plan.',
    })
  // Others need not wait for an answer: what is free is looked at again after it.
  await engine.releaseClaims()
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

async function chooseReporter(options: CommonOptions, terminal: Terminal): Promise<ClosableReporter> {
  if (options.json) return jsonReporter(terminal.print)
  if (!terminal.live) return lineReporter(terminal.print, terminal.style, terminal.cwd)
  const { createLogUpdate } = await import('log-update')
  const log = createLogUpdate(process.stdout)
  const region = {
    update: (text: string) => log(terminal.shown(text)),
    persist: (text: string) => log.persist(terminal.shown(text)),
    done: () => log.clear(),
  }
  return liveReporter(region, terminal.style, terminal.cwd)
}

export const showWarnings = (warnings: readonly RecordedDiagnostic[], terminal: Terminal): void => {
  for (const one of warnings) terminal.note(renderDiagnostic(one, terminal.style, 'warning', terminal.cwd))
}
