import type { ContainerSpec } from './container.ts'

/**
 * What to do with a container that has become unhealthy. `restarts` are the times (milliseconds since 1970) of earlier restarts for that
 * reason; those before its window do not count. Pure.
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
