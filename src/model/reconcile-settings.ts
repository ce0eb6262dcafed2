import { isDeepStrictEqual } from 'node:util'
import type { Reconcile } from '../generated/stack-file.ts'
import { type IgnoreRule, parseIgnore } from './ignore-rule.ts'
import { parseDuration } from './values/units.ts'
import { parseWindow, type Window } from './values/windows.ts'

/** The settings of `heropods watch` for one stack. Times are milliseconds. */
export interface ReconcileSettings {
  readonly mode: 'heal' | 'warn' | 'detect'
  /** The longest time between two reconciles. */
  readonly interval: number
  readonly ignore: readonly IgnoreRule[]
  readonly suspend: boolean
  readonly prune: boolean | 'confirm'
  /** Empty: changes are allowed at any time. */
  readonly windows: readonly Window[]
  readonly rollback: boolean
  /** The longest time in which a change must become healthy. */
  readonly timeout: number
  /** How long a container without a health check must run to count as healthy. */
  readonly monitor: number
}

/** The defaults. */
export const defaultReconcile: ReconcileSettings = {
  mode: 'heal',
  interval: 30_000,
  ignore: [],
  suspend: false,
  prune: true,
  windows: [],
  rollback: true,
  timeout: 300_000,
  monitor: 5_000,
}

/** The settings in the form of a stack file; empty if they are the defaults. */
export function serializeReconcile(settings: ReconcileSettings): Reconcile {
  if (isDeepStrictEqual(settings, defaultReconcile)) return {}
  return {
    ...settings,
    interval: `${settings.interval}ms`,
    timeout: `${settings.timeout}ms`,
    monitor: `${settings.monitor}ms`,
    ignore: settings.ignore.map(({ text }) => text),
    windows: settings.windows.map(({ text }) => text),
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
  ...(interval !== undefined && { interval: parseDuration(interval) }),
  ...(timeout !== undefined && { timeout: parseDuration(timeout) }),
  ...(monitor !== undefined && { monitor: parseDuration(monitor) }),
  ...(ignore !== undefined && { ignore: ignore.map(parseIgnore) }),
  ...(windows !== undefined && { windows: windows.map(parseWindow) }),
})
