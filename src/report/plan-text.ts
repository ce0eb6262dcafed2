import type { Address } from '../model/address.ts'
import type { Change } from '../model/change.ts'
import type { Plan, Step, StepAction } from '../model/plan.ts'
import { visibleLine } from '../model/values/visible.ts'
import {
  describeChanges,
  describeNew,
  describePath,
  describeValue,
  reachingTheHost,
  worldReachable,
} from './describe.ts'
import type { Style } from './style.ts'

const signs: Readonly<Record<StepAction, string>> = {
  create: '+',
  update: '~',
  recreate: '±',
  delete: '-',
  release: '-',
}

const effects: Readonly<Record<StepAction, string>> = {
  create: 'create',
  update: 'update, process untouched',
  recreate: 'recreate: new process, same namespace, address and MAC',
  delete: 'delete',
  release: 'release: its data stays',
}

/**
 * The place in the user's files that set a field, as in `shop.yaml:12`. `path` is a JSON pointer into the canonical spec, as in
 * `Change.path`; '' is the object itself. undefined: not known.
 */
export type OriginOf = (address: Address, path: string) => string | undefined

export interface PlanTextOptions {
  readonly style: Style
  /** Shown at the end of the line of each change and of each new object. Default: no origins. */
  readonly originOf?: OriginOf
}

/** A plan as text: each step with its reason and its changed fields, then the summary. */
export function renderPlan(plan: Plan, options: PlanTextOptions): string {
  const { style } = options
  if (plan.steps.length === 0)
    return `${style.bold('No changes.')} The host matches the stacks (${plan.summary.keep} objects).`
  const parts = [
    '',
    ...plan.steps.map((step) => renderStep(step, options)),
    renderSummary(plan, style),
    ...renderListed('Reachable from the world:', worldReachable(plan), style),
    ...renderListed('Reaching the host itself:', reachingTheHost(plan), style),
  ]
  return parts.join('\n')
}

function paint(action: StepAction, style: Style): (text: string) => string {
  if (action === 'create') return style.added
  return action === 'delete' || action === 'release' ? style.removed : style.changed
}

/** One step with its reason and its changed fields. */
export function renderStep(step: Step, options: PlanTextOptions): string {
  const { style } = options
  const origin = (path: string): string => originText(options, step, path)
  const color = paint(step.action, style)
  const effect = step.kind === 'container' ? effects[step.action] : step.action
  const replace = step.class === 'replace' ? ' (replace)' : ''
  const head = `  ${color(signs[step.action])} ${style.bold(visibleLine(step.address))}  ${color(effect + replace)}${step.destructive ? style.removed(', ERASES ITS DATA') : ''}${origin('')}`
  const lines = [head, `      ${style.dim(`because ${visibleLine(step.reason)}`)}`]
  if (step.action === 'create' && step.changes.length === 0)
    lines.push(...describeNew(step).map(([name, value]) => `      ${style.added('+')} ${name}: ${value}`))
  else lines.push(...describeChanges(step.changes).map((change) => renderChange(change, style) + origin(change.path)))
  return `${lines.join('\n')}\n`
}

function originText({ originOf, style }: PlanTextOptions, { address }: Step, path: string): string {
  const origin = originOf?.(address, path)
  return origin === undefined ? '' : `  ${style.dim(visibleLine(origin))}`
}

function renderChange(change: Change, style: Style): string {
  if (change.drift !== undefined) return `      ${style.changed('!')} on the host: ${visibleLine(change.drift)}`
  const path = describePath(change.path)
  const mark =
    change.before === undefined
      ? style.added('+')
      : change.after === undefined
        ? style.removed('-')
        : style.changed('~')
  const values = [change.before, change.after]
    .filter((value) => value !== undefined)
    .map(describeValue)
    .join(' -> ')
  return `      ${mark} ${path}: ${values}  ${style.dim(`[${change.class}]`)}`
}

function renderSummary({ summary }: Plan, style: Style): string {
  const { create, update, recreate, keep } = summary
  return `${style.bold('Plan:')} ${create} to create, ${update} to update, ${recreate} to recreate, ${summary.delete} to delete; ${keep} unchanged.`
}

const renderListed = (title: string, lines: readonly string[], style: Style): readonly string[] =>
  lines.length === 0 ? [] : [style.warning(title), ...lines.map((line) => `  ${visibleLine(line)}`)]
