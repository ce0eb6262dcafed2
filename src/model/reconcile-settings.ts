import { isDeepStrictEqual } from 'node:util'
import type { Reconcile } from '../generated/stack-file.ts'
import { type IgnoreRule, parseIgnore } from './ignore-rule.ts'
import { type MaintenanceWindow, parseWindow } from './values/maintenance-windows.ts'
import { parseDuration } from './values/units.ts'

/** The settings of `heropods watch` for one stack: `reconcile:` of a stack file. */
export interface ReconcileSettings {
  readonly mode: 'heal' | 'warn' | 'detect'
  /** The longest time between two reconciles. */
  readonly intervalMs: number
  readonly ignore: readonly IgnoreRule[]
  readonly suspend: boolean
  readonly prune: boolean | 'confirm'
  /** Empty: changes are allowed at any time. */
  readonly windows: readonly MaintenanceWindow[]
  readonly rollback: boolean
  /** The longest time in which a change must become healthy. */
  readonly timeoutMs: number
  /** How long a container without a health check must run to count as healthy. */
  readonly monitorMs: number
}

/** The defaults. */
export const defaultReconcile: ReconcileSettings = {
  mode: 'heal',
  intervalMs: 30_000,
  ignore: [],
  suspend: false,
  prune: true,
  windows: [],
  rollback: true,
  timeoutMs: 300_000,
  monitorMs: 5_000,
}

/** The settings in the form of a stack file; empty if they are the defaults. */
export function serializeReconcile(settings: ReconcileSettings): Reconcile {
  if (isDeepStrictEqual(settings, defaultReconcile)) return {}
  const { intervalMs, timeoutMs, monitorMs, ignore, windows, ...plain } = settings
  return {
    ...plain,
    interval: `${intervalMs}ms`,
    timeout: `${timeoutMs}ms`,
    monitor: `${monitorMs}ms`,
    ignore: ignore.map(({ text }) => text),
    windows: windows.map(({ text }) => text),
  }
}

/** The settings of a stack file or of `serializeReconcile`, with defaults. Throws an Error for invalid times, rules or windows. */
export const parseReconcile = ({
  interval,
  timeout,
  monitor,
  ignore,
  windows,
  ...plain
}: Reconcile): ReconcileSettings => ({
  ...defaultReconcile,
  ...plain,
  ...(interval !== undefined && { intervalMs: parseDuration(interval) }),
  ...(timeout !== undefined && { timeoutMs: parseDuration(timeout) }),
  ...(monitor !== undefined && { monitorMs: parseDuration(monitor) }),
  ...(ignore !== undefined && { ignore: ignore.map(parseIgnore) }),
  ...(windows !== undefined && { windows: windows.map(parseWindow) }),
})
