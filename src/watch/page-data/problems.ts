import { resolve } from 'node:path'
import type { Commit } from '../../model/generation.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import {
  type Condition,
  conditionOf,
  degradedWord,
  isUndone,
  type SourceStatus,
  type StackStatus,
  sourceProblem,
  type WatchStatus,
} from '../../model/status.ts'
import { someOf } from '../../model/values/count.ts'
import type { ContainerDetails } from './container-details.ts'

/** A problem of the status page, with the command that helps. */
export interface Problem {
  /** The same problem has the same key. */
  readonly key: string
  /** `bad`: broken. `warn`: works, and differs. `off`: paused by a user. */
  readonly tone: 'bad' | 'warn' | 'off'
  /** A word of the column STATUS of `heropods status`; of a container that a user stopped or paused its state; `source failed`. */
  readonly word: string
  /** null: of no stack, or of several. */
  readonly stack: string | null
  /** All stacks that have it. */
  readonly stacks: readonly string[]
  readonly address: string | null
  readonly title: string
  readonly message: string
  readonly hint: string | null
  /** `FILE:LINE:COLUMN`. */
  readonly place: string | null
  readonly command: string | null
  /** The commit that it is about; null: unknown, or not from git. */
  readonly commit: Commit | null
  /** RFC 3339. */
  readonly since: string | null
  readonly nextTry: string | null
}

type ProblemText = Pick<Problem, 'key' | 'tone' | 'word' | 'title' | 'message'>

const problem = (named: ProblemText, more: Partial<Problem> = {}): Problem => ({
  stack: null,
  stacks: more.stack ? [more.stack] : [],
  address: null,
  hint: null,
  place: null,
  command: null,
  commit: null,
  since: null,
  nextTry: null,
  ...named,
  ...more,
})

const order = ['bad', 'warn', 'off']

/** All problems of a host, the worst first. Pure. */
export function problemsOf(status: WatchStatus, containers: readonly ContainerDetails[]): readonly Problem[] {
  const found = [
    ...sourceProblems(status),
    ...status.stacks.flatMap((stack) => {
      const own = containers.filter((one) => one.stack === stack.stack)
      return stackProblems(stack, own, status.source)
    }),
  ]
  return mergedByCause(found)
    .map((one) => ({ ...one, command: one.command && withInstance(one.command, status.instance) }))
    .sort((left, right) => order.indexOf(left.tone) - order.indexOf(right.tone))
}

