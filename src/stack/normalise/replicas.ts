import type { Container } from '../../generated/stack-file.ts'

/** The names of the replicas of a container: KEY, or KEY.1 to KEY.N with `deploy.replicas`. */
export function replicaNames(key: string, declared: Container): readonly string[] {
  const replicas = declared.deploy?.replicas
  if (replicas === undefined) return [key]
  return Array.from({ length: Number(replicas) }, (_, index) => `${key}.${index + 1}`)
}

/** True if a container is active with these profiles. */
export const isActive = ({ profiles: own = [] }: Container, profiles: readonly string[]): boolean =>
  own.length === 0 || own.some((one) => profiles.includes(one))
