import type { Change } from '../../model/change.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { ageText } from '../../model/values/age.ts'
import { visibleLine } from '../../model/values/visible.ts'
import { changeLines } from './change-lines.ts'
import { creationLines, creationSummary } from './creation-lines.ts'
import type { Effect, Entry } from './entries.ts'
import type { Group } from './groups.ts'
import { hostNamesText } from './host-names.ts'
import { emptyLine, type Line, line, type Span, span, type Tone } from './lines.ts'
import { memberText } from './member-text.ts'
import { shortAddresses } from './names.ts'
import type { PlanTextOptions } from './plan-options.ts'
import { type ItemChange, specChanges } from './spec-items.ts'

interface Look {
  readonly sign: string
  readonly tone: Tone
  readonly text: string
}

const looks: Readonly<Record<Effect, Look>> = {
  create: { sign: '+', tone: 'added', text: 'create' },
  reuse: { sign: '+', tone: 'added', text: 'reuse, data kept' },
  update: { sign: '~', tone: 'changed', text: 'update' },
  members: { sign: '~', tone: 'dim', text: 'update members' },
  restart: { sign: '-/+', tone: 'removed', text: 'restart in a new process' },
  start: { sign: '~', tone: 'changed', text: 'start in a new process' },
  rerun: { sign: '~', tone: 'changed', text: 'runs again in a new process' },
  replace: { sign: '-/+', tone: 'removed', text: 'replace: delete, then create' },
  delete: { sign: '-', tone: 'removed', text: 'delete' },
  erase: { sign: '-', tone: 'removed', text: 'delete, ERASES ITS DATA' },
  release: { sign: '-', tone: 'changed', text: 'release, data kept' },
}

export interface EntryView extends Omit<PlanTextOptions, 'style' | 'width'> {
  /** True for an object with an entry of its own, which shows its address and ports. Default: none has. */
  readonly isInPlan?: (address: ResourceAddress) => boolean
}

const isNew = ({ effect }: Entry): boolean => effect === 'create' || effect === 'reuse'
const isRemoval = ({ effect }: Entry): boolean => effect === 'delete' || effect === 'erase' || effect === 'release'

/** The objects of a plan. `isShort`: a new object is one line, and the values of all these lines begin in one column. Pure. */
export function groupLines(groups: readonly Group[], view: EntryView, isShort: boolean): readonly Line[] {
  const column = shortColumn(groups.filter(({ first }) => isShort && isNew(first)))
  return groups.flatMap((group, index) => {
    const lines = isShort && isNew(group.first) ? [shortLine(group, view, column)] : detailedLines(group, view)
    const next = groups[index + 1]
    const isTight = next !== undefined && isCompact(group, lines, isShort) && isCompactKind(next.first, isShort)
    return isTight ? lines : [...lines, emptyLine]
  })
}

const isCompact = ({ first }: Group, lines: readonly Line[], isShort: boolean): boolean =>
  lines.length === 1 && isCompactKind(first, isShort)

const isCompactKind = (entry: Entry, isShort: boolean): boolean =>
  (isShort && isNew(entry)) || ['delete', 'erase', 'release', 'members'].includes(entry.effect)

/** Between a value and its origin. */
const gap = '  '

/** The widest address that has its values in the common column. */
const maxAddressColumns = 40
const firstColumn = 4

const shortColumn = (groups: readonly Group[]): number =>
  firstColumn + 2 + Math.max(0, ...groups.map((one) => labelOf(one).length).filter((size) => size <= maxAddressColumns))

const labelOf = ({ entries }: Group): string => shortAddresses(entries.map(({ step }) => step.address))

function shortLine(group: Group, view: EntryView, column: number): Line {
  const { effect, step, reason } = group.first
  const { sign, tone, text } = looks[effect]
  const label = labelOf(group)
  const isGroup = group.entries.length > 1
  const values = creationSummary(step, { showValues: false, full: false, isGroup })
  const all = [...(effect === 'reuse' ? [text] : []), ...(values === '' ? [] : [values])].join('; ')
  const ending = [reasonSpan(reason), ...originSpans(group.first, '', view)].filter((one) => one !== undefined)
  return {
    ...line(
      2,
      span(sign, tone),
      ' ',
      span(label, 'bold'),
      `${' '.repeat(Math.max(2, column - firstColumn - label.length))}${all}`,
      // Without values the ending begins in their column.
      ...(all === '' ? ending.slice(ending[0]?.text === gap ? 1 : 0) : ending),
    ),
    hang: column,
  }
}

const reasonSpan = (reason: string | undefined): Span | undefined =>
  reason === undefined ? undefined : span(` (${visibleLine(reason)})`, 'dim')

function originSpans({ step }: Entry, path: string, { originOf }: EntryView): readonly Span[] {
  const origin = originOf?.(step.address, path)
  return origin === undefined ? [] : [span(gap), span(visibleLine(origin), 'dim')]
}

/**
 * The file and line of a change. A removed value has those of its object, unless another value of the field replaces it. A value that
 * HeroPods derives has none.
 */
