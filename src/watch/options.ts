import type { Host } from '../host/host.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { InstanceEvent } from '../model/event.ts'
import type { Plan } from '../model/plan.ts'
import type { ForgeRequest } from './forge/open-reporter.ts'
import type { SourceRequest } from './source/source.ts'

export interface WatchOptions {
  readonly host: Host
  readonly environment: NodeJS.ProcessEnv
  readonly instance?: string
  /** As its user typed it. */
  readonly command: string
  /** How conmon calls HeroPods when a container exits. */
  readonly heropodsCommand: readonly string[]
  readonly source: SourceRequest
  /** How long files must have been still, milliseconds. */
  readonly settleMs: number
  readonly variables: Readonly<Record<string, string>>
  readonly variableFiles: readonly string[]
  readonly profiles: readonly string[]
  /** Where relative paths of variable files count from. */
  readonly cwd: string
  readonly listen: string | undefined
  /** Token of page, API and metrics; undefined: they need none. */
  readonly token: string | undefined
  /** Where the results of commits are sent; undefined: nowhere. */
  readonly forge: ForgeRequest | undefined
  /** Ends the watch after the reconcile in progress. Containers keep running. */
  readonly signal: AbortSignal
  onStart(info: { readonly location: string; readonly address: string | undefined }): void
  /** The text of a recorded plan for the page, without sensitive values. */
  renderPlan(plan: Plan): string
  onEvent(event: InstanceEvent): void
  warn(diagnostic: Diagnostic): void
}
