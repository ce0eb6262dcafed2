import type { Origin } from '../../model/desired.ts'
import type { HealthStatus, LastCheck } from '../../model/kinds/container.ts'

/**
 * A difference of an object from its recorded state. Either a field that was recorded and not applied: `wanted` is the recorded value,
 * `recorded` the applied one. Or, with the path null, an observed difference in words: `live`.
 */
export interface WhyDrift {
  readonly path: string | null
  readonly wanted?: unknown
  readonly recorded?: unknown
  readonly live?: string
}

/** A container that this object waits for, or that waits for it. `condition`: null if that object is a network, image or volume. */
export interface WhyDependency {
  readonly container: string
  readonly condition: string | null
  readonly fulfilled: boolean | null
  /** Why it is not fulfilled, or why a container that was started does not work now, as the end of a sentence. */
  readonly text?: string
  /** The container that waits has started since: the condition was fulfilled then. */
  readonly hasStarted?: true
}

/** The end of one run of a container. */
export interface WhyExit {
  readonly startedAt: string
  readonly endedAt: string
  readonly exitCode: number
  readonly outOfMemory: boolean
  /** The run or command of HeroPods that stopped it. */
  readonly stoppedBy?: string
  /** A remark about that stop. */
  readonly stopNote?: string
  readonly isUnplanned?: true
}

type RunResult = 'started' | 'done' | 'failed' | 'interrupted'

/** A stack whose files a running watch does not apply now: a word of the column STATUS, and a sentence. */
export interface WhyStack {
  readonly status: string
  readonly message: string
}

/** The origin of a config or secret and the containers that have it: schemas/output/why.schema.json. */
export interface WhyFile extends Pick<WhyView, 'origin' | 'changedFiles' | 'readFrom'> {
  readonly stack: string
  readonly kind: 'config' | 'secret'
  readonly name: string
  readonly usedBy: readonly { readonly container: string; readonly target: string }[]
}

/** All that is known about one object: schemas/output/why.schema.json. */
export interface WhyView {
  readonly address: string
  readonly kind: string
  readonly exists: boolean
  /** Why an object of the recorded state does not exist. */
  readonly absence?: 'creating' | 'failed' | 'missing'
  readonly state: {
    readonly state: string
    readonly health: HealthStatus | null
    readonly lastCheck?: LastCheck
    /** Processes of the current run that were killed because of a lack of memory. */
    readonly memoryKills?: number
    /** Those of them that the log of the kernel still names, the newest last. `time`: RFC 3339; `pid`: on the host. */
    readonly memoryKilled?: readonly { readonly time: string; readonly program: string; readonly pid: number }[]
    /** Bytes; absent: no limit. */
    readonly memoryLimit?: number
    readonly exitCode: number | null
    readonly restarts: number
    readonly startedAt: string | null
    /** The kernel killed a process of the last run because the memory limit was reached. */
    readonly outOfMemory?: true
    /** The output of a failed health check. */
    readonly healthOutput?: string
  } | null
  /** Only of a stack that is suspended, undone or held, or whose files are not valid. */
  readonly stackState?: WhyStack
  /** The last five exits of a container, the newest last. */
  readonly exits?: readonly WhyExit[]
  /** The last lines of the log of a container that has exited or crashes, without its secret values. */
  readonly output?: readonly string[]
  readonly origin: Origin | null
  /** Fields that another line or file sets. */
  readonly fields: readonly (Origin & { readonly path: string })[]
  /** Files that have changed since the last run of the stack. */
  readonly changedFiles: readonly string[]
  /**
   * Only of files that `watch --git` has read, and of a run that watch has undone: the commit of the last run, and the folder of the commit
   * that watch follows now.
   */
  readonly readFrom?: {
    readonly commit?: string
    readonly folder?: string
    /** The generation of the last run, if watch has undone it, and the one that it has restored. */
    readonly undone?: number
    readonly inPlace?: number
  }
  readonly lastChange: {
    readonly generation: number
    readonly time: string
    readonly by: string
    readonly command: string
    readonly result: RunResult
    readonly action: string
    readonly reason: string
    readonly fields: readonly string[]
    readonly commit?: object
    readonly rollbackOf?: number
    readonly undoes?: object
    /** How the step of the object ended. undefined: it is running, or an earlier version recorded it. */
    readonly step?: 'done' | 'failed' | 'skipped' | 'cancelled' | 'unfinished'
    /** The error of its step, or of the step that it needs. */
    readonly error?: string
  } | null
  /** The newest run of the stack. Only with fields that are recorded and not applied. */
  readonly unapplied?: { readonly generation: number; readonly result: RunResult }
  readonly drift: readonly WhyDrift[]
  readonly waitsFor: readonly WhyDependency[]
  readonly neededBy: readonly WhyDependency[]
}
