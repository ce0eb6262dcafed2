import type { Plan, Step } from '../model/plan.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import { countOf } from '../model/values/count.ts'
import { type Entry, entriesOf } from './plan/entries.ts'
import { groupLines, linesWithoutName } from './plan/entry-lines.ts'
import { exposureLines } from './plan/exposure.ts'
import { type Group, groupEntries } from './plan/groups.ts'
import { layOut } from './plan/layout.ts'
import { emptyLine, type Line, line, span } from './plan/lines.ts'
import type { PlanTextOptions } from './plan/plan-options.ts'
import { summaryLines } from './plan/summary/summary.ts'

export type { OriginOf, PlanTextOptions } from './plan/plan-options.ts'

/** From this number on, new objects are shown in one line each. */
const manyNew = 5

/** A plan as text: each object with its changes, then the summary, and the containers that other machines can reach. Pure. */
export function renderPlan(plan: Plan, options: PlanTextOptions): string {
  const { style, width } = options
  if (plan.steps.length === 0) return `${style.bold('No changes.')} ${matching(plan.summary.keep)}`
  const entries = entriesOf(plan.steps)
  const { lines, isShort } = stepLines(entries, options)
  const hint =
    isShort && options.hints !== false ? [line(0, span('--full shows every field of new objects.', 'dim'))] : []
  return layOut(
    [emptyLine, ...lines, ...summaryLines(entries, plan.summary), ...hint, ...exposureLines(plan)],
    style,
    width,
  )
}

const matching = (objects: number): string =>
  objects === 0 ? 'There is nothing to remove.' : `The host matches the files (${countOf(objects, 'object')}).`

/** Steps as in a plan, without its summary. Pure. */
export const renderSteps = (steps: readonly Step[], options: PlanTextOptions): string =>
  layOut([emptyLine, ...stepLines(entriesOf(steps), options).lines], options.style, options.width)

function stepLines(
  entries: readonly Entry[],
  options: PlanTextOptions,
): { readonly lines: readonly Line[]; readonly isShort: boolean } {
  const addresses = new Set(entries.map(({ step }) => step.address))
  const view = { ...options, isInPlan: (address: ResourceAddress) => addresses.has(address) }
  const groups = groupEntries(entries, (entry) => linesWithoutName(entry, view))
  const isShort = !options.full && groups.filter(isNewGroup).length >= manyNew
  return { lines: groupLines(groups, view, isShort), isShort }
}

const isNewGroup = ({ first }: Group): boolean => first.effect === 'create' || first.effect === 'reuse'
