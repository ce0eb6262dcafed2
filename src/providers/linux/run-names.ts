import { type Paths, shortHash } from '../../host/files/paths.ts'
import { parseResourceAddress, type ResourceAddress, resourceAddress } from '../../model/resource-address.ts'
import { type RunId, replicaSlot } from '../../model/run.ts'

/**
 * The names on this host that belong to a slot or to one of its runs. Two slots share no name, and two runs share no id, so that runs of one
 * container can exist side by side. Cgroup, exit code, health, socket and state of a run are named by its id.
 */

/** Start of the names of an instance's network namespaces. */
export const netnsPrefix = (paths: Paths): string => `hp${paths.id}+`

/** Name of the network namespace of a container's slot. */
export function netnsName(paths: Paths, container: ResourceAddress): string {
  const { stack, name } = parseResourceAddress(replicaSlot(container))
  return `${netnsPrefix(paths)}${stack}+${name}`
}

/** The slot that a namespace belongs to; undefined: the namespace is not of this instance. */
export function slotOfNetns(paths: Paths, netns: string): ResourceAddress | undefined {
  const prefix = netnsPrefix(paths)
  if (!netns.startsWith(prefix)) return undefined
  const [stack = '', name = ''] = netns.slice(prefix.length).split('+')
  return resourceAddress(stack, 'container', name)
}

/** Start of the names of the host's ends of interfaces. */
export const hostLinkPrefix = 'hv'

/** Name of the host's end of the interface that a container's slot has on a network: at most 15 characters. */
export const hostLink = (paths: Paths, container: ResourceAddress, network: ResourceAddress): string =>
  `${hostLinkPrefix}${shortHash(`${paths.id} ${replicaSlot(container)} ${network}`)}`

/** The folders of a container's slot. `data` survives a reboot, `run` does not. */
export function slotFolders(paths: Paths, container: ResourceAddress): { readonly data: string; readonly run: string } {
  const { stack, name } = parseResourceAddress(replicaSlot(container))
  // Without `join`, since both folders are normalized and this is called a dozen times for each container.
  return { data: `${paths.data}/containers/${stack}/${name}`, run: `${paths.run}/containers/${stack}/${name}` }
}

/** Start of the ids of a slot's runs. */
export function idPrefix(container: ResourceAddress): string {
  const { stack, name } = parseResourceAddress(replicaSlot(container))
  return `${stack}_${name}-`
}

/** The part of an id that is the prefix of its slot. */
export const prefixOfId = (id: string): string => id.slice(0, id.lastIndexOf('-') + 1)

/** Id of a run for crun and conmon. No earlier run had it. */
export const runtimeId = ({ slot, number }: RunId): string => `${idPrefix(slot)}${number}`

/** The run number in an id; undefined: the id is of another slot. */
export function numberInId(container: ResourceAddress, id: string): number | undefined {
  const prefix = idPrefix(container)
  const number = id.startsWith(prefix) ? id.slice(prefix.length) : ''
  return /^\d+$/.test(number) ? Number(number) : undefined
}

/** The cgroup of a run. Its path is known before it exists, so the remains of a killed run can be found. */
export const cgroupOf = (paths: Paths, id: string): string => `/heropods/${paths.id}/${id}`