function changeOrigin(entry: Entry, change: ItemChange, all: readonly ItemChange[], view: EntryView): readonly Span[] {
  const { before, after } = change
  const object = view.originOf?.(entry.step.address, '')
  if (after === undefined) {
    const isReplaced = all.some((one) => one.after !== undefined && one.after.field === before?.field)
    return isReplaced ? [] : originSpans(entry, '', view)
  }
  const pointer = isNewContent(change) ? `${after.pointer}/content` : after.pointer
  const isDerived = after.isDerived === true && view.originOf?.(entry.step.address, pointer) === object
  return isDerived ? [] : originSpans(entry, pointer, view)
}

/** True if only the content of a config or secret changes. */
const isNewContent = ({ before, after }: ItemChange): boolean =>
  before?.content !== undefined && after?.content !== before.content && after?.text === before.text

/** One object, or several with equal changes: the first line, and a line for each change. Pure. */
export function detailedLines(group: Group, view: EntryView): readonly Line[] {
  const { first } = group
  if (first.effect === 'members') return [memberLine(labelOf(group), first.step, view)]
  const { sign, tone } = looks[first.effect]
  const head = line(
    2,
    span(sign, tone),
    ' ',
    span(labelOf(group), 'bold'),
    '  ',
    span(effectText(first), tone),
    reasonSpan(first.reason),
    ...(isNew(first) || isRemoval(first) ? originSpans(first, '', view) : []),
  )
  return [head, ...bodyLines(first, view, group.entries.length > 1)]
}

/** The lines of an object in a group, without its name: objects with equal ones are one group. Pure. */
export const linesWithoutName = (entry: Entry, view: EntryView): readonly Line[] =>
  entry.effect === 'members' ? [memberLine('', entry.step, view)] : bodyLines(entry, view, true)

/** The effect of a plan on an object, in a few words. Pure. */
export function effectText({ effect, step }: Entry): string {
  const { text } = looks[effect]
  const isContainer = step.kind === 'container'
  if (effect === 'rerun' && step.action === 'create') return 'runs again'
  if (effect === 'update' && isContainer) return `${text}, process untouched`
  const changesAddress = step.changes.some(({ path }) => /^\/network(s|_mode)(\/|$)/.test(path))
  return ['restart', 'start', 'rerun'].includes(effect) && !changesAddress ? `${text} (address kept)` : text
}

/** The changes of a network that follow from other changes of the plan. */
function memberLine(label: string, step: Entry['step'], view: EntryView): Line {
  const { sign, tone, text } = looks.members
  const members = memberText(specChanges(step).items, (item) => isShownElsewhere(item, view))
  const effect = members === '' ? hostsText(step) : `${text}: ${members}`
  return line(2, span(sign, tone), ' ', span(label, 'bold'), '  ', span(effect, tone))
}

/** Members of two networks see the names of both: their hosts files change with the members of the other network. */
function hostsText({ changes }: Entry['step']): string {
  const names = hostNamesText(changes)
  return names === '' ? 'update hosts files' : `update host names: ${names}`
}

/** The lines below the first one. Pure. */
export function bodyLines(entry: Entry, view: EntryView, isGroup: boolean): readonly Line[] {
  const { step } = entry
  const showValues = view.showValues ?? false
  if (isNew(entry)) return creationLines(step, { showValues, full: view.full ?? false, isGroup })
  if (isRemoval(entry)) return []
  const { items: all, others } = specChanges(step)
  const items = all.filter((item) => !isShownElsewhere(item, view))
  // A replacement for a reason of its own is not the cost of one of these changes.
  const isMixed = entry.reason === undefined && new Set([...items, ...step.changes].map((one) => one.class)).size > 1
  const ending = (change: ItemChange): readonly Span[] => [
    ...(isMixed ? costSpans(change) : []),
    ...changeOrigin(entry, change, items, view),
  ]
  return [
    ...step.changes.flatMap((change) => observedLines(change, view)),
    ...items.flatMap((change) => changeLines(change, { showValues, isGroup, ending })),
    ...others.map((field) => line(6, span('~', 'changed'), ` ${field}: order changed`)),
  ]
}

/** True for a member of a network whose container is in the plan, with the address that the network would repeat. */
function isShownElsewhere({ before, after }: ItemChange, { isInPlan, full }: EntryView): boolean {
  const container = (after ?? before)?.follows
  return full !== true && container !== undefined && isInPlan?.(container) === true
}

const costs = { live: undefined, recreate: 'needs the restart', replace: 'needs the replacement' } as const

function costSpans({ class: cost }: ItemChange): readonly Span[] {
  const text = costs[cost]
  return text === undefined ? [] : [span('  '), span(`[${text}]`, 'dim')]
}

/** Drift, and the earlier name of a container. */
function observedLines({ path, before, drift, since }: Change, { now }: EntryView): readonly Line[] {
  const note = (text: string): readonly Line[] => [line(6, span('!', 'changed'), ` ${visibleLine(text)}`)]
  if (drift !== undefined)
    return note(since === undefined || now === undefined ? drift : `${drift}, ${ageText(since, new Date(now))}`)
  return path === '/name' && typeof before === 'string' ? note(`was called ${before}`) : []
}
