import type { ContainerSpec } from './container.ts'

/**
 * Decides if an unhealthy container is restarted. `restarts` are the times of earlier restarts for this reason, milliseconds since 1970;
 * only those within the window count. Pure.
 */
export function onUnhealthy(
  { on_unhealthy }: Pick<ContainerSpec, 'on_unhealthy'>,
  restarts: readonly number[],
  now: number,
): 'restart' | 'leave' {
  if (on_unhealthy === undefined) return 'leave'
  const recent = restarts.filter((time) => time > now - on_unhealthy.window)
  return recent.length < on_unhealthy.limit ? 'restart' : 'leave'
}
