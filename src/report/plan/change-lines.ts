import { contentSummary, readableText } from '../../model/values/content.ts'
import type { Item } from './fields/item.ts'
import { lineDiff } from './line-diff.ts'
import { type Line, line, type Span, span, type Tone } from './lines.ts'
import { shortPair, shortText, shownText } from './shown-text.ts'
import type { ItemChange } from './spec-items.ts'

/** How the changes of one entry of a plan are shown. */
export interface ChangeView {
  readonly showValues: boolean
  /** The objects of the entry differ in their addresses, which are left out. */
  readonly isGroup: boolean
  /** The text at the end of a line, for the cost of a change and the origin of a field. */
  readonly ending: (item: ItemChange) => readonly Span[]
}

const indent = 6

/** The lines of one changed value. Pure. */
export function changeLines(change: ItemChange, view: ChangeView): readonly Line[] {
  const { before, after } = change
  const end = view.ending(change)
  if (before === undefined) return after === undefined ? [] : [sole('+', 'added', after, view, end)]
  if (after === undefined)
    return before.absent === undefined
      ? [sole('-', 'removed', before, view, end)]
      : [changed(before, { ...before, text: before.absent }, view, end)]
  return [
    ...(textOf(before, view) === textOf(after, view) && before.content !== undefined
      ? []
      : [changed(before, after, view, end)]),
    ...contentLines(before, after, end),
  ]
}

/** Objects of their own with a name; the names of other fields are keys of a stack file. */
const named = ['config', 'secret', 'member']

function labelOf({ field, name }: Item): string {
  if (name === undefined) return field
  return `${field}${named.includes(field) ? ' ' : '.'}${shownText(name)}`
}

const textOf = ({ text, groupText }: Item, { isGroup }: ChangeView): string => (isGroup ? (groupText ?? text) : text)

function sole(sign: '+' | '-', tone: Tone, item: Item, view: ChangeView, end: readonly Span[]): Line {
  const text = item.isHidden && !view.showValues ? '' : shortText(textOf(item, view))
  return line(indent, span(sign, tone), ` ${labelOf(item)}${text === '' ? '' : `: ${text}`}`, ...end)
}

function changed(before: Item, after: Item, view: ChangeView, end: readonly Span[]): Line {
  const [old, now] = shortPair(textOf(before, view), textOf(after, view))
  const isHidden = (after.isHidden === true && !view.showValues) || old === now
  const hidden = view.isGroup && after.groupChange !== undefined ? after.groupChange : 'value changed'
  const value = isHidden ? hidden : `${old || "''"} -> ${now || "''"}`
  return line(indent, span('~', 'changed'), ` ${labelOf(after)}: ${value}`, ...end)
}

/** The changed lines of a config; of a secret, and of a config that is not a text, only that it changed. */
function contentLines(before: Item, after: Item, end: readonly Span[]): readonly Line[] {
  if (after.content === undefined || before.content === after.content) return []
  const [old, now] = [readableText(before.content ?? ''), readableText(after.content)]
  const label = `${labelOf(after)} (${shownText(after.bracketText ?? after.text)})`
  const head = (text: string): Line => line(indent, span('~', 'changed'), ` ${label}: ${text}`, ...end)
  const isSecret = after.field === 'secret'
  if (isSecret || old === undefined || now === undefined)
    return [head(`content changed${isSecret ? '' : sizes(before, after)}`)]
  const rows = lineDiff(old, now).map(({ sign, text }) => ({ sign, text: shortText(text) }))
  if (rows.length === 0) return [head('content changed')]
  return [
    head('content changed'),
    ...rows.map(({ sign, text }) =>
      sign === '@' ? line(indent + 4, span(text, 'dim')) : line(indent + 4, span(`${sign}${text}`, tones[sign])),
    ),
  ]
}

const tones = { ' ': 'plain', '-': 'removed', '+': 'added' } as const

function sizes(before: Item, after: Item): string {
  const [old, now] = [before, after].map(({ content }) => contentSummary(content ?? ''))
  return old === undefined || now === undefined ? '' : `, ${old} -> ${now}`
}
