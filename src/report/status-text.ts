import { commitText } from '../model/generation.ts'
import { stateWord } from '../model/kinds/readiness.ts'
import { parseResourceAddress } from '../model/resource-address.ts'
import {
  type Condition,
  conditionOf,
  isUndone,
  type ObjectStatus,
  openAttempt,
  ownerText,
  type StackChange,
  type StackStatus,
  sourceProblem,
  stackWord,
  type WatchStatus,
} from '../model/status.ts'
import { ageText, waitText } from '../model/values/age.ts'
import { renderDiagnostic } from './diagnostics.ts'
import { partLines } from './message-lines.ts'
import type { Style } from './style.ts'
import { renderTable } from './table.ts'

interface StatusView {
  readonly watched: Omit<WatchStatus, 'stacks' | 'others'> | null
  readonly stacks: readonly StackStatus[]
  readonly last?: LastWatch
}

/** A watch that does not run: its last report, RFC 3339. `isStuck`: its process exists. */
export interface LastWatch {
  readonly pid: number
  readonly heartbeat: string
  readonly isStuck: boolean
}

/** A table of all stacks, below the source that watch follows. */
export async function renderStatus({ watched, stacks, last }: StatusView, style: Style): Promise<string> {
  // While watch runs, a stack without an owner is one that it follows.
  const hasOwners = stacks.some(({ owner }) => owner && (watched !== null || owner.kind !== 'files'))
  const ownerCells = (cell: string): readonly string[] => (hasOwners ? [cell] : [])
  const rows = stacks.map((one) => {
    const [word, message] = headline(one)
    const owner = ownerCells(one.owner ? ownerText(one.owner) : 'watch')
    const text = `${message}${invalidAt(one) ? ` At ${invalidAt(one)}.` : ''}`
    return [one.stack, paint(one, style)(word), generations(one), readyCount(one, watched !== null), ...owner, text]
  })
  const heads = ['STACK', 'STATUS', 'GENERATION', 'READY', ...ownerCells('OWNER'), 'MESSAGE']
  const table = await renderTable(heads, rows, style)
  const ways = stacks.flatMap((one) => {
    const lines = partLines(conditionOf(one, 'Degraded')?.parts)
    return lines.length === 0 ? [] : ['', style.bold(one.stack), ...lines]
  })
  return [watched === null ? withoutWatch(last, style) : source(watched, style), table, ...ways].join('\n')
}

function withoutWatch(last: LastWatch | undefined, style: Style): string {
  if (last === undefined) return style.dim('heropods watch is not running: this is the current state of the host.')
  const report = `its last report is of ${last.heartbeat.replace(/\.\d+Z$/, 'Z')}. This is the current state of the host.`
  return last.isStuck
    ? style.error(`heropods watch (pid ${last.pid}) runs but does not report: ${report}`)
    : style.changed(`heropods watch (pid ${last.pid}) has ended without a stop: ${report}`)
}

function source(watched: Omit<WatchStatus, 'stacks' | 'others'>, style: Style): string {
  const { location, revision, commit, ok, fetchedAt } = watched.source
  const state = ok ? style.added('ok') : style.error(sourceProblem(watched.source))
  const revisionText = revision && !commit ? ` at ${revision.slice(0, 12)}` : ''
  const now = new Date()
  const fetched = fetchedAt === undefined ? '' : `; last fetched ${ageText(fetchedAt, now)}`
  const lines = commit ? [`At commit ${commitText(commit)}, committed ${ageText(commit.time, now)}${fetched}`] : []
  const first = `${style.bold('Source')} ${location}${revisionText}: ${state} ${style.dim(`(watch pid ${watched.pid})`)}`
  return [first, ...lines].join('\n')
}

/** The most important condition of a stack: a word and a sentence. A suspension hides no trouble. Pure. */
export function headline(one: StackStatus): readonly [string, string] {
  const word = stackWord(one)
  const [suspended, degraded] = [conditionOf(one, 'Suspended'), conditionOf(one, 'Degraded')]
  if (suspended?.status && degraded?.status)
    return [word, `${degraded.reason}: ${summaryOf(degraded)} ${suspended.message}`]
  if (suspended?.status) return [word, suspended.message]
  for (const type of ['Degraded', 'Progressing'] as const) {
    const found = conditionOf(one, type)
    if (found?.status) return [word, `${found.reason}: ${summaryOf(found)}`]
  }
  return [word, conditionOf(one, 'Ready')?.message ?? '']
}

/** The message of a condition without the objects and the way out, which are below it. */
const summaryOf = ({ message, parts }: Condition): string => parts?.summary ?? message

function paint(one: StackStatus, style: Style): (text: string) => string {
  if (conditionOf(one, 'Degraded')?.status) return style.error
  const [word] = headline(one)
  return word === 'Ready' ? style.added : style.changed
}

const generations = (one: StackStatus): string => {
  const attempt = openAttempt(one)
  return `${one.applied ?? '-'}${attempt === null ? '' : ` (attempted ${attempt})`}`
}

