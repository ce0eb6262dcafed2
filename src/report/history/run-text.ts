import { authorText, changedStacks, type Generation, type StepRecord } from '../../model/generation.ts'
import { stepVerb } from '../../model/plan.ts'
import { countOf } from '../../model/values/count.ts'
import { renderDiagnostic } from '../diagnostics.ts'
import { doneText, noteText, seconds, skippedText } from '../reporters.ts'
import type { Style } from '../style.ts'

export type RecordedRun = Pick<
  Generation,
  | 'generation'
  | 'time'
  | 'endedAt'
  | 'result'
  | 'stacks'
  | 'user'
  | 'via'
  | 'origin'
  | 'command'
  | 'commit'
  | 'steps'
  | 'omittedSteps'
  | 'failures'
>

const results: Readonly<Record<Generation['result'], string>> = {
  started: 'is running',
  done: 'is done',
  failed: 'failed',
  interrupted: 'was interrupted',
}

/** One recorded run: its result, its steps with their durations, and the errors of the failed steps. Pure. */
export function renderRun(run: RecordedRun, style: Style, cwd: string): string {
  const { steps, omittedSteps = 0, failures = [], result } = run
  const lines = steps?.map((step) => stepLines(step, style, cwd)) ?? []
  const errors = failures.map((one) => renderDiagnostic(one, style, 'error', cwd))
  // Failures of steps are shown with the steps.
  const ofVerification =
    result === 'failed' && errors.length > 0 && steps?.every((step) => step.result === 'done') === true
      ? ['It was applied but did not become healthy:', ...errors]
      : []
  const omitted =
    omittedSteps > 0
      ? [style.dim(`  and ${countOf(omittedSteps, 'more step')} that ${omittedSteps === 1 ? 'is' : 'are'} done`)]
      : []
  return [
    ...headLines(run, style),
    ...lines.flat(),
    ...omitted,
    ...(steps === undefined ? errors : ofVerification),
  ].join('\n')
}

function headLines(run: RecordedRun, style: Style): readonly string[] {
  const { generation, result, time, endedAt, command, steps } = run
  const paint = result === 'done' ? style.added : result === 'started' ? style.changed : style.error
  const duration = endedAt === undefined ? '' : ` after ${seconds(Date.parse(endedAt) - Date.parse(time))}`
  const names = changedStacks(run).join(', ')
  const unknown = steps === undefined && result === 'interrupted' ? ['Its steps are not recorded.'] : []
  return [
    `${style.bold(`Generation ${generation}`)}${names && ` of ${names}`} ${paint(results[result])}${duration}.`,
    style.dim(`${time.replace(/\.\d+Z$/, 'Z')}  ${authorText(run)}  ${command}`),
    ...unknown,
  ]
}

function stepLines({ address, result, durationMs, note, error, ...rest }: StepRecord, style: Style, cwd: string) {
  const duration = durationMs === null ? '' : ` ${style.dim(seconds(durationMs))}`
  switch (result) {
    case 'done':
      return [`${style.added('✓')} ${address} ${doneText(rest)}${duration}${noteText(note, style)}`]
    case 'failed':
      return [
        `${style.error('✗')} ${address} ${stepVerb(rest)} failed${duration}`,
        ...(error ? [renderDiagnostic(error, style, 'error', cwd)] : []),
      ]
    case 'skipped':
      return [`${style.warning('-')} ${address} ${skippedText(rest)}`]
    case 'unfinished':
      return [`${style.error('✗')} ${address} ${stepVerb(rest)} did not end: the run was killed`]
    case 'cancelled':
      return [`${style.warning('-')} ${address} not started`]
  }
}
