import type { Origin } from '../../model/desired.ts'
import { shortCommit } from '../../model/generation.ts'
import { programOfStack } from '../../model/ownership.ts'
import type { Step } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import { ageText } from '../../model/values/age.ts'
import { visibleLine } from '../../model/values/visible.ts'
import { originText } from '../origin-text.ts'
import { changeTexts, stepTexts } from '../plan/step-text.ts'
import type { Style } from '../style.ts'
import { exitLines, killedLines, stateText } from './state-text.ts'
import type { WhyDependency, WhyFile, WhyStack, WhyView } from './why-view.ts'

/** The steps behind an explanation, which its text shows as a plan does. */
export interface WhySteps {
  /** The steps of the last change. */
  readonly last: readonly Step[]
  /** The difference of the applied spec from the recorded one; undefined: there is none. */
  readonly unapplied: Step | undefined
}

/** The explanation of one object. Pure. */
export function renderWhy(view: WhyView, steps: WhySteps, now: Date, style: Style): string {
  const plan = { now: now.getTime() }
  return [
    `${style.bold(visibleLine(view.address))}  ${stateText(view, style, now)}`,
    ...row('Health check', view.state?.healthOutput === undefined ? [] : [view.state.healthOutput]),
    ...row('Killed', killedLines(view, now)),
    ...row('Last exit', exitLines(view, now)),
    ...row(
      'Output',
      (view.output ?? []).map((line) => `| ${line}`),
    ),
    ...row('Stack', stackLines(view.stackState)),
    ...row(view.exists || view.absence || isDeclared(view) ? 'Set in' : 'Not in', originLines(view)),
    ...row('Last change', [...changeLines(view, now), ...stepTexts(steps.last, plan), ...errorLines(view)]),
    ...row('Not applied', unappliedLines(view, steps.unapplied ? changeTexts(steps.unapplied, plan) : [])),
    ...row('Drift', driftLines(view, steps)),
    ...row(
      'Waits for',
      view.waitsFor.map((one) => dependencyText(one, one.container)),
    ),
    ...row(
      'Needed by',
      view.neededBy.map((one) => dependencyText(one, view.address)),
    ),
  ].join('\n')
}

const row = (title: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(14)}${visibleLine(line)}`)

const stackLines = (state: WhyStack | undefined): readonly string[] => {
  if (state === undefined) return []
  const { status, message } = state
  // The message of a suspension begins with the word.
  return [message.startsWith(status) ? message : `${status}. ${message}`]
}

/** The explanation of a config or secret. Pure. */
export function renderWhyFile(file: WhyFile, style: Style): string {
  const { stack, kind, name, origin, changedFiles, readFrom, usedBy } = file
  const commit = readFrom?.commit && `commit ${shortCommit(readFrom.commit)}`
  const at = origin && commit && !changedFiles.includes(origin.file) ? ` at ${commit}` : ''
  const [user] = usedBy
  return [
    `${style.bold(visibleLine(`${stack}/${kind}/${name}`))}  ${kind} of stack ${stack}`,
    ...row('Set in', [
      origin ? `${originText(origin)}${at}` : 'unknown: no file of the last run declares it',
      ...changedFiles.map((changed) => `${changed} has changed since ${commit ?? 'the last run'}`),
    ]),
    ...row(
      'Used by',
      usedBy.map(({ container, target }) => `${container} as ${target}`),
    ),
    ...(user === undefined ? [] : row('Changes', [`\`heropods why ${user.container}\` shows the last change`])),
  ].join('\n')
}

/** True for an object that was removed, and that the file still declares. */
const isDeclared = ({ exists, absence, origin }: WhyView): boolean => !exists && !absence && origin?.line !== undefined

function originLines(view: WhyView): readonly string[] {
  const { address, origin, fields, changedFiles, readFrom } = view
  const commit = readFrom?.commit && `commit ${shortCommit(readFrom.commit)}`
  const folder = readFrom?.folder === undefined ? '' : ` ${readFrom.folder}`
  const hint = `\`heropods diff${folder}\` shows the plan`
  if (origin === null)
    return changedFiles.length === 0 ? [withoutFile(address)] : unreadable(changedFiles, commit, hint)
  const command = view.lastChange?.command
  const removedBy =
    isDeclared(view) && command ? `; removed by \`${command}\`, \`heropods apply\` creates it again` : ''
  // The line of a file that has changed is not that of the commit.
  const at = commit && !changedFiles.includes(origin.file) ? ` at ${commit}` : ''
  return [
    `${originText(origin)}${at}${removedBy}`,
    ...undoneLines(view),
    ...groupsByFile(fields, origin).map(([place, paths]) => `${place}: ${paths.join(', ')}`),
    ...changedFiles.map((file) => `${file} has changed since ${commit ?? 'the last run'}: ${hint}`),
  ]
}

