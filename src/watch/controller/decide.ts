import type { ReconcileSettings } from '../../model/reconcile-settings.ts'
import { isOpen, nextOpening } from '../../model/values/windows.ts'

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
  /** A change failed: the last good generation comes back. */
  | { readonly action: 'restore' }
  /** No file states it any more: it goes, or is let go. */
  | { readonly action: 'remove' }
  | Hold

/** Something could be done and is not. */
export interface Hold {
  readonly action: 'hold'
  readonly reason: HoldReason
  readonly message: string
}

export type HoldReason = 'Suspended' | 'DetectOnly' | 'OutsideWindow' | 'MassDeletion' | 'AwaitingConfirmation'

export interface Circumstances {
  readonly settings: ReconcileSettings
  readonly suspended: boolean
  /** Whether what is stated differs from what was last applied and has proved itself. */
  readonly isNew: boolean
  readonly removed: boolean
  /** Whether a failed change has yet to be undone. */
  readonly restores: boolean
  /** Whether it could not be planned. */
  readonly failed: boolean
  /** Steps of its plan, without what is ignored or left to others. */
  readonly steps: number
  /** Whether some of them come from changed files, images or neighbours, and mend nothing. */
  readonly changes: boolean
  /** The command that takes away what this look leaves, since it would be too much at once, and the stack has a part in it. */
  readonly massDeletion: string | undefined
  readonly now: Date
}

/** Pure. */
export function decide(given: Circumstances): Decision {
  const { settings, steps } = given
  if (given.failed) return { action: 'none' }
  if (given.suspended && (steps > 0 || given.isNew || given.restores))
    return held('Suspended', 'It is suspended: nothing is changed or mended.')
  if (given.removed) return decideRemoval(given)
  if (given.restores) return { action: 'restore' }
  if (given.isNew || given.changes) return decideChange(given)
  if (steps === 0) return { action: 'none' }
  return { action: settings.mode === 'heal' ? 'heal' : 'report' }
}

const held = (reason: HoldReason, message: string): Hold => ({ action: 'hold', reason, message })

/** What a change waits for; undefined: a window is open, or there are none. Pure. */
export const waitForWindow = ({ windows }: ReconcileSettings, now: Date): Hold | undefined =>
  isOpen(windows, now)
    ? undefined
    : held('OutsideWindow', `Changes wait for ${nextOpening(windows, now)?.toISOString() ?? 'a window'}.`)

function decideRemoval({ settings, massDeletion, steps, now }: Circumstances): Decision {
  if (settings.prune === false || steps === 0) return { action: 'remove' }
  if (settings.mode === 'detect') return held('DetectOnly', 'No file states it any more; its mode is detect.')
  const wait = waitForWindow(settings, now)
  if (wait) return wait
  if (settings.prune === 'confirm')
    return held('AwaitingConfirmation', 'No file states it any more: `heropods destroy` it, or put its file back.')
  return massDeletion === undefined ? { action: 'remove' } : heldAsMass(massDeletion)
}

function decideChange({ settings, steps, massDeletion, now }: Circumstances): Decision {
  if (steps === 0) return { action: 'prove' }
  if (settings.mode === 'detect') return held('DetectOnly', 'Its mode is detect: changes are only told.')
  const wait = waitForWindow(settings, now)
  if (wait) return wait
  return massDeletion === undefined ? { action: 'change' } : heldAsMass(massDeletion)
}

const heldAsMass = (wayOut: string): Hold =>
  held('MassDeletion', `More than 30 % of all objects would go at once. If it is meant: \`${wayOut}\`.`)
