import type { HeroAction } from './actions.ts'

/** An action with the instance on which it acts. */
export type InstanceAction = HeroAction & { readonly instance: string }

/**
 * Finds the instance of each action: its own `heropods:`, or else the last instance that an earlier `configure` or `heropods:` names, or
 * else `initial`. Pure.
 */
export function withInstances(actions: readonly HeroAction[], initial: string): readonly InstanceAction[] {
  let instance = initial
  return actions.map((action) => {
    instance = action.action === 'configure' ? nameOf(action, initial) : (action.heropods ?? instance)
    return { ...action, instance }
  })
}

/** `configure` without a name is about the initial instance. */
const nameOf = ({ parameters, places }: HeroAction & { readonly action: 'configure' }, initial: string): string =>
  places.name === undefined ? initial : parameters.name
