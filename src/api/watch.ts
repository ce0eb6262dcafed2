import { resolve } from 'node:path'
import type { Diagnostic } from '../model/errors.ts'
import type { InstanceEvent } from '../model/event.ts'
import { renderPlan } from '../report/plan-text.ts'
import { makeStyle } from '../report/style.ts'
import { heropodsCommand, type Instance } from './instance.ts'

export interface WatchOptions {
  /** Ends the watch after the reconcile in progress. */
  readonly signal: AbortSignal
  /** ADDRESS:PORT of the status page, the metrics and the health check. Default: none. */
  readonly listen?: string
  /** Values of the variables of the stacks. */
  readonly variables?: Readonly<Record<string, string>>
  readonly profiles?: readonly string[]
  /** How long files must be unchanged before they are applied, milliseconds. Default: 500. */
  readonly settleMs?: number
  readonly onEvent?: (event: InstanceEvent) => void
  readonly onWarning?: (warning: Diagnostic) => void
}

const defaultSettleMs = 500

/** Watches a folder: see `HeroPods.watch`. */
export async function watchSource(instance: Instance, folder: string, options: WatchOptions): Promise<void> {
  const { watch } = await import('../watch/watch.ts')
  await watch({
    host: instance.host,
    environment: instance.host.environment,
    instance: instance.paths.instance,
    command: 'library',
    heropodsCommand,
    source: { kind: 'directory', folder: resolve(instance.cwd, folder) },
    settleMs: options.settleMs ?? defaultSettleMs,
    variables: options.variables ?? {},
    variableFiles: [],
    profiles: options.profiles ?? [],
    cwd: instance.cwd,
    listen: options.listen,
    token: undefined,
    forge: undefined,
    signal: options.signal,
    onStart: () => undefined,
    renderPlan: (plan) => renderPlan(plan, { style: makeStyle(false) }),
    onEvent: (event) => options.onEvent?.(event),
    warn: (warning) => options.onWarning?.(warning),
  })
}
