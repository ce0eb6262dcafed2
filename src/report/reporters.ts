import type { Diagnostic } from '../model/errors.ts'
import type { StepRecord } from '../model/generation.ts'
import {
  addressIn,
  doneWord,
  type Event,
  effectOf,
  type Reporter,
  type Step,
  type StepEffect,
  type StepId,
  type StepOutcome,
  stepVerb,
} from '../model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import { redactedText } from '../model/tokens.ts'
import { mapStrings } from '../model/values/map-strings.ts'
import { renderDiagnostic } from './diagnostics.ts'
import { downloadText } from './images/image-text.ts'
import type { Style } from './style.ts'

/** Writes text; the command line uses standard output. */
export type Write = (text: string) => void

/** A reporter that draws on a terminal until it is closed. */
export interface ClosableReporter extends Reporter {
  /** Ends drawing. */
  close(): void
}

/** A step that is done, in words. Pure. */
export const doneText = (effect: StepEffect): string => (effect.reuses ? 'reused, data kept' : doneWord(effect))

/** A duration in seconds with one decimal. Pure. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)}s`

function outcomeLine(step: Step, outcome: StepOutcome, durationMs: number, style: Style): string {
  switch (outcome.status) {
    case 'done':
      return `${style.added('✓')} ${step.address} ${doneText(effectOf(step))} ${style.dim(seconds(durationMs))}${noteText(outcome.note, style)}`
    case 'failed':
      return `${style.error('✗')} ${step.address} ${stepVerb(effectOf(step))} failed`
    case 'skipped':
      return `${style.warning('-')} ${step.address} ${skippedText(outcome)}`
    case 'cancelled':
      return `${style.warning('-')} ${step.address} not started`
  }
}

/** A remark at the end of a line. Pure. */
export const noteText = (note: string | undefined, style: Style): string =>
  note === undefined ? '' : `  ${style.warning(note)}`

/** Why a step was skipped. Pure. */
export function skippedText({ because, becauseOfImages }: Pick<StepRecord, 'because' | 'becauseOfImages'>): string {
  if (because === undefined) return 'skipped'
  return becauseOfImages
    ? 'skipped: nothing is changed until all images are available'
    : `skipped: needs ${failedStep(because)}, which failed`
}

/** The object of a failed step, for a message. */
const failedStep = (id: StepId): string => addressIn(id) ?? id

function finishedLine(event: Event & { type: 'finished' }, style: Style): string {
  const isComplete = event.failed + event.skipped + event.cancelled === 0
  const time = seconds(event.durationMs)
  if (isComplete) return `${style.bold('Done:')} ${event.done === 1 ? '1 step' : `${event.done} steps`} in ${time}.`
  const parts = [
    `${event.done} done`,
    ...(event.failed > 0 ? [style.error(`${event.failed} failed`)] : []),
    ...(event.skipped > 0 ? [`${event.skipped} skipped`] : []),
    ...(event.cancelled > 0 ? [`${event.cancelled} not started`] : []),
  ]
  return `${style.bold('Apply incomplete:')} ${parts.join(', ')} (${time}).`
}

/** Writes one line per step, for logs and pipes. */
export function lineReporter(write: Write, style: Style, cwd: string): ClosableReporter {
  const failures: Failures = new Map()
  const mayShow = downloadLines()
  return {
    report(event) {
      for (const line of linesOf(event, { style, cwd, failures, mayShow })) write(`${line}\n`)
    },
    close: () => undefined,
  }
}

/** Failures that were printed: their text without the object's own name, and the object. */
type Failures = Map<string, ResourceAddress>

/** The lines of a failed step. The same failure of another replica is printed once. */
function failureLines(step: Step, error: Diagnostic, line: string, print: PrintContext): readonly string[] {
  const { name } = parseResourceAddress(step.address)
  const key = `${error.code} ${error.message.replaceAll(step.address, '').replaceAll(name, '')}`
  const same = print.failures.get(key)
  if (same !== undefined) return [`${line}, for the same reason as ${parseResourceAddress(same).name}`]
  print.failures.set(key, step.address)
  return [line, renderDiagnostic(error, print.style, 'error', print.cwd)]
}