function lastChangeText({ generation, time, by, result, rollbackOf }: StackChange): string {
  const restored = rollbackOf === undefined ? '' : `: it restored generation ${rollbackOf}`
  const end = result === 'done' ? restored : `: ${result === 'started' ? 'in progress' : result}`
  return `last change: generation ${generation}, ${ageText(time, new Date())} by ${by}${end}`
}

/** The commit that runs, unless the line of the last change names it. Pure. */
function runsLines(one: StackStatus): readonly string[] {
  const { runs, lastChange, undone } = one
  // A change that is in progress or has failed can be in place in part.
  if (runs === undefined || (openAttempt(one) !== null && undone === undefined)) return []
  if (lastChange?.generation === runs.generation && lastChange.result === 'done') return []
  return [`runs: commit ${commitText(runs.commit)} (generation ${runs.generation})`]
}

/** The commit whose files are not valid, in words; undefined: they are valid, or not from git. */
function invalidAt(one: StackStatus): string | undefined {
  const degraded = conditionOf(one, 'Degraded')
  return degraded?.status && degraded.reason === 'Invalid' && one.commit
    ? `commit ${commitText(one.commit)}`
    : undefined
}

/** Reasons whose cause is in the output of a container. */
const ofOutput: ReadonlySet<string> = new Set(['ContainerExited', 'CrashLoop', 'Restarting'])

/** The command for the output of the container that is the cause, unless the error has a hint. */
function logsLines({ stack, conditions, lastError, objects }: StackStatus): readonly string[] {
  const degraded = conditions.find(({ type }) => type === 'Degraded')
  if (!degraded?.status || !ofOutput.has(degraded.reason) || lastError?.hint !== undefined) return []
  const broken = objects.find((one) => one.betweenCrashes || ['exited', 'restarting'].includes(one.state))
  const address = lastError?.address ?? broken?.address
  return address === undefined
    ? []
    : [`  -> \`heropods logs ${stack}/${parseResourceAddress(address).name}\` shows its output.`]
}

/** The commit of a change that fails and is not undone, unless it is the commit that runs or another line names it. */
function failedLines({ lastError, commit, runs, undone, lastChange, ...one }: StackStatus): readonly string[] {
  const degraded = one.conditions.find(({ type }) => type === 'Degraded')
  const isOfChange = degraded?.status === true && lastError !== null && undone === undefined
  if (!isOfChange || degraded.reason === 'Invalid' || commit === undefined) return []
  if ([runs?.commit.id, lastChange?.commit?.id].includes(commit.id)) return []
  return [`At commit ${commitText(commit)}.`]
}

function invalidLines(one: StackStatus): readonly string[] {
  const at = invalidAt(one)
  if (at === undefined) return failedLines(one)
  const rest = one.applied === null ? '' : ` Generation ${one.applied} stays in place until the files are valid again.`
  return [`At ${at}.${rest}`]
}

const errorBelow = (one: StackStatus): string =>
  conditionOf(one, 'Degraded')?.reason === 'Invalid'
    ? 'The files are not valid, see the error below.'
    : 'The last change failed, see the error below.'

/** The suspension of a stack that the error does not name. */
function suspensionOf(one: StackStatus): string {
  const suspended = conditionOf(one, 'Suspended')
  return suspended?.status ? ` ${suspended.message}` : ''
}

/** The owner of a stack that watch does not follow. */
function ownerLines({ owner }: StackStatus, isWatched: boolean): readonly string[] {
  if (owner === undefined || (owner.kind === 'files' && !isWatched)) return []
  return [`owner: ${ownerText(owner)}${isWatched ? '; watch does not follow this stack' : ''}`]
}

/** The change that watch has undone, and the commands for it. A rollback by a user has its own message. Pure. */
function undoneLines(one: StackStatus): readonly string[] {
  const { stack, undone, applied, lastChange } = one
  const degraded = conditionOf(one, 'Degraded')
  if (undone === undefined || degraded?.status !== true || degraded.reason === 'RolledBack') return []
  if (!isUndone(one, degraded)) return []
  const commit = lastChange?.undoes?.generation === undone ? lastChange.undoes.commit : undefined
  const from = commit ? ` (commit ${commitText(commit)})` : ''
  return [
    '',
    `Generation ${undone}${from} was undone. Generation ${applied ?? '-'} stays in place until the files of ${stack} change (comments do not count).`,
    `  -> \`heropods history ${undone}\` shows its plan and its errors, \`heropods resume ${stack}\` tries it again.`,
  ]
}

/**
 * `2/3`: the containers that are ready, and all that are declared to run; `1/2 (1 stopped)`: a user stopped one. Completed jobs do not count. While no watch checks health, a container
 * without a failed check counts as ready. Pure.
 */
