import { isDeepStrictEqual } from 'node:util'
import type { Reconcile } from '../generated/stack-file.ts'
import { type IgnoreRule, parseIgnore } from './ignore-rule.ts'
import { parseDuration } from './values/units.ts'
import { parseWindow, type Window } from './values/windows.ts'

/** How `heropods watch` keeps a stack. Times are milliseconds. */
export interface ReconcileSettings {
  readonly mode: 'heal' | 'warn' | 'detect'
  /** Between two looks at the host without an occasion. */
  readonly interval: number
  readonly ignore: readonly IgnoreRule[]
  readonly suspend: boolean
  readonly prune: boolean | 'confirm'
  /** None: changes may be made at any time. */
  readonly windows: readonly Window[]
  readonly rollback: boolean
  /** How long a change may take to become healthy. */
  readonly timeout: number
  /** How long what has no healthcheck must stay up. */
  readonly monitor: number
}

/** What holds for a stack that states nothing. */
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

/** The settings as a stack file states them; empty where they are the defaults. */
export function statedReconcile(settings: ReconcileSettings): Reconcile {
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

/** The settings that `statedReconcile` wrote. */
export const restoredReconcile = ({
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