/** The file of an undone change does not declare the object as it runs. */
function undoneLines({ readFrom }: WhyView): readonly string[] {
  if (readFrom?.undone === undefined) return []
  const commit = readFrom.commit === undefined ? '' : ` (commit ${shortCommit(readFrom.commit)})`
  const inPlace = readFrom.inPlace === undefined ? 'the generation before' : `generation ${readFrom.inPlace}`
  return [`generation ${readFrom.undone}${commit} was undone: ${inPlace} is in place, and it can differ from this file`]
}

function withoutFile(address: string): string {
  const program = programOfStack(parseResourceAddress(address).stack)
  return program === undefined ? 'unknown: no file of the last run declares it' : `Pulumi program ${program}`
}

/** The files of the last run, if the object cannot be found in them now. */
const unreadable = (files: readonly string[], commit: string | undefined, hint: string): readonly string[] => [
  ...files.map((file) => `${file}${commit ? ` at ${commit}` : ''}; the file was changed or removed since`),
  hint,
]

/** The fields that another file sets, or that are not set in the object itself, by their place. */
function groupsByFile(fields: WhyView['fields'], origin: Origin): readonly (readonly [string, readonly string[]])[] {
  const groups = new Map<string, string[]>()
  for (const field of fields) {
    if (field.file === origin.file && field.through === undefined) continue
    const place = originText(field)
    groups.set(place, [...(groups.get(place) ?? []), field.path.slice(1).replaceAll('/', '.')])
  }
  return [...groups]
}

function changeLines({ lastChange }: WhyView, now: Date): readonly string[] {
  if (lastChange === null) return ['not in the stored generations']
  const { generation, time, by, rollbackOf } = lastChange
  const restored = rollbackOf === undefined ? '' : ` (rollback to generation ${rollbackOf})`
  const first = `generation ${generation}, ${ageText(time, now)} (${time.replace(/\.\d+Z$/, 'Z')}) by ${by}${restored}`
  return [`${first}${outcomeText(lastChange)}`]
}

const errorLines = ({ lastChange }: WhyView): readonly string[] => lastChange?.error?.split('\n') ?? []

/** How the step of the object ended, or else its run. */
function outcomeText({ result, step, error }: NonNullable<WhyView['lastChange']>): string {
  if (result === 'started') return ': in progress'
  if (step === undefined) return result === 'done' ? '' : `: ${result}`
  if (step !== 'done') return `: ${step}`
  if (error !== undefined) return ': applied, and did not become healthy'
  if (result === 'done') return ''
  return result === 'failed' ? ' (another step of the generation failed)' : ' (the generation was interrupted later)'
}

/** The changes that the recorded state has and the host does not have yet. */
function unappliedLines({ unapplied }: WhyView, changes: readonly string[]): readonly string[] {
  if (changes.length === 0) return []
  return [unapplied ? `generation ${unapplied.generation} ${unappliedWords[unapplied.result]}` : 'yet', ...changes]
}

const unappliedWords = {
  started: 'is being applied',
  done: 'is recorded',
  failed: 'failed',
  interrupted: 'was interrupted',
} as const

function driftLines({ exists, drift }: WhyView, { unapplied }: WhySteps): readonly string[] {
  const live = drift.flatMap((one) => (one.path === null && one.live !== undefined ? [one.live] : []))
  if (live.length > 0) return live
  return exists && unapplied === undefined ? ['none: it is as last applied'] : []
}

/** `subject`: the container whose state decides. */
function dependencyText({ container, condition, fulfilled, text, hasStarted }: WhyDependency, subject: string): string {
  if (condition === null) return container
  if (fulfilled === null) return `${container} (${condition})`
  if (fulfilled && !(text && hasStarted)) return `${container} (${condition}): fulfilled`
  const state = `${parseResourceAddress(subject).name} ${text}`
  return `${container} (${condition}): ${hasStarted ? `fulfilled when it started; since then: ${state}` : `not fulfilled: ${state}`}`
}
