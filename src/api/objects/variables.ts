import type { Container as ContainerFields } from '../../generated/stack-file.ts'

type Environment = ContainerFields['environment']

/** The variables of `environment`, which is a map or a list of NAME=VALUE, as a map. Pure. */
export const variablesOf = (environment: Environment): Exclude<Environment, readonly unknown[] | undefined> =>
  Array.isArray(environment)
    ? Object.fromEntries(environment.map((one) => [one.split('=')[0] ?? one, one.split('=').slice(1).join('=')]))
    : (environment ?? {})
