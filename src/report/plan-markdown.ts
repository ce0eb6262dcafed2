import { parseAddress } from '../model/address.ts'
import type { Change } from '../model/change.ts'
import type { Plan, Step } from '../model/plan.ts'
import { groupBy } from '../model/values/group-by.ts'
import { visibleLine } from '../model/values/visible.ts'

/** A workflow finds its earlier comment by this line, which is not shown. */
export const commentMark = '<!-- heropods diff -->'

/** GitHub accepts 65,536 characters in a comment. */
const longestComment = 65_000
/** For the end of a comment that is cut. Characters. */
const reserve = 500

const hidden = '(hidden)'

/**
 * A plan as Markdown for a comment on a pull request, at most 65,000 characters: the summary, then a section for each stack in the colours of
 * a diff. Values of environment variables are hidden. `render`: a plan as plain text. Pure.
 */
export function planMarkdown(plan: Plan, render: (plan: Plan) => string): string {
  const { steps, summary, warnings } = plan
  const head = [commentMark, '### HeroPods plan', '', summaryText(summary)]
  const notes = warnings.map(({ message }) => visibleLine(message))
  const stacks = [...groupBy(steps.map(withoutVariables), ({ address }) => parseAddress(address).stack)]
  const sections = [
    ...(notes.length === 0 ? [] : [{ title: `Warnings: ${notes.length}`, text: notes.join('\n') }]),
    ...stacks.map(([stack, own]) => {
      const part = { ...plan, steps: own, summary: summaryOf(own) }
      return { title: `<code>${stack}</code>: ${countsOf(part.summary)}`, text: diffColoured(render(part)) }
    }),
  ]
  return withSections(`${head.join('\n')}\n`, sections)
}

interface Section {
  readonly title: string
  readonly text: string
}

/** The sections as far as they fit. */
function withSections(head: string, sections: readonly Section[]): string {
  let text = head
  for (const [index, section] of sections.entries()) {
    const room = longestComment - reserve - text.length
    const added = sectionText(section)
    if (added.length > room) return text + sectionText(cut(section, room)) + leftOut(sections.length - index - 1)
    text += added
  }
  return text
}

const sectionText = ({ title, text }: Section): string => {
  const fence = fenceFor(text)
  return `\n<details><summary>${title}</summary>\n\n${fence}diff\n${text}\n${fence}\n\n</details>\n`
}

/** A fence that the text does not contain, so that nothing in it can end the block. */
const fenceFor = (text: string): string =>
  '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)))

/** The first lines of a section that fit. */
function cut({ title, text }: Section, room: number): Section {
  const lines = text.split('\n')
  const overhead = sectionText({ title, text: '' }).length + 2 * fenceFor(text).length
  let length = overhead
  const kept = lines.filter((line) => {
    length += line.length + 1
    return length <= room
  })
  return { title, text: [...kept, `  ... ${lines.length - kept.length} more lines: run heropods diff`].join('\n') }
}

const leftOut = (count: number): string =>
  count === 0
    ? ''
    : `\n${count} more ${count === 1 ? 'section does' : 'sections do'} not fit here: run \`heropods diff\`.\n`

/** Markdown colours a line by its first character: `+` green, `-` red, `!` orange. A recreate or an update is orange. Pure. */
export const diffColoured = (text: string): string =>
  text
    .replace(/^\n+|\n+$/g, '')
    .split('\n')
    .map((line) => {
      const [, indent = '', mark = '', rest = ''] = /^( *)(-\/\+|[-+~±!]) (.*)$/.exec(line) ?? []
      if (mark === '') return line.startsWith(' ') || line === '' ? line : ` ${line}`
      const sign = mark === '+' || mark === '-' ? mark : '!'
      return `${sign}${indent.slice(1)} ${mark === sign ? '' : `${mark} `}${rest}`
    })
    .join('\n')

function withoutVariables(step: Step): Step {
  const changes = step.changes.map((change): Change => {
    if (!change.path.startsWith('/environment')) return change
    return {
      ...change,
      ...(change.before !== undefined && { before: hidden }),
      ...(change.after !== undefined && { after: hidden }),
    }
  })
  return { ...step, changes }
}

type Summary = Plan['summary']

function summaryOf(steps: readonly Step[]): Summary {
  const count = (...actions: readonly Step['action'][]): number =>
    steps.filter(({ action }) => actions.includes(action)).length
  return {
    create: count('create'),
    update: count('update'),
    recreate: count('recreate'),
    delete: count('delete', 'release'),
    keep: 0,
  }
}

function summaryText(summary: Summary): string {
  const counts = countsOf(summary)
  return counts === ''
    ? `**No changes.** The host matches the files (${summary.keep} objects).`
    : `**${counts}**, ${summary.keep} unchanged.`
}

const countsOf = ({ create, update, recreate, delete: removed }: Summary): string =>
  [
    [create, 'create'],
    [update, 'update'],
    [recreate, 'recreate'],
    [removed, 'delete'],
  ]
    .flatMap(([count, verb]) => (count === 0 ? [] : [`${count} to ${verb}`]))
    .join(', ')
