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

type Report = (path: readonly (string | number)[], what: string) => void

/** Reports fields that this version does not support yet, with positions. */
export function reportUnsupportedFields(stack: StackFile, problems: Problems): void {
  const report: Report = (path, what) =>
    problems.add(
      'not-yet-supported',
      path,
      `${what} is not yet supported.`,
      'Remove it for now; a later version will support it.',
      true,
    )
  for (const [name, network] of entries(stack.networks)) {
    if (network.driver === 'mycelium') report(['networks', name, 'driver'], 'The driver mycelium')
    reportFields(network, ofNetworks, ['networks', name], report)
  }
  for (const [name, container] of entries(stack.containers)) reportInContainer(container, ['containers', name], report)
}

function reportFields(data: Data, fields: readonly string[], path: readonly string[], report: Report): void {
  for (const field of fields) if (field in data) report([...path, field], `\`${field}\``)
}

function reportInContainer(container: Data, path: readonly string[], report: Report): void {
  reportFields(container, ofContainers, path, report)
  if (isRecord(container.deploy)) reportFields(container.deploy, ofDeploy, [...path, 'deploy'], report)
  for (const kind of ['configs', 'secrets']) {
    const list = Array.isArray(container[kind]) ? container[kind] : []
    for (const [index, one] of list.entries())
      if (isRecord(one) && 'on_change' in one) report([...path, kind, index, 'on_change'], '`on_change`')
  }
}
