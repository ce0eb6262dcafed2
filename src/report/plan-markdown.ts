import { type Commit, commitText } from '../model/generation.ts'
import type { Plan } from '../model/plan.ts'
import { parseResourceAddress } from '../model/resource-address.ts'
import { countOf } from '../model/values/count.ts'
import { groupBy } from '../model/values/group-by.ts'
import { visibleLine } from '../model/values/visible.ts'
import { entriesOf } from './plan/entries.ts'
import { layOut } from './plan/layout.ts'
import { summaryLines } from './plan/summary/summary.ts'
import { makeStyle } from './style.ts'

/** The host of a plan and the instance on it. */
export interface PlanPlace {
  readonly host: string
  readonly instance: string
  /** The commit of the files; undefined: they are in no commit. */
  readonly commit?: Commit | undefined
}

/** A workflow finds its earlier comment by this line, which is not shown. Each instance of each host has its own. Pure. */
const commentMark = ({ host, instance }: PlanPlace): string =>
  `<!-- heropods diff ${named(host)} ${named(instance)} -->`

/** Names of a host can hold any byte; these characters have no meaning in Markdown or in a comment. */
const named = (name: string): string => name.replace(/[^\w.-]|--+/g, '_')

/** A text in which no character has a meaning in Markdown or HTML, and no name is mentioned. */
const plainText = (text: string): string =>
  visibleLine(text).replace(/[^\w\s.,:/"-]|_/g, (character) => `&#${character.codePointAt(0)};`)

/** GitHub accepts 65,536 characters in a comment. */
const maxCommentCharacters = 65_000
/** For the end of a comment that is cut. Characters. */
const reservedCharacters = 500

/**
 * A plan as Markdown for a comment on a pull request, at most 65,000 characters: the summary, then a section for each stack in the colours of
 * a diff. `place`: the heading names it, with the commit of the files. `render`: a plan as plain text, without values of environment variables. Pure.
 */
export function planMarkdown(plan: Plan, place: PlanPlace, render: (plan: Plan) => string): string {
  const { steps, summary, warnings } = plan
  const head = [
    commentMark(place),
    `### HeroPods plan: ${named(place.instance)} on ${named(place.host)}`,
    '',
    headline(plan),
    ...(place.commit ? ['', `Files of commit ${plainText(commitText(place.commit))}`] : []),
  ]
  const notes = warnings.map(({ message }) => visibleLine(message))
  const stacks = [...groupBy(steps, ({ address }) => parseResourceAddress(address).stack)]
  const sections: readonly (() => Section)[] = [
    ...(notes.length === 0 ? [] : [() => ({ title: `Warnings: ${notes.length}`, text: notes.join('\n') })]),
    ...stacks.map(
      ([stack, own]) =>
        () =>
          stackSection(stack, { ...plan, steps: own, summary: { ...summary, keep: 0 } }, render),
    ),
  ]
  return withSections(`${head.join('\n')}\n`, sections)
}

function stackSection(stack: string, part: Plan, render: (plan: Plan) => string): Section {
  const [counts = ''] = summaryOf(part.steps, part.summary)
  return { title: `<code>${stack}</code>: ${counts.replace(/\.$/, '')}`, text: diffColoured(render(part)) }
}

interface Section {
  readonly title: string
  readonly text: string
}

/** The sections as far as they fit. */
function withSections(head: string, sections: readonly (() => Section)[]): string {
  let text = head
  for (const [index, make] of sections.entries()) {
    const section = make()
    const room = maxCommentCharacters - reservedCharacters - text.length
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

function headline({ steps, summary }: Plan): string {
  if (steps.length === 0) return `**No changes.** The host matches the files (${countOf(summary.keep, 'object')}).`
  const [counts = '', ...rest] = summaryOf(steps, summary)
  return [`**${counts}**`, ...rest].join(' ')
}

/** As the plan words it, without its first word: `1 to create, 2 to restart; 5 unchanged.` */
function summaryOf(steps: Plan['steps'], summary: Plan['summary']): readonly string[] {
  const [counts = '', ...rest] = layOut(summaryLines(entriesOf(steps), summary), makeStyle(false), undefined).split(
    '\n',
  )
  return [counts.replace(/^Plan: /, ''), ...rest]
}
