import type { RecordedDiagnostic } from './errors.ts'
import type { MessageParts } from './event.ts'
import type { Commit, Generation } from './generation.ts'

export const conditionTypes = ['Ready', 'Degraded', 'Progressing', 'Suspended'] as const
export type ConditionType = (typeof conditionTypes)[number]

/** A condition as in Kubernetes. `since` (RFC 3339) is the time of the last change of `status`. */
export interface Condition {
  readonly type: ConditionType
  readonly status: boolean
  /** A CamelCase word of a fixed vocabulary. */
  readonly reason: string
  readonly message: string
  readonly parts?: MessageParts
  readonly since: string
}

/** Observed drift of one object that is not repaired yet. */
export interface DriftReport {
  readonly address: string
  readonly text: string
}

/** One object in the status page and in `status --json`. `state` is the run state of a container, for other kinds `present`. */
export interface ObjectStatus {
  readonly address: string
  readonly kind: string
  readonly state: string
  readonly health: 'healthy' | 'unhealthy' | 'starting' | null
  /** `health` in the words of `ps`, where they differ: `healthy 5 min ago` if nothing checks it now, `not checked`. */
  readonly healthText?: string
  /** Only of a running container: how many of its processes were killed because of a lack of memory, in words. */
  readonly memoryKills?: string
  /** Only of an unhealthy container: the last line of its check's output, and the number of failures. */
  readonly healthOutput?: string
  /** Only of a container that has exited: its exit code, and its cause if that is known: `137, out of memory`. */
  readonly exit?: string
  /** Only of a container that runs between two crashes. */
  readonly betweenCrashes?: true
  readonly drift: readonly string[]
}

/** The newest run that changed a stack. */
export interface StackChange
  extends Pick<Generation, 'generation' | 'time' | 'result' | 'commit' | 'rollbackOf' | 'undoes'> {
  /** Its author, in words. */
  readonly by: string
}

/** The manager of a stack that watch does not follow. `name`: the Pulumi program `PROJECT/STACK`, or the user of the last run of its files. */
export interface StackOwner {
  readonly kind: 'pulumi' | 'library' | 'files'
  readonly name?: string
}

/** The owner of a stack in words: `pulumi infra/staging`, `library`, `root`. Pure. */
export const ownerText = ({ kind, name }: StackOwner): string =>
  kind === 'files' ? (name ?? 'unknown') : [kind, name].filter((part) => part !== undefined).join(' ')

/** schemas/output/status.schema.json */
export interface StackStatus {
  readonly stack: string
  /** undefined: a running watch follows it. */
  readonly owner?: StackOwner
  /** The files of the stack, relative to the source. */
  readonly files: readonly string[]
  /** The commit of its files, or of the change that its problem is about. undefined: unknown, or not from git. */
  readonly commit?: Commit
  readonly mode: 'heal' | 'warn' | 'detect'
  readonly conditions: readonly Condition[]
  /** The newest generation that was attempted, and the newest one that was applied and became healthy. */
  readonly attempted: number | null
  readonly applied: number | null
  readonly appliedAt: string | null
  readonly lastError: RecordedDiagnostic | null
  readonly drift: readonly DriftReport[]
  /** The time of the next attempt after a failure, RFC 3339. */
  readonly nextTry: string | null
  /** The generation that failed and was undone, as long as its files are unchanged. The generation before it is in place. */
  readonly undone?: number
  /** Only in the output of `status`: while watch runs for one stack, else for each. undefined: it is not in the stored generations. */
  readonly lastChange?: StackChange
  /** The commit of the applied generation. Only in the output of `status`, as `lastChange`. undefined: unknown, or not from git. */
  readonly runs?: AppliedCommit
  readonly objects: readonly ObjectStatus[]
}

/** A generation and the commit that its files are from. */
export interface AppliedCommit {
  readonly generation: number
  readonly commit: Commit
}

