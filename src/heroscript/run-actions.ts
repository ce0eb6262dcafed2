import { type Diagnostic, HeroPodsError, toDiagnostic } from '../model/errors.ts'
import type { ConfigureParameters, ContainerNewParameters } from './actions.ts'
import type { InstanceAction } from './instances.ts'

/** The end of a command in a container. Output that went to a stream is empty here. */
export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** An instance as the actions use it. */
export interface ScriptInstance {
  /** Applies the settings, and destroys the objects of the instance if `reset` is set. */
  configure(settings: ConfigureParameters): Promise<void>
  /** Declares a container and pulls its image. */
  create(container: ContainerNewParameters): Promise<void>
  start(name: string, keepAlive: boolean): Promise<void>
  /** Runs a command with `/bin/sh -c`. Raises an error for another exit code than 0. `shows`: its output goes to the user as it comes. */
  exec(name: string, command: string, shows: boolean): Promise<CommandResult>
  stop(name: string): Promise<void>
  delete(name: string): Promise<void>
}

/** The result of one action. */
export interface ActionResult {
  readonly action: InstanceAction
  /** Of `container_exec`. */
  readonly command?: CommandResult
}

export interface RunOptions {
  /** Opens an instance; called once for each. */
  readonly open: (instance: string) => ScriptInstance
  /** Called before each action. */
  readonly onStart?: (action: InstanceAction) => void
  /** Called after each action. */
  readonly onEnd?: (result: ActionResult) => void
  /** Stops before the next action. */
  readonly signal?: AbortSignal
}

/**
 * Runs actions one after the other. The first one that fails ends the run; nothing is undone. Raises its errors with its place, and
 * `interrupted` after an abort.
 */
export async function runActions(
  actions: readonly InstanceAction[],
  { open, onStart, onEnd, signal }: RunOptions,
): Promise<readonly ActionResult[]> {
  const instances = new Map<string, ScriptInstance>()
  const results: ActionResult[] = []
  for (const action of actions) {
    const instance = instances.get(action.instance) ?? open(action.instance)
    instances.set(action.instance, instance)
    onStart?.(action)
    const result = await runAction(action, instance, signal)
    onEnd?.(result)
    results.push(result)
  }
  return results
}

async function runAction(
  action: InstanceAction,
  instance: ScriptInstance,
  signal: AbortSignal | undefined,
): Promise<ActionResult> {
  try {
    if (signal?.aborted) throw new HeroPodsError({ code: 'interrupted', message: 'The script was interrupted.' })
    const command = await effectOf(action, instance)
    return { action, ...(command && { command }) }
  } catch (error) {
    throw withPlace(error, action)
  }
}

async function effectOf(call: InstanceAction, instance: ScriptInstance): Promise<CommandResult | undefined> {
  const { action, parameters } = call
  switch (action) {
    case 'configure':
      await instance.configure(parameters)
      return undefined
    case 'enable_mycelium':
      throw new HeroPodsError(myceliumFault(call))
    case 'container_new':
      await instance.create(parameters)
      return undefined
    case 'container_start':
      await instance.start(parameters.name, parameters.keep_alive)
      return undefined
    case 'container_exec':
      return instance.exec(parameters.name, parameters.cmd, parameters.stdout)
    case 'container_stop':
      await instance.stop(parameters.name)
      return undefined
    case 'container_delete':
      await instance.delete(parameters.name)
      return undefined
  }
}

/** Errors of an action. They are not refused: actions before it may have changed the host. */
function withPlace(error: unknown, { place }: InstanceAction): HeroPodsError {
  const diagnostics = error instanceof HeroPodsError ? error.diagnostics : [toDiagnostic(error)]
  return new HeroPodsError(
    diagnostics.map((one) => ({ ...one, place })),
    { cause: error },
  )
}

const myceliumFault = ({ place }: Pick<InstanceAction, 'place'>): Diagnostic => ({
  code: 'not-yet-supported',
  message: 'The action enable_mycelium is not yet supported.',
  hint: 'Remove it for now.',
  place,
})

/** The errors of actions that this version cannot run. Pure. */
export const unsupportedActions = (actions: readonly InstanceAction[]): readonly Diagnostic[] =>
  actions.filter(({ action }) => action === 'enable_mycelium').map(myceliumFault)
