import type { MessageParts } from '../../model/event.ts'
import { type Commit, commitText, shortCommit } from '../../model/generation.ts'
import type { ReconcileSettings } from '../../model/reconcile-settings.ts'
import { someOf } from '../../model/values/count.ts'
import { isOpen, nextOpening } from '../../model/values/maintenance-windows.ts'
import { largestShare } from './prune-guard.ts'

/** The action of a reconcile on a stack. */
export type Decision =
  | { readonly action: 'none' }
  /** The desired revision is new: apply it, then verify it. */
  | { readonly action: 'change' }
  /** The desired revision is new and already in place: verify it. */
  | { readonly action: 'verify' }
  /** The host differs from the applied revision: heal it. */
  | { readonly action: 'heal' }
  /** The same, but only report it. */
  | { readonly action: 'report' }
  /** A change has failed: restore the last good generation. */
  | { readonly action: 'restore' }
  /** No file declares the stack any more: remove its objects, unless its setting `prune` is off, and stop watching it. */
  | { readonly action: 'prune' }
  | Hold

/** There is something to do, and a setting forbids it for now. */
export interface Hold {
  readonly action: 'hold'
  readonly reason: HoldReason
  readonly message: string
  readonly parts?: MessageParts
}

export type HoldReason = 'Suspended' | 'DetectOnly' | 'OutsideWindow' | 'MassDeletion' | 'AwaitingConfirmation'

/** Objects that would be removed at once. */
export interface MassDeletion {
  readonly removed: readonly string[]
  /** Number of all objects. */
  readonly owned: number
  /** The command that removes them anyway. */
  readonly command: string
  /** The commit of the files now. */
  readonly commit?: Commit
}

export interface DecisionInput {
  readonly settings: ReconcileSettings
  readonly suspended: boolean
  /** True if the desired revision differs from the last one that was applied and verified. */
  readonly isUnverified: boolean
  readonly undeclared: boolean
  /** True if a failed change must be undone. */
  readonly needsRestore: boolean
  /** True if the stack could not be planned. */
  readonly planFailed: boolean
  /** Number of steps in its plan, without ignored ones and those of containers that a user has stopped. */
  readonly steps: number
  /** True if some steps do more than correct drift: they come from changed files, images or other stacks. */
  readonly hasNonDriftSteps: boolean
  /** The mass deletion that the plan is a part of. */
  readonly massDeletion: MassDeletion | undefined
  /** The command that removes the stack. */
  readonly destroyCommand: string
  readonly now: Date
}

/**
 * The first that applies: a failed plan, suspension, removal, restore, change, drift. Windows hold removals and changes, but no restore.
 * Pure.
 */
export function decide(given: DecisionInput): Decision {
  const { settings, steps } = given
  if (given.planFailed) return { action: 'none' }
  if (given.suspended && (steps > 0 || given.isUnverified || given.needsRestore))
    return hold('Suspended', 'The stack is suspended: nothing is changed or repaired.')
  if (given.undeclared) return decideRemoval(given)
  if (given.needsRestore) return decideRestore(settings)
  if (given.isUnverified || given.hasNonDriftSteps) return decideChange(given)
  if (steps === 0) return { action: 'none' }
  return { action: settings.mode === 'heal' ? 'heal' : 'report' }
}

const hold = (reason: HoldReason, message: string): Hold => ({ action: 'hold', reason, message })

/** The hold on a change outside of its windows; undefined: a window is open, or there are none. Pure. */
export const windowHold = ({ windows }: ReconcileSettings, now: Date): Hold | undefined =>
  isOpen(windows, now)
    ? undefined
    : hold('OutsideWindow', `Changes wait for ${nextOpening(windows, now)?.toISOString() ?? 'a window'}.`)

function decideRemoval({ settings, massDeletion, destroyCommand, steps, now }: DecisionInput): Decision {
  if (settings.prune === false || steps === 0) return { action: 'prune' }
  if (settings.mode === 'detect')
    return hold('DetectOnly', 'No file declares it any more. Its objects stay, because its mode is detect.')
  const wait = windowHold(settings, now)
  if (wait) return wait
  if (settings.prune === 'confirm') return holdUndeclared(destroyCommand)
  return massDeletion === undefined ? { action: 'prune' } : holdMassDeletion(massDeletion)
}

function holdUndeclared(destroyCommand: string): Hold {
  const [summary, hint] = [
    'No file declares it any more.',
    `Remove it with \`${destroyCommand}\`, or restore its file.`,
  ]
  return { ...hold('AwaitingConfirmation', `${summary} ${hint}`), parts: { summary, objects: [], hint } }
}

const decideRestore = ({ mode }: ReconcileSettings): Decision =>
  mode === 'detect'
    ? hold('DetectOnly', 'Its mode is detect: the failed change is not rolled back.')
    : { action: 'restore' }

function decideChange({ settings, steps, massDeletion, now }: DecisionInput): Decision {
  if (steps === 0) return { action: 'verify' }
  if (settings.mode === 'detect') return hold('DetectOnly', 'Its mode is detect: changes are only reported.')
  const wait = windowHold(settings, now)
  if (wait) return wait
  return massDeletion === undefined ? { action: 'change' } : holdMassDeletion(massDeletion)
}

/** This many objects of a mass deletion are named; the others are counted. */
const namedObjects = 3

function holdMassDeletion({ removed, owned, command, commit }: MassDeletion): Hold {
  const names = someOf(removed, namedObjects)
  // The page offers the text in backticks as a command. A commit can contain any text.
  const at = commit ? `, at commit ${commitText(commit).replaceAll('`', "'")}` : ''
  const share = `More than ${largestShare * 100} % of all objects would be removed at once (${removed.length} of ${owned})`
  const revert = commit ? `revert commit ${shortCommit(commit.id)}, or ` : ''
  const ways = `To keep them, ${revert}restore their files. To remove them anyway: \`${command}\`.`
  const nothing = 'Nothing was removed.'
  return {
    ...hold('MassDeletion', `${share}: ${names}${at}. ${nothing} ${ways}`),
    parts: { summary: `${share}${at}. ${nothing}`, objects: removed, hint: ways },
  }
}
