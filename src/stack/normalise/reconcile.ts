import { isDeepStrictEqual } from 'node:util'
import type { Reconcile } from '../../generated/stack-file.ts'
import { type IgnoreRule, parseIgnore } from '../ignore-rule.ts'
import { parseDuration } from '../units.ts'
import { parseWindow, type Window } from '../windows.ts'
import { type Context, told } from './context.ts'

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

/** The stack's `reconcile` with every default filled in; problems are collected in the context. Pure. */
export function normaliseReconcile(context: Context): ReconcileSettings {
  const { interval, ignore = [], windows = [], timeout, monitor, ...plain } = context.data.reconcile ?? {}
  const time = (field: 'interval' | 'timeout' | 'monitor', stated: Reconcile['interval'], least: number): number =>
    stated === undefined
      ? defaultReconcile[field]
      : told(
          context,
          'bad-duration',
          ['reconcile', field],
          defaultReconcile[field],
          () => atLeast(stated, least),
          'Times are written as 30s or 1m30s; a plain number is seconds.',
        )
  const each = <T>(field: 'ignore' | 'windows', stated: readonly string[], read: (text: string) => T): readonly T[] =>
    stated.flatMap((text, index) =>
      told<readonly T[]>(context, codes[field], ['reconcile', field, index], [], () => [read(text)], hints[field]),
    )
  return {
    ...defaultReconcile,
    ...plain,
    interval: time('interval', interval, 1000),
    timeout: time('timeout', timeout, 1000),
    monitor: time('monitor', monitor, 0),
    ignore: each('ignore', ignore, parseIgnore),
    windows: each('windows', windows, parseWindow),
  }
}

const codes = { ignore: 'bad-ignore', windows: 'bad-window' }

const hints = {
  ignore: 'Rules are KIND/NAME or KIND/NAME:POINTER, as container/web:/mem_limit.',
  windows: 'Windows are [DAYS] [HH:MM-HH:MM] [ZONE], as mon-fri 22:00-04:00 Europe/Brussels.',
}

function atLeast(stated: string | number, least: number): number {
  const value = parseDuration(stated)
  if (value < least) throw new Error(`"${stated}" is too short: at least ${least / 1000}s`)
  return value
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
