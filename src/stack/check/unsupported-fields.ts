import type { StackFile } from '../../generated/stack-file.ts'
import { isRecord } from '../../model/values/unknown.ts'
import type { Problems } from './problem.ts'

type Data = Readonly<Record<string, unknown>>

/** Fields of a container that are reserved for a later version. */
const ofContainers = ['firewall', 'shaping', 'pre_start', 'post_start', 'pre_stop']
const ofDeploy = ['update_config', 'rollback_config']
const ofNetworks = ['ipv6_range', 'key_path', 'peers']

const entries = (value: unknown): [string, Data][] =>
  isRecord(value) ? Object.entries(value).filter((entry): entry is [string, Data] => isRecord(entry[1])) : []

type Refuse = (path: readonly (string | number)[], what: string) => void

/** Refuses fields that this version does not support yet, with positions. */
export function refuseUnsupportedFields(stack: StackFile, problems: Problems): void {
  const refuse: Refuse = (path, what) =>
    problems.add(
      'not-yet-supported',
      path,
      `${what} is not yet supported.`,
      'Remove it for now; a later version will support it.',
      true,
    )
  for (const [name, network] of entries(stack.networks)) {
    if (network.driver === 'mycelium') refuse(['networks', name, 'driver'], 'The driver mycelium')
    refuseFields(network, ofNetworks, ['networks', name], refuse)
  }
  for (const [name, container] of entries(stack.containers)) refuseInContainer(container, ['containers', name], refuse)
}

function refuseFields(data: Data, fields: readonly string[], path: readonly string[], refuse: Refuse): void {
  for (const field of fields) if (field in data) refuse([...path, field], `\`${field}\``)
}

function refuseInContainer(container: Data, path: readonly string[], refuse: Refuse): void {
  refuseFields(container, ofContainers, path, refuse)
  if (isRecord(container.deploy)) refuseFields(container.deploy, ofDeploy, [...path, 'deploy'], refuse)
  for (const kind of ['configs', 'secrets']) {
    const list = Array.isArray(container[kind]) ? container[kind] : []
    for (const [index, one] of list.entries())
      if (isRecord(one) && 'on_change' in one) refuse([...path, kind, index, 'on_change'], '`on_change`')
  }
}
