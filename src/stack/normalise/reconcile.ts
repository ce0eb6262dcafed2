import type { Reconcile } from '../../generated/stack-file.ts'
import { parseIgnore } from '../../model/ignore-rule.ts'
import { defaultReconcile, type ReconcileSettings } from '../../model/reconcile-settings.ts'
import { parseWindow } from '../../model/values/maintenance-windows.ts'
import { parseDuration } from '../../model/values/units.ts'
import { type Context, collectError } from './context.ts'

/** The settings of `reconcile` with every default; problems are collected in the context. Pure. */
export function normaliseReconcile(context: Context): ReconcileSettings {
  const { interval, ignore = [], windows = [], timeout, monitor, ...plain } = context.data.reconcile ?? {}
  const milliseconds = (
    field: 'interval' | 'timeout' | 'monitor',
    declared: Reconcile['interval'],
    minMs: number,
  ): number =>
    declared === undefined
      ? defaultReconcile[`${field}Ms`]
      : collectError(
          context,
          'bad-duration',
          ['reconcile', field],
          defaultReconcile[`${field}Ms`],
          () => atLeast(declared, minMs),
          'Write e.g. `30s` or `1m30s`; a number without a unit is seconds.',
        )
  const each = <T>(field: 'ignore' | 'windows', declared: readonly string[], read: (text: string) => T): readonly T[] =>
    declared.flatMap((text, index) =>
      collectError<readonly T[]>(
        context,
        codes[field],
        ['reconcile', field, index],
        [],
        () => [read(text)],
        hints[field],
      ),
    )
  return {
    ...defaultReconcile,
    ...plain,
    intervalMs: milliseconds('interval', interval, 1000),
    timeoutMs: milliseconds('timeout', timeout, 1000),
    monitorMs: milliseconds('monitor', monitor, 0),
    ignore: each('ignore', ignore, parseIgnore),
    windows: each('windows', windows, parseWindow),
  }
}

const codes = { ignore: 'bad-ignore', windows: 'bad-window' } as const

const hints = {
  ignore: 'Write KIND/NAME or KIND/NAME:POINTER, e.g. `container/web:/mem_limit`.',
  windows: 'Write [DAYS] [HH:MM-HH:MM] [ZONE], e.g. `mon-fri 22:00-04:00 Europe/Brussels`.',
}

function atLeast(declared: string | number, minMs: number): number {
  const value = parseDuration(declared)
  if (value < minMs) throw new Error(`"${declared}" is too short: at least ${minMs / 1000}s`)
  return value
}