/** One problem in place of those with the same message and command: stacks whose deletion is held for the same reason. Pure. */
function mergedByCause(problems: readonly Problem[]): readonly Problem[] {
  const groups = new Map<string, Problem[]>()
  for (const one of problems) {
    const cause = one.stack && one.command ? `${one.message} ${one.command}` : one.key
    groups.set(cause, [...(groups.get(cause) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined || group.length === 1) return group
    const stacks = group.flatMap((one) => one.stacks)
    const title = `${someOf(stacks, 3)}: ${first.title.slice(first.title.indexOf(':') + 2)}`
    return [{ ...first, title, stack: null, stacks }]
  })
}

/** A command of HeroPods for this instance. Commands from messages already name it. */
const withInstance = (command: string, instance: string): string =>
  instance === 'default' || !command.startsWith('heropods ') || command.includes('--instance')
    ? command
    : `${command} --instance ${instance}`

function sourceProblems({ source, stacks }: WatchStatus): readonly Problem[] {
  // A stack with invalid files has a problem of its own, with the place.
  if (source.ok || stacks.some((stack) => conditionOf(stack, 'Degraded')?.reason === 'Invalid')) return []
  const command = source.kind === 'git' ? `git ls-remote ${source.location.split(' ')[0]}` : null
  const title = source.kind === 'git' ? 'The repository cannot be read' : 'The folder cannot be read'
  return [
    problem({ key: 'source', tone: 'bad', word: 'source failed', title, message: sourceProblem(source) }, { command }),
  ]
}

function stackProblems(
  stack: StackStatus,
  containers: readonly ContainerDetails[],
  source: SourceStatus,
): readonly Problem[] {
  const suspended = conditionOf(stack, 'Suspended')
  const trouble = troubles(stack, containers, source)
  if (!suspended?.status) return trouble
  // A user has the stack in hand: its failed change is part of the suspension.
  const change = trouble.find(({ key }) => key === degradedKey(stack))
  return [...trouble.filter((one) => one !== change), suspendedProblem(stack, suspended, change)]
}

function troubles(
  stack: StackStatus,
  containers: readonly ContainerDetails[],
  source: SourceStatus,
): readonly Problem[] {
  const broken = containers.flatMap(containerProblem)
  const degraded = conditionOf(stack, 'Degraded')
  if (degraded?.status) return degradations(stack, degraded, broken, source)
  const [drift] = stack.drift
  return drift === undefined ? broken : [...broken, driftProblem(stack, source)]
}

/** A degraded stack and its broken containers: one problem for each cause. */
function degradations(
  stack: StackStatus,
  degraded: Condition,
  broken: readonly Problem[],
  { checkout }: SourceStatus,
): readonly Problem[] {
  if (isUndone(stack, degraded)) return [degradation(stack, degraded, { checkout }), ...broken]
  // Without an error the condition only sums up the containers.
  if (isOfContainers(stack, degraded) && stack.lastError === null && broken.length > 0) return broken
  if (degraded.reason === 'Drifted' && isAllOf(stack.drift, broken)) return broken
  const cause = broken.find(({ address }) => address !== null && address === stack.lastError?.address)
  return [degradation(stack, degraded, { helps: cause?.command, checkout }), ...broken.filter((one) => one !== cause)]
}

/** True if the drift is only that of broken containers, each of which has its own problem. */
const isAllOf = (drift: StackStatus['drift'], broken: readonly Problem[]): boolean =>
  drift.length > 0 && drift.every(({ address }) => broken.some((one) => one.address === address))

/** Condition reasons that an observed container causes. A failed change has some of them too. */
const containerReasons: ReadonlySet<string> = new Set([
  'Unhealthy',
  'ContainerExited',
  'OutOfMemory',
  'CrashLoop',
  'Restarting',
])

const isOfContainers = ({ attempted, applied }: StackStatus, { reason }: Condition): boolean =>
  reason === 'Unhealthy' || (attempted === applied && containerReasons.has(reason))

function suspendedProblem({ stack }: StackStatus, { message, since }: Condition, change: Problem | undefined): Problem {
  const text = change ? `${change.message} ${message}` : message
  const { address = null, hint = null, place = null, commit = null } = change ?? {}
  return problem(
    { key: `${stack} suspended`, tone: 'off', word: 'Suspended', title: `${stack}: Suspended`, message: text },
    { stack, address, hint, place, commit, since, command: `heropods resume ${stack}` },
  )
}

const degradedKey = ({ stack }: Pick<StackStatus, 'stack'>): string => `${stack} degraded`

function driftProblem({ stack, drift, owner }: StackStatus, source: SourceStatus): Problem {
  const [first] = drift
  const more = drift.length > 1 ? ` (and ${drift.length - 1} more)` : ''
  const message = `${first?.address}: ${first?.text}${more}.`
  // `diff` needs the files, and those of a repository are not in a folder of the user.
  const isPlain = owner === undefined && source.kind === 'directory' && /^[\w@%+=:,./-]+$/.test(source.location)
  const command = isPlain ? `heropods diff ${source.location}` : `heropods status ${stack}`
  return problem(
    { key: `${stack} drift`, tone: 'warn', word: 'Drifted', title: `${stack}: Drifted`, message },
    { stack, command },
  )
}

/** `helps`: the command for the container that is the cause. `checkout`: the folder to which places of files are relative. */
function degradation(
  status: StackStatus,
  degraded: Condition,
  { helps, checkout }: { readonly helps?: string | null | undefined; readonly checkout: string | undefined },
): Problem {
  const { stack, lastError, nextTry } = status
  const { reason, since } = degraded
  const message = withoutCount(degraded.message)
  const word = degradedWord(status, degraded)
  const tone = word === 'Undone' || word === 'Held' ? 'warn' : 'bad'
  const title = `${stack}: ${word}${word === reason ? '' : ` (${reason})`}`
  const place = lastError?.place
  const file = place && `${place.file}:${place.line}:${place.column}`
  const hint = lastError?.hint
  return problem(
    { key: degradedKey(status), tone, word, title, message },
    {
      stack,
      address: lastError?.address ?? null,
      hint: hint ?? null,
      place: file ?? null,
      command:
        commandIn(message) ??
        commandIn(hint) ??
        helps ??
        commandFor(stack, reason, place && fullPath(place.file, checkout)),
      // The commit and the time are those of the files and of the condition, not those of a rollback by a user.
      commit: reason === 'RolledBack' ? null : (status.commit ?? null),
      since: reason === 'RolledBack' ? null : since,
      nextTry,
    },
  )
}

/** The count was right when the condition began. The container's row has the present one. */
const withoutCount = (message: string): string => message.replaceAll(/ \(\d+ failures?[^()]*\)/g, '')

const fullPath = (file: string, checkout: string | undefined): string =>
  checkout === undefined ? file : resolve(checkout, file)

function commandFor(stack: string, reason: string, file: string | undefined): string {
  const isPlain = file !== undefined && /^[\w@%+=:,./-]+$/.test(file)
  return reason === 'Invalid' && isPlain ? `heropods validate ${file}` : `heropods status ${stack}`
}

/** The first command of HeroPods that a sentence names in backticks and that is complete. */
function commandIn(text: string | undefined): string | undefined {
  const [, command] = /`(heropods [^`]+)`/.exec(text ?? '') ?? []
  return command !== undefined && !/\b[A-Z]{3,}\b/.test(command) ? command : undefined
}

/** The command that ends a state in which a user has put a container. */
const commandOf: Readonly<Partial<Record<ContainerDetails['state'], string>>> = { stopped: 'start', paused: 'unpause' }

function containerProblem({ address, stack, name, state, tone, reason }: ContainerDetails): readonly Problem[] {
  if (tone !== 'bad' && tone !== 'warn') return []
  const named = `${stack}/${parseResourceAddress(address).name}`
  const command = `heropods ${commandOf[state] ?? 'logs'} ${named}`
  const word = tone === 'bad' ? 'Degraded' : state in commandOf ? state : 'Drifted'
  return [
    problem({ key: address, tone, word, title: named, message: `${name} ${reason}.` }, { stack, address, command }),
  ]
}
