import type { HeroAction, HeroActionName } from '../../heroscript/actions.ts'
import { checkValues } from '../../heroscript/check-values.ts'
import { type InstanceAction, withInstances } from '../../heroscript/instances.ts'
import { readHeroScript } from '../../heroscript/read-heroscript.ts'
import {
  type ActionResult,
  type CommandResult,
  type RunOptions,
  runActions,
  unsupportedActions,
} from '../../heroscript/run-actions.ts'
import { type Place, refusedError } from '../../model/errors.ts'
import { Instance, type InstanceOptions } from '../instance.ts'
import { LibraryInstance, type ScriptStreams } from './script-instance.ts'

export interface PlayOptions extends InstanceOptions, ScriptStreams {
  /** Name of the script in errors. Default: `script`. */
  readonly file?: string
  /** Gets each action before it runs. */
  readonly onStart?: (action: PlayedAction) => void
  /** Gets the result of each action. */
  readonly onEnd?: (result: PlayResult) => void
}

/** An action of a script, with its instance. */
export interface PlayedAction {
  /** The name without `heropods.`, e.g. `container_start`. */
  readonly action: HeroActionName
  readonly instance: string
  /** The container; undefined for `configure`. */
  readonly container?: string
  readonly place: Place
}

/** The result of an action. The fields of `CommandResult` are only those of `container_exec`. */
export type PlayResult = PlayedAction & Partial<CommandResult>

/**
 * Runs a HeroScript in the order of the text. All actions are checked before the first one runs; the first one that fails ends the run.
 * Raises all errors of the script (refused), the errors of an action with its place, and `interrupted`.
 */
export async function play(script: string, options: PlayOptions = {}): Promise<readonly PlayResult[]> {
  const actions = readHeroScript(script, options.file ?? 'script')
  checkValues(actions)
  const { onStart, onEnd } = options
  const results = await playActions(playableActions(actions, options), options, {
    ...(onStart && { onStart: (action) => onStart(playedAction(action)) }),
    ...(onEnd && { onEnd: (result) => onEnd(playResult(result)) }),
  })
  return results.map(playResult)
}

/** The actions with their instances. Raises `not-yet-supported` (refused) for those that this version cannot run. */
export function playableActions(actions: readonly HeroAction[], options: InstanceOptions): readonly InstanceAction[] {
  const all = withInstances(actions, new Instance(options).paths.instance)
  const unsupported = unsupportedActions(all)
  if (unsupported.length > 0) throw refusedError(unsupported)
  return all
}

/** Runs checked actions: see `play`. */
export const playActions = (
  actions: readonly InstanceAction[],
  { stdout, stderr, signal, ...instance }: InstanceOptions & ScriptStreams,
  hooks: Pick<RunOptions, 'onStart' | 'onEnd'>,
): Promise<readonly ActionResult[]> =>
  runActions(actions, {
    ...hooks,
    open: (name) =>
      new LibraryInstance(
        { ...instance, name },
        { ...(stdout && { stdout }), ...(stderr && { stderr }), ...(signal && { signal }) },
      ),
    ...(signal && { signal }),
  })

const playedAction = ({ action, instance, place, parameters }: InstanceAction): PlayedAction => ({
  action,
  instance,
  ...(action !== 'configure' && 'name' in parameters && { container: parameters.name }),
  place,
})

/** The result of an action as data. */
export const playResult = ({ action, command }: ActionResult): PlayResult => ({ ...playedAction(action), ...command })
