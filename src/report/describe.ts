import type { Change } from '../model/change.ts'
import { showable } from '../model/diff/showable.ts'
import { hostAccess } from '../model/kinds/host-access.ts'
import type { MakingStep, Plan } from '../model/plan.ts'
import { readableText } from '../model/values/content.ts'
import { visibleLine } from '../model/values/visible.ts'
import { containerFields, portText } from './kinds/container.ts'
import { imageFields } from './kinds/image.ts'
import { derivedChange, isDerived, networkFields } from './kinds/network.ts'
import { volumeFields } from './kinds/volume.ts'

/** Fields with their values; a field is left out where its value is undefined or empty. */
export type NewFields = readonly (readonly [string, unknown])[]

const longest = 100

/** A value of a plan for people, in one line. Pure. */
export function describeValue(value: unknown): string {
  if (value === undefined) return '(none)'
  const shown = showable(value)
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown)
  return visibleLine(text.length > longest ? `${text.slice(0, longest)}...` : text)
}

/** Path of a change in the words of the stack language: `/environment/PORT` is `environment.PORT`. */
export const describePath = (path: string): string =>
  visibleLine(
    path
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join('.'),
  )

/** Changes worth a line of their own: rules and files that follow from others are summed up. Pure. */
export function describeChanges(changes: readonly Change[]): readonly Change[] {
  const rest = changes.filter((change) => !isDerived(change)).map(changedLines)
  if (rest.length === changes.length) return rest
  return [...rest, derivedChange]
}

/** Of a text of several lines, those from the first that differs to the last. */
function changedLines(change: Change): Change {
  const [before, after] = [change.before, change.after].map((value) =>
    typeof value === 'string' ? readableText(value)?.split('\n') : undefined,
  )
  if (before === undefined || after === undefined)
    return { ...change, before: before?.join('\n') ?? change.before, after: after?.join('\n') ?? change.after }
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const part = (lines: readonly string[]): string | undefined =>
    lines.length - end > start ? lines.slice(start, lines.length - end).join('\n') : undefined
  return { ...change, path: `${change.path}, line ${start + 1}`, before: part(before), after: part(after) }
}

/** The fields of a new object that matter most to a reader, each as a text. Pure. */
export function describeNew(step: MakingStep): readonly (readonly [string, string])[] {
  return fieldsOf(step)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => [name, describeValue(value)] as const)
}

function fieldsOf(step: MakingStep): NewFields {
  switch (step.kind) {
    case 'network':
      return networkFields(step.spec)
    case 'image':
      return imageFields(step.spec)
    case 'volume':
      return volumeFields(step.spec)
    case 'container':
      return containerFields(step.spec)
  }
}

/** Bind mounts by which containers that this plan makes or changes reach the host itself. Pure. */
export const reachingTheHost = (plan: Plan): readonly string[] =>
  plan.steps.flatMap((step) =>
    step.kind !== 'container' || step.action === 'delete' || step.spec === undefined
      ? []
      : hostAccess(step.spec).map((text) => `${step.address} ${text}`),
  )

/** Published ports of containers that this plan makes or changes which the world can reach. Pure. */
export function worldReachable(plan: Plan): readonly string[] {
  return plan.steps.flatMap((step) => {
    if (step.kind !== 'container' || step.action === 'delete') return []
    return (step.spec?.ports ?? [])
      .filter((port) => !port.host_ip.startsWith('127.'))
      .map((port) => `${step.address} ${portText(port)}`)
  })
}
