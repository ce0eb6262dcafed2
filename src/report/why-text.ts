import { ageText } from '../model/values/age.ts'
import { visibleLine } from '../model/values/visible.ts'
import type { Style } from './style.ts'

/** One field that differs from the files of the last run. `wanted`: the declared value; `live`: the difference on the host, in words. */
export interface WhyDrift {
  readonly path: string | null
  readonly wanted?: unknown
  readonly recorded?: unknown
  readonly live?: string
}

/** A container that this object waits for, or that waits for it. `condition`: null for a network, image or volume that it uses. */
export interface WhyDependency {
  readonly container: string
  readonly condition: string | null
  readonly fulfilled: boolean | null
  /** Why it is not fulfilled, as the end of a sentence. */
  readonly text?: string
}

/** All that is known about one object: schemas/output/why.schema.json. */
export interface WhyView {
  readonly address: string
  readonly kind: string
  readonly exists: boolean
  readonly state: {
    readonly state: string
    readonly health: string | null
    readonly exitCode: number | null
    readonly restarts: number
    readonly startedAt: string | null
    /** The kernel killed a process of the last run because the memory limit was reached. */
    readonly outOfMemory?: true
    /** The output of a failed health check. */
    readonly healthOutput?: string
  } | null
  readonly origin: WhyOrigin | null
  /** Fields that another line or file sets. */
  readonly fields: readonly (WhyOrigin & { readonly path: string })[]
  /** Files that have changed since the last run of the stack. */
  readonly changedFiles: readonly string[]
  readonly lastChange: {
    readonly generation: number
    readonly time: string
    readonly by: string
    readonly command: string
    readonly result: string
    readonly action: string
    readonly reason: string
    readonly fields: readonly string[]
    readonly commit?: object
  } | null
  readonly drift: readonly WhyDrift[]
  readonly waitsFor: readonly WhyDependency[]
  readonly neededBy: readonly WhyDependency[]
}

export interface WhyOrigin {
  readonly file: string
  readonly line?: number
  readonly through?: string
}

const originText = ({ file, line, through }: WhyOrigin): string =>
  `${file}${line === undefined ? '' : `:${line}`}${through ? ` (${through})` : ''}`

/** The explanation of one object. Pure. */
export function renderWhy(view: WhyView, now: Date, style: Style): string {
  const row = (title: string, lines: readonly string[]): readonly string[] =>
    lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(14)}${visibleLine(line)}`)
  return [
    `${style.bold(visibleLine(view.address))}  ${stateText(view, style)}`,
    ...row('Health check', view.state?.healthOutput === undefined ? [] : [view.state.healthOutput]),
    ...row(view.exists ? 'Set in' : 'Not in', originLines(view)),
    ...row('Last change', changeLines(view, now)),
    ...row('Drift', driftLines(view)),
    ...row('Waits for', view.waitsFor.map(dependencyText)),
    ...row('Needed by', view.neededBy.map(dependencyText)),
  ].join('\n')
}

function stateText({ exists, state }: WhyView, style: Style): string {
  if (!exists) return style.removed('does not exist')
  if (state === null) return style.added('exists')
  const { exitCode, health, restarts } = state
  const code = exitCode === null || state.state === 'running' ? '' : `${exitPhrase(state.state)} ${exitCode}`
  const parts = [
    `${state.state}${code}`,
    ...(state.outOfMemory ? ['killed: out of memory'] : []),
    ...(health ? [health] : []),
    ...(restarts > 0 ? [`${restarts} restarts`] : []),
  ]
  return parts.join(', ')
}

/** A container that restarts has exited before. */
const exitPhrase = (state: string): string => (state === 'restarting' ? ' after exit code' : ' with code')

function originLines({ origin, fields, changedFiles }: WhyView): readonly string[] {
  if (origin === null) return ['unknown: no file of the last run declares it']
  return [
    originText(origin),
    ...groupsByFile(fields, origin).map(([place, paths]) => `${place}: ${paths.join(', ')}`),
    ...changedFiles.map((file) => `${file} has changed since the last run: \`heropods diff\` shows the plan`),
  ]
}

/** The fields that another file sets, or that are not set in the object itself, by their place. */
function groupsByFile(fields: WhyView['fields'], origin: WhyOrigin): readonly (readonly [string, readonly string[]])[] {
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
  const { generation, time, by, action, reason, result, fields } = lastChange
  const names = fields.map((path) => path.slice(1).replaceAll('/', '.')).join(', ')
  return [
    `generation ${generation}, ${ageText(time, now)} (${time.replace(/\.\d+Z$/, 'Z')}) by ${by}${result === 'done' ? '' : `: ${result}`}`,
    `${action}: ${reason}`,
    ...(names === '' ? [] : [`changed ${names}`]),
  ]
}

const driftLines = ({ exists, drift }: WhyView): readonly string[] =>
  drift.length > 0 ? drift.map(driftText) : exists ? ['none: it is as last applied'] : []

function driftText({ path, wanted, recorded, live }: WhyDrift): string {
  if (path === null) return live ?? ''
  const name = path.slice(1).replaceAll('/', '.')
  const values = `wanted ${valueText(wanted)}, applied ${valueText(recorded)}`
  return `${name}: ${values}${live === undefined ? '' : `, on the host: ${live}`}`
}

const valueText = (value: unknown): string =>
  value === undefined || value === null ? 'not set' : typeof value === 'string' ? value : JSON.stringify(value)

function dependencyText({ container, condition, fulfilled, text }: WhyDependency): string {
  if (condition === null) return container
  const state = fulfilled === null ? '' : fulfilled ? ': fulfilled' : `: waiting, ${container} ${text}`
  return `${container} (${condition})${state}`
}