export function readyCount({ objects }: Pick<StackStatus, 'objects'>, isWatched: boolean): string {
  const containers = objects.filter((one) => one.kind === 'container')
  const meant = containers.filter((one) => one.state !== 'completed')
  if (meant.length === 0) return containers.length === 0 ? '-' : 'completed'
  const ready = meant.filter(
    ({ state, health, betweenCrashes }) =>
      ['running', 'held'].includes(state) &&
      !betweenCrashes &&
      health !== 'unhealthy' &&
      !(isWatched && health === 'starting'),
  )
  return `${ready.length}/${meant.length}${byHandText(meant.map(({ state }) => state))}`
}

/** A stack is ready without containers that a user has stopped or paused. */
function byHandText(states: readonly string[]): string {
  const parts = ['stopped', 'paused'].flatMap((act) => {
    const count = states.filter((state) => state === act).length
    return count === 0 ? [] : [`${count} ${act}`]
  })
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}

/** The reason of a condition without a fault has no meaning for users. */
const reasonText = (reason: string): string => (reason === 'AsStated' ? '-' : reason)

const stateDetails = ({ exit, memoryKills }: ObjectStatus): string => {
  const details = exit ?? memoryKills
  return details === undefined ? '' : ` (${details})`
}

/** A container that a user has stopped or that has exited shows that as its state, not as drift. */
const isEnded = ({ state }: ObjectStatus): boolean => state === 'exited' || state === 'stopped'

/** The differences of the host by object, for the section and the column. Pure. */
function driftByObject({ drift, objects }: StackStatus): ReadonlyMap<string, readonly string[]> {
  const observed = objects
    .filter((object) => !isEnded(object))
    .map(({ address, drift: texts }) => [address, texts] as const)
  const reported = drift.map(({ address, text }) => [address, [text]] as const)
  const found = new Map<string, readonly string[]>()
  for (const [address, texts] of [...reported, ...observed])
    if (texts.length > 0) found.set(address, [...new Set([...(found.get(address) ?? []), ...texts])])
  return found
}

/** One stack with its conditions, objects, drift and last error. `isWatched`: watch runs, and its mode matters. */
export async function renderStack(one: StackStatus, style: Style, cwd: string, isWatched: boolean): Promise<string> {
  const [word, message] = headline(one)
  const isShown = (text: string): boolean => one.lastError !== null && text.includes(one.lastError.message)
  const conditionText = (text: string): string => {
    if (isShown(text)) return 'see the error above'
    return message.includes(text) ? 'see the first line' : text
  }
  // Without watch nothing records when a condition began.
  const sinceCells = (cell: string): readonly string[] => (isWatched ? [cell] : [])
  const now = new Date()
  const isFollowed = isWatched && one.owner === undefined
  // Only watch can be suspended.
  const shown = one.conditions.filter(({ type }) => one.owner === undefined || type !== 'Suspended')
  const conditions = shown.map(({ type, status, reason, message: text, parts, since }) => [
    type,
    status ? 'True' : 'False',
    reasonText(reason),
    ...sinceCells(ageText(since, now)),
    conditionText(parts?.summary ?? text),
  ])
  const absentWord = conditionOf(one, 'Progressing')?.reason === 'Applying' ? 'not created yet' : 'missing'
  const drift = driftByObject(one)
  const objects = one.objects.map((object) => [
    object.address,
    `${object.state === 'absent' && object.drift.length === 0 ? absentWord : stateWord(object.state)}${stateDetails(object)}`,
    object.healthText ?? object.health ?? '-',
    drift.get(object.address)?.join('; ') ?? '-',
  ])
  return [
    `${style.bold(one.stack)}  ${paint(one, style)(word)}  ${isShown(message) ? `${errorBelow(one)}${suspensionOf(one)}` : message}`,
    ...partLines(conditionOf(one, 'Degraded')?.parts),
    `${isFollowed ? `mode ${one.mode}, ` : ''}generation ${generations(one)}${one.appliedAt ? `, applied ${ageText(one.appliedAt, now)}` : ''}`,
    ...runsLines(one),
    ...(one.lastChange ? [lastChangeText(one.lastChange)] : []),
    ...ownerLines(one, isWatched),
    ...one.files.map((file) => style.dim(`  ${file}`)),
    ...(one.lastError ? ['', renderDiagnostic(one.lastError, style, 'error', cwd)] : []),
    ...logsLines(one),
    ...invalidLines(one),
    ...undoneLines(one),
    ...(one.nextTry ? [`Next attempt: ${waitText(one.nextTry, now)}`] : []),
    ...(drift.size > 0
      ? ['', style.bold('Drift'), ...[...drift].map(([address, texts]) => `  ! ${address}: ${texts.join('; ')}`)]
      : []),
    '',
    await renderTable(['CONDITION', 'STATUS', 'REASON', ...sinceCells('SINCE'), 'MESSAGE'], conditions, style),
    '',
    await renderTable(['OBJECT', 'STATE', 'HEALTH', 'DRIFT'], objects, style),
  ].join('\n')
}