/** The source that `heropods watch` follows. `revision` is a commit or, for a folder, a hash of its files. */
export interface SourceStatus {
  readonly kind: 'directory' | 'git'
  readonly location: string
  readonly revision: string | null
  /** The commit of `revision`; of a folder the commit whose files it has unchanged. undefined: unknown, or not from git. */
  readonly commit?: Commit
  readonly ok: boolean
  /** Why it is not ok: a CamelCase word, as in the events. undefined: it is ok, or an earlier version wrote the status. */
  readonly reason?: string
  readonly message: string
  /** When the remote last answered, RFC 3339. Only of a repository that watch fetches. */
  readonly fetchedAt?: string
  /** The root of the commit on the host, to which places of problems are relative. Only of a repository that watch fetches. */
  readonly checkout?: string
}

/** Why a source is not ok: `RemoteUnreachable: /srv/infra.git cannot be read: ...`. Pure. */
export const sourceProblem = ({ reason, message }: Pick<SourceStatus, 'reason' | 'message'>): string =>
  reason === undefined ? message : `${reason}: ${message}`

export interface WatchStatus {
  readonly instance: string
  readonly version: string
  readonly pid: number
  /** RFC 3339. A watch with a heartbeat older than 30 seconds is not alive. */
  readonly startedAt: string
  readonly heartbeat: string
  readonly source: SourceStatus
  readonly stacks: readonly StackStatus[]
  /** The stacks of the instance that this watch does not follow. undefined: an earlier version wrote the status. */
  readonly others?: readonly StackStatus[]
}

export const conditionOf = (status: StackStatus, type: ConditionType): Condition | undefined =>
  status.conditions.find((one) => one.type === type)

/** True if a stack is ready, or suspended and not degraded. Pure. */
export const isInOrder = (one: StackStatus): boolean =>
  conditionOf(one, 'Degraded')?.status !== true &&
  (conditionOf(one, 'Ready')?.status === true || conditionOf(one, 'Suspended')?.status === true)

/**
 * The newest attempted generation, as long as it is not in place: it is in progress, has failed or was undone. null: the applied generation
 * is in place, and an earlier failure is over. Pure.
 */
export function openAttempt(one: StackStatus): number | null {
  const { attempted, applied, lastError, undone } = one
  if (attempted === null || attempted === applied || conditionOf(one, 'Ready')?.status) return null
  const degraded = conditionOf(one, 'Degraded')
  const hasFailed = undone !== undefined || (lastError !== null && degraded?.reason !== 'Invalid')
  return hasFailed || conditionOf(one, 'Progressing')?.status ? attempted : null
}

/** The state of a stack in one word, the same on the command line and on the page. */
export type StackWord = 'Suspended' | 'Undone' | 'Held' | 'Drifted' | 'Degraded' | 'Progressing' | 'Ready' | 'Waiting'

/** Reasons of stacks that run and wait for a decision of a user, or for a window. */
const holds: ReadonlySet<string> = new Set([
  'MassDeletion',
  'AwaitingConfirmation',
  'RemovalWaits',
  'OutsideWindow',
  'DetectOnly',
])

/** True if the condition Degraded is about a change that waits, and nothing is broken. Pure. */
export const isHold = ({ reason }: Pick<Condition, 'reason'>): boolean => holds.has(reason)

/** True if the condition Degraded is about a change that is undone: the generation before it is in place. Pure. */
export const isUndone = ({ undone }: Pick<StackStatus, 'undone'>, degraded: Pick<Condition, 'reason'>): boolean =>
  undone !== undefined && degraded.reason !== 'Invalid' && !isHold(degraded)

/** The state of a stack in one word. Pure. */
export function stackWord(one: StackStatus): StackWord {
  if (conditionOf(one, 'Suspended')?.status) return 'Suspended'
  const degraded = conditionOf(one, 'Degraded')
  if (degraded?.status) return degradedWord(one, degraded)
  if (conditionOf(one, 'Progressing')?.status) return 'Progressing'
  return conditionOf(one, 'Ready')?.status ? 'Ready' : 'Waiting'
}

/** The word of a degraded stack, whether it is suspended or not. Pure. */
export function degradedWord(one: StackStatus, degraded: Condition): StackWord {
  if (isHold(degraded)) return 'Held'
  if (isUndone(one, degraded)) return 'Undone'
  return degraded.reason === 'Drifted' ? 'Drifted' : 'Degraded'
}
