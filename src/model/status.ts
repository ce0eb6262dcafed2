import type { RecordedDiagnostic } from './errors.ts'

export const conditionTypes = ['Ready', 'Degraded', 'Progressing', 'Suspended'] as const
export type ConditionType = (typeof conditionTypes)[number]

/** As Kubernetes has them. `since` (RFC 3339) is when `status` last changed. */
export interface Condition {
  readonly type: ConditionType
  readonly status: boolean
  /** A CamelCase word of a fixed vocabulary. */
  readonly reason: string
  readonly message: string
  readonly since: string
}

/** Drift of one object that was seen and not yet mended. */
export interface DriftReport {
  readonly address: string
  readonly text: string
}

/** One object of a stack as the status page and `status --json` show it. `state`: a container's run state, else `present`. */
export interface ObjectStatus {
  readonly address: string
  readonly kind: string
  readonly state: string
  readonly health: 'healthy' | 'unhealthy' | 'starting' | null
  readonly drift: readonly string[]
}

/** schemas/output/status.schema.json */
export interface StackStatus {
  readonly stack: string
  /** Files that state it, below the source. */
  readonly files: readonly string[]
  readonly mode: 'heal' | 'warn' | 'detect'
  readonly conditions: readonly Condition[]
  /** Newest generation that was tried, and newest whose steps and health were good. */
  readonly attempted: number | null
  readonly applied: number | null
  readonly appliedAt: string | null
  readonly lastError: RecordedDiagnostic | null
  readonly drift: readonly DriftReport[]
  /** When it is tried again after a failure, RFC 3339. */
  readonly nextTry: string | null
  readonly objects: readonly ObjectStatus[]
}

/** What `heropods watch` follows. `revision` is a commit or, of a folder, a hash of its files. */
export interface SourceStatus {
  readonly kind: 'directory' | 'git'
  readonly location: string
  readonly revision: string | null
  readonly ok: boolean
  readonly message: string
}

export interface WatchStatus {
  readonly instance: string
  readonly version: string
  readonly pid: number
  /** RFC 3339. A watch whose heartbeat is older than half a minute is not alive. */
  readonly startedAt: string
  readonly heartbeat: string
  readonly source: SourceStatus
  readonly stacks: readonly StackStatus[]
}

export const condition = (status: StackStatus, type: ConditionType): Condition | undefined =>
  status.conditions.find((one) => one.type === type)
