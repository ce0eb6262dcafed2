import type { ReconcileSettings } from '../stack/normalise/reconcile.ts'
import { isOpen, nextOpening } from './windows.ts'

/** What is done about a stack at one look. */
export type Decision =
  | { readonly action: 'none' }
  /** What is stated is new: it is applied, and has to prove itself. */
  | { readonly action: 'change' }
  /** New and already in place: it only has to prove itself. */
  | { readonly action: 'prove' }
  /** What was applied is no longer so: it is mended. */
  | { readonly action: 'heal' }
  /** The same, told and left. */
  | { readonly action: 'report' }
  | { readonly action: 'hold'; readonly reason: HoldReason; readonly message: string }

export type HoldReason = 'Suspended' | 'DetectOnly' | 'OutsideWindow' | 'MassDeletion' | 'AwaitingConfirmation'

export interface Circumstances {
  readonly settings: ReconcileSettings
  readonly suspended: boolean
  /** Whether what is stated differs from what was last applied and has proved itself. */
  readonly isNew: boolean
  /** Steps of its plan, without what is ignored or left to others. */
  readonly steps: number
  /** Whether some of them come from changed files, images or neighbours, and mend nothing. */
  readonly changes: boolean
  /** Whether this look would take away too much at once, and the stack has a part in it. */
  readonly massDeletion: boolean
  readonly now: Date
}

/** Pure. */
export function decide(given: Circumstances): Decision {
  const { settings, isNew, steps, changes, now } = given
  if (!isNew && steps === 0) return { action: 'none' }
  if (given.suspended || settings.suspend)
    return { action: 'hold', reason: 'Suspended', message: 'It is suspended: nothing is changed or mended.' }
  if (settings.mode === 'detect')
    return isNew || changes
      ? { action: 'hold', reason: 'DetectOnly', message: 'Its mode is detect: changes are only told.' }
      : { action: 'report' }
  if (isNew || changes) {
    if (steps === 0) return { action: 'prove' }
    if (!isOpen(settings.windows, now))
      return { action: 'hold', reason: 'OutsideWindow', message: `Changes wait for ${opening(settings, now)}.` }
    if (given.massDeletion)
      return {
        action: 'hold',
        reason: 'MassDeletion',
        message:
          'More than 30 % of all objects would go at once. `heropods apply --allow-mass-delete` does it, if it is meant.',
      }
    return { action: 'change' }
  }
  return settings.mode === 'warn' ? { action: 'report' } : { action: 'heal' }
}

const opening = ({ windows }: ReconcileSettings, now: Date): string =>
  `${nextOpening(windows, now)?.toISOString() ?? 'a window that never opens'}`