type ProgressEvent = Event & { type: 'step.progress' }

const progressText = ({ message, download }: ProgressEvent): string =>
  download === undefined ? message : `${message}: ${downloadText(download)}`

/** Milliseconds between two lines about one download. */
const downloadLineMs = 10_000

/** Decides if a line may be printed: the state of a download changes all the time. A line that is the same as the last one is left out. `now`: milliseconds of a monotonic clock. */
export function downloadLines(now = () => performance.now()): (event: ProgressEvent) => boolean {
  const printed = new Map<ResourceAddress, { readonly at: number; readonly text: string }>()
  return (event) => {
    const [last, text] = [printed.get(event.address), progressText(event)]
    const isDue = last?.text !== text && now() - (last?.at ?? 0) >= downloadLineMs
    const isShown = event.download === undefined || isDue
    if (isShown) printed.set(event.address, { at: now(), text })
    return isShown
  }
}

interface PrintContext {
  readonly mayShow: (event: ProgressEvent) => boolean
  readonly style: Style
  readonly cwd: string
  readonly failures: Failures
}

function linesOf(event: Event, print: PrintContext): readonly string[] {
  switch (event.type) {
    case 'step.progress':
      return print.mayShow(event) ? [`  ${event.address}: ${progressText(event)}`] : []
    case 'step.finished': {
      const line = outcomeLine(event.step, event.outcome, event.durationMs, print.style)
      const { outcome, step } = event
      return outcome.status === 'failed' ? failureLines(step, outcome.error, line, print) : [line]
    }
    case 'finished':
      return [finishedLine(event, print.style)]
    default:
      return []
  }
}

/** Writes one JSON object per line. The plan contains the specs of steps; events do not. */
export function jsonReporter(write: Write): ClosableReporter {
  return {
    report(event) {
      const shown =
        event.type === 'step.started' || event.type === 'step.finished'
          ? { ...event, step: { id: event.step.id, address: event.step.address, action: event.step.action } }
          : event
      write(`${JSON.stringify(mapStrings(shown, redactedText))}\n`)
    },
    close: () => undefined,
  }
}

/** The part of a terminal that is redrawn. Finished steps are printed above it, running steps inside it. */
export interface RedrawnRegion {
  update(text: string): void
  /** Prints lines above the region. They are not redrawn. */
  persist(text: string): void
  done(): void
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const maxShown = 8

/** Redraws running steps ten times a second, with a time and the last message of each. */
export function redrawingReporter(region: RedrawnRegion, style: Style, cwd: string): ClosableReporter {
  const running = new Map<ResourceAddress, { step: Step; since: number; message: string }>()
  const failures: Failures = new Map()
  let [total, finished, frame] = [0, 0, 0]
  const draw = (): void => {
    frame = (frame + 1) % frames.length
    const now = Date.now()
    const lines = [...running.values()]
      .slice(0, maxShown)
      .map(
        ({ step, since, message }) =>
          `${style.changed(frames[frame] ?? '')} ${step.address} ${stepVerb(effectOf(step))} ${style.dim(`${seconds(now - since)} ${message}`)}`,
      )
    if (running.size > maxShown) lines.push(style.dim(`  and ${running.size - maxShown} more`))
    region.update([...lines, style.dim(`${finished} of ${total}`)].join('\n'))
  }
  const timer = setInterval(draw, 100).unref()
  return {
    report(event) {
      if (event.type === 'apply.started') total = event.steps
      if (event.type === 'step.started')
        running.set(event.step.address, { step: event.step, since: Date.now(), message: '' })
      if (event.type === 'step.progress') {
        const known = running.get(event.address)
        if (known) running.set(event.address, { ...known, message: progressText(event) })
        return draw()
      }
      if (event.type === 'step.finished') {
        running.delete(event.step.address)
        finished += 1
      }
      if (event.type === 'finished') {
        clearInterval(timer)
        region.done()
      }
      const lines = linesOf(event, { style, cwd, failures, mayShow: () => true })
      if (lines.length > 0) region.persist(lines.join('\n'))
      if (event.type !== 'finished') draw()
    },
    close() {
      clearInterval(timer)
      region.done()
    },
  }
}
