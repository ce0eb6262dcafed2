import type { Container } from '../../generated/stack-file.ts'

/** Names of a container's replicas: KEY, or KEY.1 to KEY.N with `deploy.replicas`. */
export function replicaNames(key: string, stated: Container): readonly string[] {
  const replicas = stated.deploy?.replicas
  if (replicas === undefined) return [key]
  return Array.from({ length: Number(replicas) }, (_, index) => `${key}.${index + 1}`)
}

/** Whether a container is there with these profiles. */
export const isActive = ({ profiles: own = [] }: Container, profiles: readonly string[]): boolean =>
  own.length === 0 || own.some((one) => profiles.includes(one))
