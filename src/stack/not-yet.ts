import type { Problems } from './problem.ts'

type Data = Readonly<Record<string, unknown>>

/** Fields of a container that are part of the language and wait for a later version. */
const ofContainers = ['healthcheck', 'firewall', 'shaping', 'pre_start', 'post_start', 'pre_stop']
const ofDeploy = ['update_config', 'rollback_config']
const ofNetworks = ['ipv6_range', 'key_path', 'peers']

const isMap = (value: unknown): value is Data => value !== null && typeof value === 'object' && !Array.isArray(value)
const entries = (value: unknown): [string, Data][] =>
  isMap(value) ? Object.entries(value).filter((entry): entry is [string, Data] => isMap(entry[1])) : []

/** Refuses, with their places, fields that this version knows and does not do: never half, never silently. */
export function refuseNotYet(stack: Data, problems: Problems): void {
  const refuse = (path: readonly (string | number)[], what: string): void =>
    problems.add(
      'not-yet-supported',
      path,
      `${what} is not yet supported.`,
      'Take it out for now; a later version will do it.',
      true,
    )
  for (const [name, network] of entries(stack.networks)) {
    if (network.driver === 'mycelium') refuse(['networks', name, 'driver'], 'The driver mycelium')
    for (const field of ofNetworks) if (field in network) refuse(['networks', name, field], `\`${field}\``)
  }
  for (const [name, container] of entries(stack.containers)) {
    const at = ['containers', name]
    for (const field of ofContainers) if (field in container) refuse([...at, field], `\`${field}\``)
    for (const field of ofDeploy)
      if (isMap(container.deploy) && field in container.deploy) refuse([...at, 'deploy', field], `\`deploy.${field}\``)
    for (const [other, dependency] of entries(container.depends_on))
      if (dependency.condition === 'service_healthy')
        refuse([...at, 'depends_on', other, 'condition'], 'The condition service_healthy')
    for (const kind of ['configs', 'secrets']) {
      const list = container[kind]
      if (!Array.isArray(list)) continue
      for (const [index, one] of list.entries())
        if (isMap(one) && 'on_change' in one) refuse([...at, kind, index, 'on_change'], '`on_change`')
    }
  }
}
